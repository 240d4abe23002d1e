import { tool } from '../../../plan/result/tool.ts'
import type { SweepHead } from '../../../plan/result/what-if/sweep-result.ts'
import type { Metric } from '../../../plan/sweep/metric.ts'
import type { SweepAsked, SweepAxis, VariedReading } from '../../../plan/sweep/sweep.ts'
import { sweep } from '../../../plan/sweep/sweep.ts'
import type { Reading } from '../../../scenario/read-scenario.ts'
import { isStrategyId, suggestStrategy } from '../../../scenario/schema/strategy-ids.ts'
import type { VariedScenario } from '../../../scenario/varied-scenario.ts'
import { variedScenario } from '../../../scenario/varied-scenario.ts'
import type { Axis } from '../../../scenario/vary/axis.ts'
import { mostPoints, readAxis } from '../../../scenario/vary/axis.ts'
import type { Issue } from '../../../scenario/yaml/issue.ts'
import { printable } from '../../../units/printable.ts'
import { numberAt, textOfTick } from '../../../units/ticks.ts'
import { identityOf } from '../../../workload/identity.ts'
import type { Request } from '../../arguments/request.ts'
import type { Varied } from '../../arguments/sweep-options.ts'
import { usualMetrics } from '../../arguments/sweep-options.ts'
import type { World } from '../../machine/world.ts'
import { checkOutputs } from '../../output/delivery.ts'
import { largestScenario } from '../../output/refusal.ts'
import type { Failure } from '../../output/report.ts'
import { reportFailure } from '../../output/report.ts'
import type { Status } from '../../output/status.ts'
import { status } from '../../output/status.ts'
import { isFailure } from '../../scenarios/attempt.ts'
import { onlyDocument } from '../../scenarios/only-document.ts'
import { metricsNamed, missingMetric } from './sweep-metrics.ts'
import { deliverSweep } from './sweep-output.ts'

/** Plans one scenario at each value that a path of it takes, or at each pair of values of two. */
export async function sweepCommand(request: Request, world: World): Promise<Status> {
  const [path = '-'] = request.operands
  const writable = await checkOutputs(request, [path], world)
  if (writable !== status.answered) return writable
  const asked = await askedBy(request, path, world)
  if (isFailure(asked)) return reportFailure(asked, request.color, world)
  const { head, sweeping } = asked
  return deliverSweep(request, head, sweeping.axes, sweep(sweeping), world)
}

interface Asked {
  readonly head: SweepHead
  readonly sweeping: SweepAsked
}

async function askedBy(request: Request, path: string, world: World): Promise<Asked | Failure> {
  const { vary = [], metric = usualMetrics, strategy = 'as-described' } = request.options
  const axes = axesOf(vary)
  if (isFailure(axes)) return axes
  if (!isStrategyId(strategy)) return noStrategy(strategy)
  const metrics = metricsNamed(metric, strategy)
  if (isFailure(metrics)) return metrics
  const document = await onlyDocument(path, largestScenario, world)
  if (isFailure(document)) return document
  const { path: file, text, lineEnd: _, ...among } = document
  const paths = axes.map((axis) => axis.path)
  const varied = variedScenario(text, file, request.overrides, paths, option, among)
  if (!varied.ok) return invalid(varied.issues)
  const issues = axes.flatMap((axis) => formIssues(axis, varied))
  if (issues.length > 0) return invalid(issues.slice(0, mostIssues))
  return sampled({ axes, varied, metrics, strategy, today: world.today() })
}

function axesOf(vary: readonly Varied[]): readonly Axis[] | Failure {
  const axes: Axis[] = []
  for (const { path, values } of vary) {
    const reading = readAxis(path, values)
    if (!reading.ok) return invalid([issueIn(`${path}=${values}`, path.length + 1, reading.flaw)])
    axes.push(reading.axis)
  }
  const points = axes.reduce((product, { length }) => product * length, 1)
  if (points <= mostPoints) return axes
  return invalidText('the sweep has more than 10 million points; use larger steps')
}

function noStrategy(strategy: string): Failure {
  const { suggestion } = suggestStrategy(strategy)
  const hint = suggestion === undefined ? '' : `; ${suggestion.replaceAll('`', '')}`
  return invalidText(`strategy ${strategy} is unknown${hint}`)
}

