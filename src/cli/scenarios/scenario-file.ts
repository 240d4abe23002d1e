import type { ScenarioIdentity } from '../../plan/result/result.ts'
import { isSaved } from '../../saved/saved-mark.ts'
import { readScenario } from '../../scenario/read-scenario.ts'
import type { Issue } from '../../scenario/yaml/issue.ts'
import { identityOf } from '../../workload/identity.ts'
import type { Assumption, Workload } from '../../workload/workload.ts'
import type { Override } from '../arguments/gate-options.ts'
import type { Request } from '../arguments/request.ts'
import type { World } from '../machine/world.ts'
import {
  largestSaved,
  largestScenario,
  refusalText,
  shownPath,
  statusOfRefusal,
} from '../output/refusal.ts'
import type { Failure } from '../output/report.ts'
import { status } from '../output/status.ts'
import type { SavedFile } from './saved-files.ts'
import { savedFileOf } from './saved-files.ts'

/** A scenario that was read and understood. */
export interface ReadScenario {
  readonly about: ScenarioIdentity
  readonly workload: Workload
  readonly assumptions: readonly Assumption[]
  /** As it was read, without the values of the command line. */
  readonly text: string
}

/** Reads one scenario, `-` from standard input, with the overrides put in. */
export async function readScenarioFile(
  path: string,
  { overrides, command }: Pick<Request, 'overrides' | 'command'>,
  world: World,
): Promise<ReadScenario | Failure> {
  const text = await readText(path, largestScenario, world)
  if (typeof text !== 'string') return text
  if (isSaved(text)) return noScenario(path)
  return scenarioIn(text, path, overrides, command === 'verify' ? 'verify' : 'plan')
}

/** Reads one scenario, or the results that were saved in its place. */
export async function readScenarioOrSaved(
  path: string,
  overrides: readonly Override[],
  world: World,
): Promise<ReadScenario | SavedFile | Failure> {
  const text = await readText(path, largestSaved, world)
  if (typeof text !== 'string') return text
  if (isSaved(text)) return savedFileOf(text, path)
  if (text.length <= largestScenario) return scenarioIn(text, path, overrides)
  const refusal = { ok: false, path, reason: 'too-large' } as const
  return { status: statusOfRefusal(refusal), text: refusalText('read', refusal) }
}

/** The text of a file, `-` from standard input, or why it could not be read. */
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

/** The scenario in a text, with the overrides put in. */
export async function scenarioIn(
  text: string,
  path: string,
  overrides: readonly Override[],
  purpose: 'plan' | 'verify' = 'plan',
): Promise<ReadScenario | Failure> {
  const read = readScenario(text, path, overrides, purpose)
  if (!read.ok) return { status: status.invalid, issues: read.issues }
  const { name, workload, assumptions } = read
  return {
    about: identityOf(workload, { name, file: path }),
    workload,
    assumptions,
    text,
  }
}

function noScenario(path: string): Failure {
  const text = `${shownPath(path)} is a saved result, not a scenario; judge it with check, or compare with it by --baseline`
  return { status: status.invalid, text }
}

/** The text of a scenario file, or what is wrong with its bytes. A byte-order mark is dropped. */
function scenarioText(content: Uint8Array, file: string): string | Issue {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    return notUtf8(content, file)
  }
}

function notUtf8(content: Uint8Array, file: string): Issue {
  const readable = new TextDecoder('utf-8').decode(content).split('\ufffd', 1)[0] ?? ''
  const lines = readable.split('\n')
  return {
    file,
    line: lines.length,
    column: (lines.at(-1) ?? '').length + 1,
    message: 'not UTF-8 text',
    expected: 'a scenario in YAML or JSON, as UTF-8 text',
    ...(isUtf16(content) ? { suggestion: 'this is UTF-16: save it as UTF-8' } : {}),
  }
}

/** By its byte-order mark. */
function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
}
