import type { TimelineResult } from '../../../plan/result/timeline/timeline-result.ts'
import { timeline } from '../../../plan/timeline/timeline.ts'
import { timelineCsv, timelineMarkdown } from '../../../render/formats/timeline-formats.ts'
import { renderJson } from '../../../render/json.ts'
import { renderTimeline } from '../../../render/timeline.ts'
import { strategiesOf } from '../../../sharing/catalogue.ts'
import { printable } from '../../../units/printable.ts'
import type { Options } from '../../arguments/options.ts'
import type { Request } from '../../arguments/request.ts'
import { readInput } from '../../machine/read-input.ts'
import type { World } from '../../machine/world.ts'
import { checkOutputs, deliver } from '../../output/delivery.ts'
import { largestScenario, refusalText, shownPath, statusOfRefusal } from '../../output/refusal.ts'
import type { Failure } from '../../output/report.ts'
import { reportFailure } from '../../output/report.ts'
import type { Status } from '../../output/status.ts'
import { status } from '../../output/status.ts'
import { isFailure } from '../../scenarios/attempt.ts'
import { documentOf } from '../../scenarios/document.ts'
import { extended } from '../../scenarios/documents.ts'
import type { ReadScenario } from '../../scenarios/scenario-file.ts'
import { readScenarioDocument } from '../../scenarios/scenario-file.ts'
import { unknownStrategy } from '../../scenarios/unknown-strategy.ts'

/** Plans a scenario after each step of its timeline. */
export async function timelineCommand(request: Request, world: World): Promise<Status> {
  const [path = '-'] = request.operands
  const writable = await checkOutputs(request, [path], world)
  if (writable !== status.answered) return writable
  const scenario = await scenarioAt(path, request, world)
  const result = isFailure(scenario) ? scenario : timelineOf(path, scenario, request.options)
  if (isFailure(result)) return reportFailure(result, request.color, world)
  const withChart = !request.options.noChart
  return deliver(request, world, {
    table: async (ink) => renderTimeline(result, { withChart }, ink),
    json: async () => renderJson(result),
    csv: async () => timelineCsv(result),
    markdown: async () => timelineMarkdown(result),
  })
}

async function scenarioAt(
  path: string,
  request: Request,
  world: World,
): Promise<ReadScenario | Failure> {
  const reading =
    path === '-' ? await readInput(world, largestScenario) : world.readFile(path, largestScenario)
  if (!reading.ok) {
    return { status: statusOfRefusal(reading), text: refusalText('read', reading, 'scenario') }
  }
  const document = await extended(documentOf(reading.content, { path }), world)
  return isFailure(document) ? document : readScenarioDocument(document, request)
}

function timelineOf(
  path: string,
  { workload, about }: ReadScenario,
  { strategy }: Options,
): TimelineResult | Failure {
  if (workload.timeline === undefined) {
    const text = `${shownPath(path)} has no timeline; list steps under the key timeline, or run mshare-plan plan`
    return { status: status.invalid, text }
  }
  const known = strategiesOf(workload.host.layout).map(({ id }) => id)
  const unknown = unknownStrategy(strategy, known)
  if (unknown !== undefined) return { status: status.invalid, text: printable(unknown) }
  return timeline(workload, about, strategy === undefined ? undefined : [strategy])
}