const option = '--vary'
const mostIssues = 20

interface Drafted {
  readonly axes: readonly Axis[]
  readonly varied: VariedScenario
  readonly metrics: readonly Metric[]
  readonly strategy: string
  readonly today: string
}

/** Looks at a few points before anything is printed: whether they can be planned, and have the metrics. */
function sampled({ axes, varied, metrics, strategy, today }: Drafted): Asked | Failure {
  const sweepAxes = axes.map(sweepAxisOf)
  const samples = samplesOf(sweepAxes).map((texts) => varied.at(texts))
  const [first] = samples
  const good = samples.find((reading) => reading.ok)
  if (good === undefined || !good.ok)
    return invalid(first === undefined || first.ok ? [] : first.issues)
  const { name, file, line } = good
  const about = { name, file, ...(line === undefined ? {} : { line }), today }
  const missing = missingMetric(metrics, samples, strategy, about)
  if (missing !== undefined) return invalidText(missing)
  const base = varied.base()
  const identity = identityOf(base.ok ? base.workload : good.workload, about)
  const head: SweepHead = {
    tool,
    scenario: {
      name,
      file,
      ...(line === undefined ? {} : { line }),
      fingerprint: identity.fingerprint,
    },
    strategy,
    axes: axes.map(({ path, unit, length }) => ({ path, unit, length })),
    metrics: metrics.map(({ text }) => text),
  }
  // What strategies come to does not depend on growth and cases; a mistake in these was found above.
  const isOfStrategies = metrics.every((metric) => metric.strategy !== undefined)
  const read = (texts: readonly string[]): VariedReading =>
    variedReading(varied.at(texts, isOfStrategies))
  return { head, sweeping: { axes: sweepAxes, read, about, strategy, metrics } }
}

/** Texts of the first point, the last, and some in between. */
function samplesOf(axes: readonly SweepAxis[]): readonly (readonly string[])[] {
  const places = Array.from({ length: sampleCount }, (_, index) => index / (sampleCount - 1))
  const one = (part: number, { length, textAt }: SweepAxis): string =>
    textAt(Math.round(part * (length - 1)))
  const [first, second] = axes
  if (first === undefined) return []
  if (second === undefined) return places.map((part) => [one(part, first)])
  return [...places, ...places.map((part) => part)].map((part, index) => [
    one(part, first),
    one(index < places.length ? part : 1 - part, second),
  ])
}

const sampleCount = 9

/** Values that the key can never have are mistakes of the command line, not points without a plan. */
function formIssues(axis: Axis, varied: VariedScenario): readonly Issue[] {
  const { textAt, length, path } = sweepAxisOf(axis)
  const all = axis.kind === 'texts' || length <= mostChecked
  const indices = all ? Array.from({ length }, (_, index) => index) : [0, length - 1]
  for (const index of indices) {
    const issues = varied.flawsOf(path, textAt(index))
    if (issues.length > 0) return issues
  }
  return []
}

const mostChecked = 100

function sweepAxisOf(axis: Axis): SweepAxis {
  const { path, length } = axis
  if (axis.kind === 'texts') {
    return { path, length, valueAt: axis.textAt, textAt: axis.textAt }
  }
  const { unit, tickAt } = axis
  const textOf = (tick: number): string => textOfTick(unit, tick)
  const publish = (tick: number): number => numberAt(unit, tick)
  return {
    path,
    length,
    valueAt: (index) => publish(tickAt(index)),
    textAt: (index) => textOf(tickAt(index)),
    ...(axis.rises ? { numbers: { tickAt, textOf, publish, isBytes: unit === 'bytes' } } : {}),
  }
}

function variedReading(reading: Reading): VariedReading {
  if (reading.ok) return reading
  const [{ message, path } = { message: '' }] = reading.issues
  const at = path === undefined ? {} : { path }
  return { ok: false, refusal: { kind: 'invalid', message, ...at } }
}

function issueIn(
  text: string,
  offset: number,
  flaw: { message: string; expected?: string },
): Issue {
  return { file: option, line: 1, column: offset + 1, sourceLine: text, ...flaw }
}

function invalid(issues: readonly Issue[]): Failure {
  return { status: status.invalid, issues }
}

function invalidText(text: string): Failure {
  return { status: status.invalid, text: printable(text) }
}
