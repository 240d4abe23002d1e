import type { Issue } from '../../scenario/yaml/issue.ts'
import { QuantityError } from '../../units/quantity.ts'
import type { Request } from '../arguments/request.ts'
import type { World } from '../machine/world.ts'
import type { Failure } from '../output/report.ts'
import { reportBug, reportFailure } from '../output/report.ts'
import type { Status } from '../output/status.ts'
import { status } from '../output/status.ts'
import type { SavedFile } from './saved-files.ts'
import type { ReadScenario } from './scenario-file.ts'
import { readScenarioFile, readScenarioOrSaved } from './scenario-file.ts'
import type { Sources } from './sources.ts'

/** What a command makes of all the scenarios of a command line. */
export interface ScenarioResults<Result> {
  /** In the order named. */
  readonly results: readonly Result[]
  /** One for each file that has no result; why has been reported. */
  readonly failed: readonly Status[]
}

/** What a command makes of one scenario. */
export type Compute<Result> = (scenario: ReadScenario) => Result | Failure

/** What a command makes of the results saved in a file, where it accepts such files. */
export type ComputeSaved<Result> = (
  file: SavedFile,
  path: string,
) => Promise<readonly Result[] | Failure>

/** Computes every scenario that can be read. What is wrong with the others is reported at once. */
export async function scenarioResults<Result extends object>(
  request: Request,
  { paths, failures }: Sources,
  world: World,
  compute: Compute<Result>,
  computeSaved?: ComputeSaved<Result>,
): Promise<ScenarioResults<Result>> {
  const results: Result[] = []
  const failed: Status[] = []
  for (const failure of failures) failed.push(await reported(failure, request, world))
  for (const path of paths) {
    const outcome = await attempt(path, request, world, () =>
      resultsIn(path, request, world, compute, computeSaved),
    )
    if (typeof outcome === 'number') failed.push(outcome)
    else results.push(...outcome)
  }
  return { results, failed }
}

/** The same of one scenario that was made, not read from a file. @param path what to call it. */
export async function resultsOfMade<Result extends object>(
  request: Request,
  path: string,
  world: World,
  read: () => Promise<ReadScenario | Failure>,
  compute: Compute<Result>,
): Promise<ScenarioResults<Result>> {
  const outcome = await attempt(path, request, world, async () => {
    const scenario = await read()
    return isFailure(scenario) ? scenario : computed(scenario, compute)
  })
  return typeof outcome === 'number'
    ? { results: [], failed: [outcome] }
    : { results: outcome, failed: [] }
}

/** What a scenario comes to, or the status of what went wrong, which has been reported. */
async function attempt<Result extends object>(
  path: string,
  request: Request,
  world: World,
  work: () => Promise<readonly Result[] | Failure>,
): Promise<readonly Result[] | Status> {
  try {
    const outcome = await work()
    return isFailure(outcome) ? reported(outcome, request, world) : outcome
  } catch (error) {
    if (error instanceof QuantityError) return reported(inexact(error, path), request, world)
    return reportBug(error, world)
  }
}

async function reported(failure: Failure, { color }: Request, world: World): Promise<Status> {
  await reportFailure(failure, color, world)
  return failure.status
}

async function resultsIn<Result extends object>(
  path: string,
  request: Request,
  world: World,
  compute: Compute<Result>,
  computeSaved: ComputeSaved<Result> | undefined,
): Promise<readonly Result[] | Failure> {
  const read =
    computeSaved === undefined
      ? await readScenarioFile(path, request, world)
      : await readScenarioOrSaved(path, request.overrides, world)
  if (isFailure(read)) return read
  if ('results' in read) return computeSaved === undefined ? [] : computeSaved(read, path)
  return computed(read, compute)
}

function computed<Result extends object>(
  scenario: ReadScenario,
  compute: Compute<Result>,
): readonly Result[] | Failure {
  const result = compute(scenario)
  return isFailure(result) ? result : [result]
}

function isFailure(outcome: object): outcome is Failure {
  return 'status' in outcome && ('text' in outcome || 'issues' in outcome)
}

/** A number that the model refuses to round, as something wrong with the scenario as a whole. */
function inexact(error: QuantityError, file: string): Failure {
  const { message, expected } = inexactWords[error.reason]
  const issue = { file, line: 1, column: 1, message: `${error.quantity} ${message}`, expected }
  return { status: status.invalid, issues: [issue] }
}

const inexactWords: Readonly<
  Record<QuantityError['reason'], Required<Pick<Issue, 'message' | 'expected'>>>
> = {
  'too-large': {
    message: 'would be past 2^53 − 1, too large to be given exactly',
    expected: 'a workload whose every total is at most 9007199254740991',
  },
  'too-irregular': {
    message: 'cannot be computed exactly in reasonable time',
    expected: 'mappings and touch sets that repeat, or fewer of them',
  },
}
