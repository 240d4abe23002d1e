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

/** Computes every scenario that can be read, and delivers the results of all of them. */
export async function scenarioResults<Result extends object>(
  request: Request,
  sources: Sources,
  world: World,
  compute: Compute<Result>,
  deliver: (results: ScenarioResults<Result>) => Promise<Status>,
): Promise<Status> {
  const results: Result[] = []
  const answer = async (document: Document): Promise<readonly Result[] | Failure> => {
    const scenario = await readScenarioDocument(document, request)
    if (isFailure(scenario)) return scenario
    const result = compute(scenario)
    return isFailure(result) ? result : [result]
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
