import type { Request } from '../arguments/request.ts'
import type { World } from '../machine/world.ts'
import type { Failure } from '../output/report.ts'
import { reportFailure } from '../output/report.ts'
import type { Status } from '../output/status.ts'
import { alone, answerAll } from './answers.ts'
import { attempt, isFailure } from './attempt.ts'
import type { Document } from './document.ts'
import type { ReadScenario } from './scenario-file.ts'
import { readScenarioDocument, scenarioIn } from './scenario-file.ts'
import type { Sources } from './sources.ts'

/** What a command makes of all the scenarios of a command line. */
export interface ScenarioResults<Result> {
  /** In the order named. */
  readonly results: readonly Result[]
  /** One for each scenario or file that has no result; why has been reported. */
  readonly failed: readonly Status[]
}

/** What a command makes of one scenario. */
export type Compute<Result> = (scenario: ReadScenario) => Result | Failure

/** What it makes of one some of whose values are ranges; `undefined` where none is. */
export type ComputeRanged<Result> = (document: Document) => Promise<Result | Failure | undefined>

/**
 * Computes every scenario that can be read, and delivers the results of all of them.
 * @param ranged absent: a scenario with ranges cannot be read.
 */
export async function scenarioResults<Result extends object>(
  request: Request,
  sources: Sources,
  world: World,
  compute: Compute<Result>,
  deliver: (results: ScenarioResults<Result>) => Promise<Status>,
  ranged: ComputeRanged<Result> = async () => undefined,
): Promise<Status> {
  const results: Result[] = []
  const answer = async (document: Document): Promise<readonly Result[] | Failure> => {
    const result = (await ranged(document)) ?? (await ofOneValue(document))
    return isFailure(result) ? result : [result]
  }
  const ofOneValue = async (document: Document): Promise<Result | Failure> => {
    const scenario = await readScenarioDocument(document, request)
    return isFailure(scenario) ? scenario : compute(scenario)
  }
  const take = async (result: Result): Promise<undefined> => {
    results.push(result)
  }
  return answerAll(request, sources, world, alone(answer), take, ({ failed }) =>
    deliver({ results, failed }),
  )
}

/** The same of one scenario that was made, not read from a file. */
export async function resultOfMade<Result extends object>(
  request: Request,
  document: Document,
  world: World,
  compute: Compute<Result>,
): Promise<Result | Status> {
  const outcome = await attempt(document, async () => {
    const scenario = await scenarioIn(document, request.overrides, 'verify')
    return isFailure(scenario) ? scenario : compute(scenario)
  })
  return isFailure(outcome) ? reportFailure(outcome, request.color, world) : outcome
}
