import { check } from '../../plan/check.ts'
import { checkSaved } from '../../plan/gates/re-judge.ts'
import { plan } from '../../plan/plan.ts'
import type { Results } from '../../plan/result/published.ts'
import type { Result } from '../../plan/result/result.ts'
import { renderFleet } from '../../render/fleet.ts'
import { renderJson, renderJsonLines } from '../../render/json.ts'
import { renderScreen } from '../../render/screen/screen.ts'
import type { DetailName } from '../../render/sections/detail-names.ts'
import { detailNames } from '../../render/sections/detail-names.ts'
import type { Ink } from '../../render/text/ink.ts'
import { renderVerdicts } from '../../render/verdicts.ts'
import type { Request } from '../arguments/request.ts'
import type { World } from '../machine/world.ts'
import { checkOutputs, deliverResults } from '../output/delivery.ts'
import { shownPath } from '../output/refusal.ts'
import type { Failure } from '../output/report.ts'
import { reportFailure } from '../output/report.ts'
import type { Status } from '../output/status.ts'
import { status, statusOfVerdicts, worstStatus } from '../output/status.ts'
import type { JudgingContext } from '../scenarios/judging-context.ts'
import { judgingContextOf } from '../scenarios/judging-context.ts'
import { orderResults } from '../scenarios/result-order.ts'
import type { SavedFile } from '../scenarios/saved-files.ts'
import { notOne, savedScenario, savesScenario } from '../scenarios/saved-scenario.ts'
import type { ReadScenario } from '../scenarios/scenario-file.ts'
import { scenarioResults } from '../scenarios/scenario-results.ts'
import { findSources } from '../scenarios/sources.ts'

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
    return refused(notOne(request, sources.paths.length), request, world)
  }
  const context = await judgingContextOf(request, world)
  if ('status' in context) return refused(context, request, world)
  let { several } = sources
  let read: ReadScenario | undefined
  const { results, failed } = await scenarioResults<Result>(
    request,
    sources,
    world,
    (scenario) => {
      read = scenario
      return planScenario(scenario, request, context)
    },
    request.command === 'check'
      ? (file, path) => {
          several ||= file.several
          return judgeSaved(file, path, request, context)
        }
      : undefined,
  )
  const saved = saves && read !== undefined ? await savedScenario(read, request, world) : undefined
  if (saved !== undefined && 'status' in saved) return refused(saved, request, world)
  const ordered = orderResults(results)
  const judged = statusOfVerdicts(ordered, request.options.exitZero)
  const delivered = await deliverResults(request, ordered.length, failed, world, {
    table: (ink) =>
      request.command === 'check'
        ? verdicts(ordered, ink)
        : screens(ordered, failed.length, ink, request),
    ...(saved === undefined ? {} : { yaml: async (_, path) => saved(path) }),
    json: () => json(ordered, several),
    ndjson: async () => renderJsonLines(ordered),
  })
  return worstStatus([...failed, judged, delivered])
}

async function refused(failure: Failure, { color }: Request, world: World): Promise<Status> {
  await reportFailure(failure, color, world)
  return failure.status
}

function planScenario(scenario: ReadScenario, request: Request, context: JudgingContext): Result {
  const { workload, about, assumptions } = scenario
  const { numaNodes } = request.options
  const nodes = numaNodes === undefined ? {} : { numaNodes }
  const answer = request.command === 'check' ? check : plan
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

async function verdicts(results: readonly Result[], ink: Ink): Promise<string> {
  return renderVerdicts(results, ink)
}

async function json(results: readonly Result[], several: boolean): Promise<string> {
  const list: Results = { schema: 'mshare-plan/results/1', results }
  return renderJson(several ? list : results[0])
}

/** One screen, or one table of several scenarios; with details, every screen and its tables. */
async function screens(
  results: readonly Result[],
  unread: number,
  ink: Ink,
  request: Request,
): Promise<string> {
  const shown = detailsAsked(request)
  if (shown.size === 0 && results.length + unread > 1) {
    return renderFleet(results, unread, ink)
  }
  if (shown.size === 0) return results.map((result) => renderScreen(result, ink)).join('\n')
  const { renderDetails } = await import('../../render/details.ts')
  return results
    .map((result) => renderScreen(result, ink) + renderDetails(result, ink, shown))
    .join('\n')
}

function detailsAsked({ options }: Request): ReadonlySet<DetailName> {
  const { details, verbose, show = [] } = options
  if (details || verbose || show.includes('all')) return new Set(detailNames)
  return new Set(detailNames.filter((name) => show.includes(name)))
}
