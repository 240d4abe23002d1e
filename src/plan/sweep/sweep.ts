import { QuantityError } from '../../units/quantity.ts'
import type { Assumption, Workload } from '../../workload/workload.ts'
import { fullest } from '../limits/charts.ts'
import type { About } from '../plan.ts'
import type { Standing } from '../result/outlook.ts'
import { outlooks, standingOf } from '../result/outlook.ts'
import type {
  AxisValue,
  PointRefusal,
  RiskChange,
  SweepPoint,
} from '../result/what-if/sweep-result.ts'
import { withPartsOf } from '../strategy/shared-parts.ts'
import type { Between } from './between.ts'
import { between } from './between.ts'
import type { Change } from './changes.ts'
import { changesBetween } from './changes.ts'
import type { Metric } from './metric.ts'
import { plannedStrategy, plannedSums, readingsOf } from './metric.ts'

/** A value that changes: texts by their number, or numbers in ticks. */
export interface SweepAxis {
  readonly path: string
  readonly length: number
  /** As it is published. */
  readonly valueAt: (index: number) => AxisValue
  /** As the scenario has it. */
  readonly textAt: (index: number) => string
  /** Absent where no change can be looked for between two values. */
  readonly numbers?: AxisNumbers
}

/** Numbers of an axis, which rise. */
export interface AxisNumbers {
  readonly tickAt: (index: number) => number
  readonly textOf: (tick: number) => string
  /** In the unit of the axis. */
  readonly publish: (tick: number) => number
  readonly isBytes: boolean
}

/** A scenario with values put in, or why there is no such scenario. */
export type VariedReading =
  | { readonly ok: true; readonly workload: Workload; readonly assumptions: readonly Assumption[] }
  | { readonly ok: false; readonly refusal: PointRefusal }

/** What to sweep. */
export interface SweepAsked {
  /** One or two; the last runs fastest. */
  readonly axes: readonly SweepAxis[]
  readonly read: (texts: readonly string[]) => VariedReading
  readonly about: About
  readonly strategy: string
  readonly metrics: readonly Metric[]
}

/** A point, and where the risk changes since the point before it on the axis that is searched. */
export interface SweptPoint {
  readonly point: SweepPoint
  readonly changes: readonly RiskChange[]
  /** The risk gets better here after it got worse before, or the other way round. */
  readonly turns: boolean
}

/**
 * Plans a scenario at each value, or each pair of values, one after another: memory does not grow with
 * their number. A point is the plan of the scenario with those values put in by `--set`.
 */
export function* sweep(asked: SweepAsked): Generator<SweptPoint, void> {
  const searched = asked.axes.findIndex(({ numbers }) => numbers !== undefined)
  const lines = new Map<number, Line>()
  for (const { along, other, isLast } of placesOf(asked.axes, searched)) {
    const line = lines.get(other) ?? lineAlong(asked, searched, other)
    lines.set(other, line)
    yield line(along)
    if (isLast) lines.delete(other)
  }
}

/** A point by its number on the axis that is searched, and by that on the other. */
interface Place {
  readonly along: number
  readonly other: number
  /** No later point has the same value of the other axis. */
  readonly isLast: boolean
}

function* placesOf(
  [first, second]: readonly SweepAxis[],
  searched: number,
): Generator<Place, void> {
  const [down, across] = [first?.length ?? 0, second?.length ?? 1]
  for (let i = 0; i < down; i += 1) {
    for (let j = 0; j < across; j += 1) {
      yield searched === 1
        ? { along: j, other: i, isLast: j === across - 1 }
        : { along: i, other: j, isLast: i === down - 1 }
    }
  }
}

/** The points along the axis that is searched, at one value of the other axis; each in its turn. */
type Line = (index: number) => SweptPoint

function lineAlong(asked: SweepAsked, searched: number, other: number): Line {
  const { axes } = asked
  const axis = axes[searched]
  const otherAxis = axes[searched === 1 ? 0 : 1]
  const pair = <T>(one: T, of: (axis: SweepAxis) => T): readonly T[] => {
    if (otherAxis === undefined) return [one]
    return searched === 1 ? [of(otherAxis), one] : [one, of(otherAxis)]
  }
  const readAt = sharing((text: string) => asked.read(pair(text, ({ textAt }) => textAt(other))))
  const valuesAt = (value: AxisValue): readonly AxisValue[] =>
    pair(value, ({ valueAt }) => valueAt(other))
  if (axis?.numbers === undefined) {
    const texts = axes[0]
    return (index) => {
      const at = valuesAt(texts?.valueAt(index) ?? '')
      const point = pointAt(asked, at, readAt(texts?.textAt(index) ?? ''))
      return { point, changes: [], turns: false }
    }
  }
  const { numbers } = axis
  const shortcut = shortcutAlong(axis, numbers, readAt)
  const readTick = (tick: number): VariedReading => shortcut?.(tick) ?? readAt(numbers.textOf(tick))
  const beside = otherAxis === undefined ? {} : { other: otherAxis.valueAt(other) }
  const seeChanges = changesAlong((tick) => {
    const reading = readTick(tick)
    return reading.ok ? riskOf(reading.workload, asked.strategy) : undefined
  })
  return (index) => {
    const tick = numbers.tickAt(index)
    const reading = readTick(tick)
    const point = pointAt(asked, valuesAt(axis.valueAt(index)), reading)
    const step = reading.ok ? stepOf(axis, numbers, reading.workload) : 1
    const { changes, turns } = seeChanges(tick, point.risk, step)
    const shown = changes.map((change) => published(change, axis.path, numbers.publish, beside))
    return { point, changes: shown, turns }
  }
}

