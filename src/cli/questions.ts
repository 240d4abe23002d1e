import type { ScenarioIdentity } from '../plan/result.ts'
import type { Assumption, Workload } from '../workload/workload.ts'
import type { Failure } from './failure.ts'
import { fingerprint } from './fingerprint.ts'
import { largestScenario, refusalText, statusOfRefusal } from './refusal.ts'
import type { Override } from './request.ts'
import { scenarioText } from './scenario-text.ts'
import { status } from './status.ts'
import type { World } from './world.ts'

/** A scenario that was read and understood. */
export interface Question {
  readonly about: ScenarioIdentity
  readonly workload: Workload
  readonly assumptions: readonly Assumption[]
}

/** Reads one scenario, `-` from standard input, with the overrides put in. */
export async function readQuestion(
  path: string,
  overrides: readonly Override[],
  world: World,
): Promise<Question | Failure> {
  const reading =
    path === '-' ? await world.readInput(largestScenario) : world.readFile(path, largestScenario)
  if (!reading.ok) {
    return { status: statusOfRefusal(reading), text: refusalText('read', reading) }
  }
  const text = scenarioText(reading.content, path)
  if (typeof text !== 'string') return { status: status.invalid, issues: [text] }
  const { readScenario } = await import('../scenario/read-scenario.ts')
  const read = readScenario(text, path, overrides)
  if (!read.ok) return { status: status.invalid, issues: read.issues }
  const { name, workload, assumptions } = read
  return {
    about: { name, file: path, fingerprint: fingerprint(workload) },
    workload,
    assumptions,
  }
}
