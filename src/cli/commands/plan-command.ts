import { check } from '../../plan/check.ts'
import { checkSaved } from '../../plan/gates/re-judge.ts'
import { plan } from '../../plan/plan.ts'
import type { Result } from '../../plan/result/result.ts'
import type { Places } from '../../render/formats/all-results.ts'
import type { Request } from '../arguments/request.ts'
import type { World } from '../machine/world.ts'
import type { Renderers } from '../output/delivery.ts'
import { checkOutputs } from '../output/delivery.ts'
import type { Gathering } from '../output/gathering.ts'
import { gather } from '../output/gathering.ts'
import type { Part, Wanted } from '../output/part.ts'
import { textsOf, wantedBy } from '../output/part.ts'
import { shownPath } from '../output/refusal.ts'
import type { Failure } from '../output/report.ts'
import { reportFailure } from '../output/report.ts'
import { checkFormats, planFormats, renderersOfAll } from '../output/run-formats.ts'
import type { Status } from '../output/status.ts'
import { status, worstStatus } from '../output/status.ts'
import type { Answerer } from '../scenarios/answers.ts'
import { answerAll } from '../scenarios/answers.ts'
import { isFailure } from '../scenarios/attempt.ts'
import type { Document } from '../scenarios/document.ts'
import type { JudgingContext } from '../scenarios/judging-context.ts'
import { judgingContextOf } from '../scenarios/judging-context.ts'
import { planRanges } from '../scenarios/ranged.ts'
import { rankOf } from '../scenarios/result-order.ts'
import type { SavedFile } from '../scenarios/saved/saved-files.ts'
import { notOne, savedScenario, savesScenario } from '../scenarios/saved/saved-scenario.ts'
import type { ReadScenario } from '../scenarios/scenario-file.ts'
import { readScenarioDocument, readScenarioOrSaved } from '../scenarios/scenario-file.ts'
import type { Sources } from '../scenarios/sources.ts'
import { findSources, isStream } from '../scenarios/sources.ts'
import { crewFor, deliverGathered, jsonText } from './gathered.ts'
import type { PlanEntry } from './plan-tables.ts'
import { detailsTable, entryOf, planTable } from './plan-tables.ts'

/**
 * Plans every scenario named and prints the results, worst first; `check` plans what its gates judge
 * and prints the verdicts, also those of results that were saved.
 */
export async function planCommand(request: Request, world: World): Promise<Status> {
  const sources = await findSources(request.operands, request.implied, world)
  const { baseline } = request.options
  const inputs = [...sources.paths, ...(baseline === undefined ? [] : [baseline])]
  const writable = await checkOutputs(request, inputs, world)
  if (writable !== status.answered) return writable
  const saves = savesScenario(request)
  if (saves && sources.paths.length > 1) {
    return reportFailure(notOne(request, sources.paths.length), request.color, world)
  }
  const context = await judgingContextOf(request, world)
  if ('status' in context) return reportFailure(context, request.color, world)
  const gathering = gather<PlanEntry>(request, world, sources.paths.some(isStream))
  try {
    return await planAll(request, sources, context, gathering, world)
  } finally {
    gathering.close()
  }
}

/** What the answers of a command are made by, here and in threads. */
export interface PlanTask {
  readonly request: Request
  readonly context: JudgingContext
  readonly wanted: Wanted
}

function isCheck({ command }: Pick<Request, 'command'>): boolean {
  return command === 'check'
}

/** A result, and what it was made of. */
export type Noted = (result: Result, scenario?: ReadScenario, isOfSeveral?: boolean) => void

/** Answers documents of `plan` and `check`. @param note is told of each result before it is reduced. */
export function planAnswerer(task: PlanTask, note: Noted = () => {}): Answerer<Part<PlanEntry>> {
  const { request, context } = task
  return async (document) => {
    const ranged = await rangedPartsOf(document, task, note)
    if (ranged !== undefined) return ranged
    const read = isCheck(request)
      ? await readScenarioOrSaved(document, request.overrides)
      : await readScenarioDocument(document, request)
    if (isFailure(read)) return read
    if ('workload' in read) {
      const result = planScenario(read, request, context)
      note(result, read)
      return [await partOf(result, task, read)]
    }
    const judged = await judgeSaved(read, document.path, request, context)
    if ('status' in judged) return judged
    for (const result of judged) note(result, undefined, read.several)
    return Promise.all(judged.map((result) => partOf(result, task)))
  }
}

