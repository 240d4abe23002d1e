import type { VerifyResult } from '../../plan/result/verify-result.ts'
import { hasMeasurement, verify } from '../../plan/verify/verify.ts'
import { renderVerify } from '../../render/verify.ts'
import type { CaptureRequest } from '../arguments/capture-options.ts'
import type { Request } from '../arguments/request.ts'
import type { World } from '../machine/world.ts'
import { checkOutputs } from '../output/delivery.ts'
import type { Gathering } from '../output/gathering.ts'
import { gather, tablesIn } from '../output/gathering.ts'
import type { Part, Wanted } from '../output/part.ts'
import { textsOf, wantedBy } from '../output/part.ts'
import type { Failure } from '../output/report.ts'
import type { Status } from '../output/status.ts'
import { status, worstStatus } from '../output/status.ts'
import type { Answerer } from '../scenarios/answers.ts'
import { answerAll } from '../scenarios/answers.ts'
import { isFailure } from '../scenarios/attempt.ts'
import { issueAt } from '../scenarios/document.ts'
import type { ReadScenario } from '../scenarios/scenario-file.ts'
import { readScenarioDocument } from '../scenarios/scenario-file.ts'
import { resultOfMade } from '../scenarios/scenario-results.ts'
import type { Sources } from '../scenarios/sources.ts'
import { findSources } from '../scenarios/sources.ts'
import { captureText } from './capturing.ts'
import { crewFor, deliverGathered, jsonText } from './gathered.ts'

/** Holds every scenario named, or a machine as it is, against what was measured of it. */
export async function verifyCommand(request: Request, world: World): Promise<Status> {
  const { capture } = request
  const gathering = gather<undefined>(request, world, true)
  try {
    if (capture !== undefined) return await verifyMachine(request, capture, gathering, world)
    const sources = await findSources(request.operands, request.implied, world)
    const writable = await checkOutputs(request, sources.paths, world)
    if (writable !== status.answered) return writable
    return await verifySources(request, sources, gathering, world)
  } finally {
    gathering.close()
  }
}

/** What the answers of `verify` are made by, here and in threads. */
export interface VerifyTask {
  readonly request: Request
  readonly wanted: Wanted
}

/** Answers documents of `verify`. */
export function verifyAnswerer({ request, wanted }: VerifyTask): Answerer<Part<undefined>> {
  return async (document) => {
    const scenario = await readScenarioDocument(document, request)
    if (isFailure(scenario)) return scenario
    const result = verified(scenario)
    return isFailure(result) ? result : [partOf(result, wanted)]
  }
}

/** What was captured is checked as strictly as a file would be. */
async function verifyMachine(
  request: Request,
  capture: CaptureRequest,
  gathering: Gathering<undefined>,
  world: World,
): Promise<Status> {
  const { root } = capture
  const writable = await checkOutputs(request, root === undefined ? [] : [root], world)
  if (writable !== status.answered) return writable
  const text = await captureText(capture, world)
  if (text === undefined) return status.notDone
  const made = await resultOfMade(request, { path: root ?? 'this machine', text }, world, verified)
  if (typeof made === 'number') {
    return worstStatus([made, await deliverVerified(request, [made], false, gathering, world)])
  }
  const refused = await gathering.take(partOf(made, wantedBy(request, world)))
  return refused ?? deliverVerified(request, [], false, gathering, world)
}

async function verifySources(
  request: Request,
  sources: Sources,
  gathering: Gathering<undefined>,
  world: World,
): Promise<Status> {
  const task: VerifyTask = { request, wanted: wantedBy(request, world) }
  const crew = crewFor(verifyAnswerer(task), task, world)
  return answerAll(request, sources, world, crew, gathering.take, ({ failed, documents }) =>
    deliverVerified(request, failed, sources.several || documents > 1, gathering, world),
  )
}

async function deliverVerified(
  request: Request,
  failed: readonly Status[],
  several: boolean,
  gathering: Gathering<undefined>,
  world: World,
): Promise<Status> {
  const delivered = await deliverGathered(request, gathering, failed, world, {
    table: async (ink) => tablesIn(gathering, ink),
    json: () => jsonText(gathering.texts('json'), several && verifyList),
  })
  return worstStatus([gathering.judged(), delivered])
}

const verifyList = { schema: 'mshare-plan/verify-list/1', key: 'scenarios' } as const

function partOf(result: VerifyResult, wanted: Wanted): Part<undefined> {
  const texts = textsOf(result, wanted, renderVerify)
  return { verdict: result.verdict, rank: [], entry: undefined, texts }
}

function verified({ workload, about }: ReadScenario): VerifyResult | Failure {
  return hasMeasurement(workload) ? verify(workload, about) : unmeasured(about)
}

function unmeasured({ file, line = 1 }: ReadScenario['about']): Failure {
  const issue = issueAt(
    { path: file, linesBefore: line - 1 },
    {
      message: 'the scenario has no measurement to compare the plan with',
      expected: '`measured` with `pageTables` or `groups`',
      suggestion: 'mshare-plan capture writes scenarios with measurements',
    },
  )
  return { status: status.invalid, issues: [issue] }
}
