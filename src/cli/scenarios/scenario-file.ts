import type { ScenarioIdentity } from '../../plan/result/result.ts'
import type { Assumption, Workload } from '../../workload/workload.ts'
import type { World } from '../machine/world.ts'
import type { Failure } from '../output/failure.ts'
import {
  largestSaved,
  largestScenario,
  refusalText,
  shownPath,
  statusOfRefusal,
} from '../output/refusal.ts'
import type { Override, Request } from '../output/request.ts'
import { status } from '../output/status.ts'
import { fingerprint } from './fingerprint.ts'
import type { SavedFile } from './saved-files.ts'
import { savedFileOf } from './saved-files.ts'
import { scenarioText } from './scenario-text.ts'

/** A scenario that was read and understood. */
export interface Question {
  readonly about: ScenarioIdentity
  readonly workload: Workload
  readonly assumptions: readonly Assumption[]
}

/** Reads one scenario, `-` from standard input, with the overrides put in. */
export async function readQuestion(
  path: string,
  { overrides, command }: Pick<Request, 'overrides' | 'command'>,
  world: World,
): Promise<Question | Failure> {
  const text = await readText(path, largestScenario, world)
  if (typeof text !== 'string') return text
  const { isSaved } = await import('../../saved/saved-mark.ts')
  if (isSaved(text)) return noScenario(path)
  return questionOf(text, path, overrides, command === 'verify' ? 'verify' : 'plan')
}

/** Reads one scenario, or the results that were saved in its place. */
export async function readQuestionOrSaved(
  path: string,
  overrides: readonly Override[],
  world: World,
): Promise<Question | SavedFile | Failure> {
  const text = await readText(path, largestSaved, world)
  if (typeof text !== 'string') return text
  const { isSaved } = await import('../../saved/saved-mark.ts')
  if (isSaved(text)) return savedFileOf(text, path)
  if (text.length <= largestScenario) return questionOf(text, path, overrides)
  const refusal = { ok: false, path, reason: 'too-large' } as const
  return { status: statusOfRefusal(refusal), text: refusalText('read', refusal) }
}

/** The text of a file, `-` from standard input, or why there is none. */
export async function readText(
  path: string,
  most: number,
  world: World,
): Promise<string | Failure> {
  const reading = path === '-' ? await world.readInput(most) : world.readFile(path, most)
  if (!reading.ok) {
    return { status: statusOfRefusal(reading), text: refusalText('read', reading) }
  }
  const text = scenarioText(reading.content, path)
  return typeof text === 'string' ? text : { status: status.invalid, issues: [text] }
}

async function questionOf(
  text: string,
  path: string,
  overrides: readonly Override[],
  purpose: 'plan' | 'verify' = 'plan',
): Promise<Question | Failure> {
  const { readScenario } = await import('../../scenario/read-scenario.ts')
  const read = readScenario(text, path, overrides, purpose)
  if (!read.ok) return { status: status.invalid, issues: read.issues }
  const { name, workload, assumptions } = read
  return {
    about: { name, file: path, fingerprint: fingerprint(workload) },
    workload,
    assumptions,
  }
}

function noScenario(path: string): Failure {
  const text = `${shownPath(path)} is a saved result, not a scenario: judge it again with check, or compare with it by --baseline`
  return { status: status.invalid, text }
}