/** A scenario some of whose values are ranges; `undefined` where none is. */
async function rangedPartsOf(
  document: Document,
  task: PlanTask,
  note: Noted,
): Promise<readonly Part<PlanEntry>[] | Failure | undefined> {
  const { request, context } = task
  const ranged = await planRanges(document, request, context)
  if (ranged === undefined || isFailure(ranged)) return ranged
  const { result, scenario, planned } = ranged
  note(result, scenario)
  // Where the scenario goes on, it has the values that it is planned with.
  const overrides = [...request.overrides, ...planned]
  return [await partOf(result, { ...task, request: { ...request, overrides } }, scenario)]
}

async function planAll(
  request: Request,
  sources: Sources,
  context: JudgingContext,
  gathering: Gathering<PlanEntry>,
  world: World,
): Promise<Status> {
  const task: PlanTask = { request, context, wanted: wantedBy(request, world) }
  let first: { readonly result: Result; readonly scenario?: ReadScenario } | undefined
  let { several } = sources
  const answer = planAnswerer(task, (result, scenario, isOfSeveral = false) => {
    several ||= isOfSeveral
    first ??= { result, ...(scenario === undefined ? {} : { scenario }) }
  })
  const crew = crewFor(answer, task, world)
  return answerAll(request, sources, world, crew, gathering.take, async (answered) => {
    const { failures, documents } = answered
    const yaml = await scenarioToSave(request, documents, first?.scenario, world)
    if (yaml !== undefined && 'status' in yaml) return reportFailure(yaml, request.color, world)
    several ||= documents > 1 || failures.length > 0
    const delivered = await deliverGathered(request, gathering, answered, world, {
      ...yaml,
      ...renderersOfAll(isCheck(request) ? checkFormats : planFormats, gathering, answered),
      html: async () => {
        const { reportPage } = await import('../pages/report-page.ts')
        return reportPage(() => gathering.texts('page'), gathering.count(), failures, first, world)
      },
      table: (ink) => planTable(gathering, answered, first?.result, ink),
      json: async () => jsonText(gathering.texts('json'), several && resultsList, failures),
    })
    return worstStatus([gathering.judged(), delivered])
  })
}

const resultsList = { schema: 'mshare-plan/results/1', key: 'results' } as const

/** How a YAML file is written, where one is asked for. It holds one scenario. */
async function scenarioToSave(
  request: Request,
  documents: number,
  scenario: ReadScenario | undefined,
  world: World,
): Promise<Pick<Renderers, 'yaml'> | Failure | undefined> {
  if (!savesScenario(request) || scenario === undefined) return undefined
  if (documents > 1) return notOne(request, documents)
  const saved = await savedScenario(scenario, request, world)
  return 'status' in saved ? saved : { yaml: async (_, path) => saved(path) }
}

async function partOf(
  result: Result,
  { request, context, wanted }: PlanTask,
  scenario?: ReadScenario,
): Promise<Part<PlanEntry>> {
  const page =
    wanted.page && scenario !== undefined
      ? {
          page: (await import('../pages/page-item.ts')).pageItem(
            scenario,
            result,
            request,
            context,
          ),
        }
      : {}
  return {
    verdict: result.verdict,
    rank: rankOf(result),
    entry: entryOf(result, request),
    texts: {
      ...textsOf(
        result,
        wanted,
        await detailsTable(request),
        await placesIn(result, request, wanted, scenario),
      ),
      ...page,
    },
  }
}

/** Where the causes are written, if an output shows it. */
async function placesIn(
  result: Result,
  { overrides }: Request,
  { placed }: Wanted,
  scenario: ReadScenario | undefined,
): Promise<Places | undefined> {
  if (placed !== 'places' || scenario === undefined) return undefined
  const { placesOf } = await import('../scenarios/places.ts')
  return placesOf(result, scenario, overrides)
}

function planScenario(scenario: ReadScenario, request: Request, context: JudgingContext): Result {
  const { workload, about, assumptions } = scenario
  const { numaNodes } = request.options
  const nodes = numaNodes === undefined ? {} : { numaNodes }
  const answer = isCheck(request) ? check : plan
  return answer(workload, { ...about, assumptions, ...nodes, ...context })
}

async function judgeSaved(
  { results }: SavedFile,
  path: string,
  { overrides }: Request,
  context: JudgingContext,
): Promise<readonly Result[] | Failure> {
  if (overrides.some(({ option }) => option === undefined)) {
    const text = `--set cannot change the saved result ${shownPath(path)}; plan its scenario again`
    return { status: status.invalid, text }
  }
  const { readGates } = await import('../../scenario/read-gates.ts')
  const judged: Result[] = []
  for (const result of results) {
    const asked = readGates(overrides, result.host.pageBytes)
    if (!asked.ok) return { status: status.invalid, issues: asked.issues }
    judged.push(checkSaved(result, { ...context, gates: asked.gates }))
  }
  return judged
}
