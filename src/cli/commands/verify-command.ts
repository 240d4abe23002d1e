import type { VerifyResult } from '../../plan/result/verify-result.ts'
import { hasMeasurement, verify } from '../../plan/verify/verify.ts'
import type { ForecastFault, MachineNow } from '../../plan/verify/verify-forecast.ts'
import { verifyForecast } from '../../plan/verify/verify-forecast.ts'
import { renderVerify } from '../../render/verify.ts'
import { whyNot } from '../../render/words/obstacle-words.ts'
import { strategiesOf } from '../../sharing/catalogue.ts'
import { printable } from '../../units/printable.ts'
import type { CaptureRequest } from '../arguments/capture-options.ts'
import type { Request } from '../arguments/request.ts'
import type { World } from '../machine/world.ts'
import { checkOutputs } from '../output/delivery.ts'
import type { Gathering } from '../output/gathering.ts'
import { gather, tablesIn } from '../output/gathering.ts'
import type { Part, Wanted } from '../output/part.ts'
import { textsOf, wantedBy } from '../output/part.ts'
import { shownPath } from '../output/refusal.ts'
import type { Failure } from '../output/report.ts'
import { reportFailure } from '../output/report.ts'
import type { Status } from '../output/status.ts'
import { status, worstStatus } from '../output/status.ts'
import type { Answered, Answerer } from '../scenarios/answers.ts'
import { alone, answerAll } from '../scenarios/answers.ts'
import { attempt, isFailure } from '../scenarios/attempt.ts'
import { issueAt } from '../scenarios/document.ts'
import type { ReadScenario } from '../scenarios/scenario-file.ts'
import { readScenarioDocument, scenarioIn } from '../scenarios/scenario-file.ts'
import { resultOfMade } from '../scenarios/scenario-results.ts'
import type { Sources } from '../scenarios/sources.ts'
import { findSources } from '../scenarios/sources.ts'
import { noSuchStrategy } from '../scenarios/unknown-strategy.ts'
import { captured } from './capturing.ts'
import { crewFor, deliverGathered, jsonText } from './gathered.ts'

/** Holds every scenario named, or a machine as it is, against what was measured of it. */
export async function verifyCommand(request: Request, world: World): Promise<Status> {
  const { capture } = request
  const gathering = gather<undefined>(request, world, true)
  try {
    if (capture !== undefined && request.operands.length === 0)
      return await verifyMachine(request, capture, gathering, world)
    const sources = await findSources(request.operands, request.implied, world)
    const writable = await checkOutputs(request, sources.paths, world)
    if (writable !== status.answered) return writable
    return capture === undefined
      ? await verifySources(request, sources, gathering, world)
      : await verifyForecasts(request, capture, sources, gathering, world)
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
  const now = await captured(capture, world)
  if (now === undefined) return status.notDone
  const document = { path: root ?? 'this machine', text: now.text }
  const made = await resultOfMade(request, document, world, verified)
  if (typeof made === 'number') {
    return worstStatus([
      made,
      await deliverVerified(request, { ...complete, failed: [made] }, false, gathering, world),
    ])
  }
  const refused = await gathering.take(partOf(made, wantedBy(request, world)))
  return refused ?? deliverVerified(request, complete, false, gathering, world)
}

async function verifySources(
  request: Request,
  sources: Sources,
  gathering: Gathering<undefined>,
  world: World,
): Promise<Status> {
  const task: VerifyTask = { request, wanted: wantedBy(request, world) }
  const crew = crewFor(verifyAnswerer(task), task, world)
  return answerAll(request, sources, world, crew, gathering.take, (answered) =>
    deliverVerified(request, answered, sources.several, gathering, world),
  )
}

/** Holds forecasts against a machine, which is looked at once. */
async function verifyForecasts(
  request: Request,
  capture: CaptureRequest,
  sources: Sources,
  gathering: Gathering<undefined>,
  world: World,
): Promise<Status> {
  const machine = await machineNow(capture, request, world)
  if (typeof machine === 'number') return machine
  const answer = forecastAnswerer(request, machine)
  const wanted = wantedBy(request, world)
  const take = (result: VerifyResult): Promise<Status | undefined> =>
    gathering.take(partOf(result, wanted))
  return answerAll(request, sources, world, alone(answer), take, (answered) =>
    deliverVerified(request, answered, sources.several, gathering, world),
  )
}

/** All that was asked for, where that is a machine. */
const complete: Answered = { failed: [], unanswered: 0, failures: [], documents: 1 }

async function deliverVerified(
  request: Request,
  answered: Answered,
  isAmongSeveral: boolean,
  gathering: Gathering<undefined>,
  world: World,
): Promise<Status> {
  const { documents, failures } = answered
  const several = isAmongSeveral || documents > 1 || failures.length > 0
  const delivered = await deliverGathered(request, gathering, answered, world, {
    table: async (ink) => tablesIn(gathering, ink),
    json: () => jsonText(gathering.texts('json'), several && verifyList, failures),
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

/** The machine that forecasts are held against, read once. A status has been reported. */
async function machineNow(
  capture: CaptureRequest,
  { color }: Pick<Request, 'color'>,
  world: World,
): Promise<MachineNow | Status> {
  const made = await captured(capture, world)
  if (made === undefined) return status.notDone
  const document = { path: capture.root ?? 'this machine', text: made.text }
  const read = await attempt(document, () => scenarioIn(document, [], 'verify'))
  if (isFailure(read)) return reportFailure(read, color, world)
  return { workload: read.workload, pools: made.pools }
}

/** Holds the forecast in each document against the machine. */
function forecastAnswerer(
  { overrides, options: { strategy = 'as-described' } }: Pick<Request, 'overrides' | 'options'>,
  machine: MachineNow,
): Answerer<VerifyResult> {
  return async (document) => {
    const scenario = await readScenarioDocument(document, { overrides, command: 'plan' })
    if (isFailure(scenario)) return scenario
    const verified = verifyForecast(scenario.workload, strategy, machine, scenario.about)
    return verified.ok ? [verified.result] : forecastFailure(verified.fault, strategy, scenario)
  }
}

function forecastFailure(fault: ForecastFault, strategy: string, scenario: ReadScenario): Failure {
  const text = `${shownPath(scenario.about.file)}: ${printable(faultWords(fault, strategy, scenario))}`
  return { status: status.invalid, text }
}

function faultWords(fault: ForecastFault, strategy: string, { workload }: ReadScenario): string {
  switch (fault.kind) {
    case 'layout':
      return `the forecast is for ${fault.planned}, and the machine has ${fault.found}; plan it with --set host.layout=${fault.found}`
    case 'unknown-strategy':
      return noSuchStrategy(
        strategy,
        strategiesOf(workload.host.layout).map(({ id }) => id),
      )
    case 'obstacles':
      return `strategy ${strategy} is not possible here: ${whyNot(fault)}`
    case 'not-measured':
      return 'the machine says neither PageTables nor VmPTE; capture it as root, or copy all of /proc'
  }
}