/** Finds the changes since the value before; a value without a plan is no beginning of a search. */
function changesAlong(
  riskAt: (tick: number) => Standing | undefined,
): (
  tick: number,
  risk: Standing | undefined,
  step: number,
) => { readonly changes: readonly Change[]; readonly turns: boolean } {
  let before: Change['from'] | undefined
  let way = 0
  return (tick, risk, step) => {
    const [from, to] = [before, risk === undefined ? undefined : { tick, risk }]
    before = to
    if (from === undefined || to === undefined) return { changes: [], turns: false }
    const changes = changesBetween(from, to, step, riskAt)
    const ways = changes.map((one) => Math.sign(gravity(one.from.risk) - gravity(one.to.risk)))
    const turns = ways.some((one, index) => (ways[index - 1] ?? way) * one < 0)
    way = ways.at(-1) ?? way
    return { changes, turns }
  }
}

/** The better, the more. */
function gravity(risk: Standing): number {
  return outlooks.indexOf(risk)
}

function published(
  { from, to, exact }: Change,
  axis: string,
  publish: (tick: number) => number,
  beside: Pick<RiskChange, 'other'>,
): RiskChange {
  return {
    axis,
    ...beside,
    from: { value: publish(from.tick), risk: from.risk },
    to: { value: publish(to.tick), risk: to.risk },
    exact,
  }
}

/** Sizes change by whole pages, unless one of the axis has no whole number of them. */
function stepOf(
  { length }: SweepAxis,
  { isBytes, tickAt }: AxisNumbers,
  { host }: Workload,
): number {
  if (!isBytes) return 1
  const { pageBytes } = host.layout
  const ends = [tickAt(0), tickAt(1), tickAt(length - 1)]
  return ends.every((tick) => tick % pageBytes === 0) ? pageBytes : 1
}

type Shortcut = (tick: number) => VariedReading

/** Where only one number of the workload changes, it is put in without reading the scenario again. */
function shortcutAlong(
  { length }: SweepAxis,
  { tickAt, textOf }: AxisNumbers,
  readAt: (text: string) => VariedReading,
): Shortcut | undefined {
  if (length < 3) return undefined
  const [from, to] = [tickAt(0), tickAt(length - 1)]
  const [low, high] = [readAt(textOf(from)), readAt(textOf(to))]
  if (!low.ok || !high.ok) return undefined
  const line: Between | undefined = between(low.workload, high.workload, from, to)
  return line && ((tick) => ({ ...low, workload: line(tick) }))
}

/**
 * Parts of a workload that are as in the one before are the same objects: what was worked out of them
 * is known.
 */
function sharing(read: (text: string) => VariedReading): (text: string) => VariedReading {
  let last: Workload | undefined
  return (text) => {
    const reading = read(text)
    if (!reading.ok) return reading
    last = last === undefined ? reading.workload : withPartsOf(last, reading.workload)
    return { ...reading, workload: last }
  }
}

function pointAt(
  { strategy, metrics, about }: SweepAsked,
  at: readonly AxisValue[],
  reading: VariedReading,
): SweepPoint {
  const refused = (refusal: PointRefusal): SweepPoint => ({
    at,
    values: metrics.map(() => null),
    refusal,
  })
  if (!reading.ok) return refused(reading.refusal)
  const { workload, assumptions } = reading
  const sums = plannedSums(workload, strategy)
  if (sums === 'unknown') return refused({ kind: 'too-large' })
  if (sums === undefined) return refused(notPossible(workload, strategy))
  try {
    const read = readingsOf(workload, { ...about, assumptions })
    const values = metrics.map((metric) => read(metric) ?? null)
    return {
      at,
      values,
      risk: standingOf(sums),
      ...(sums.status === 'proposed' ? { proposed: true } : {}),
      used: fullest(sums, workload.host.memory),
    }
  } catch (error) {
    if (error instanceof QuantityError) return refused({ kind: 'too-large' })
    throw error
  }
}

function notPossible(workload: Workload, strategy: string): PointRefusal {
  const planned = plannedStrategy(workload, strategy)
  const obstacles = planned?.obstacles.map(({ kind }) => kind) ?? (['layout'] as const)
  return { kind: 'not-possible', obstacles: [...new Set(obstacles)] }
}

function riskOf(workload: Workload, strategy: string): Standing | undefined {
  const sums = plannedSums(workload, strategy)
  return sums === undefined || sums === 'unknown' ? undefined : standingOf(sums)
}
