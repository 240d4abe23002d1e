import type { NamedStrategy } from '../../sharing/catalogue.ts'
import { strategyOf } from '../../sharing/catalogue.ts'
import type { Host } from '../../workload/host.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Bound, Limit } from '../result/limit-result.ts'
import type {
  LimitAxis,
  LimitChart,
  LimitCurve,
  LimitPoint,
  StrategyLimits,
} from '../result/limits-result.ts'
import { refusalIn } from '../result/refusal.ts'
import { planOrUnknown } from '../strategy/plans.ts'
import type { Outcome } from '../strategy/strategy-result.ts'
import { isAbout } from './reasons.ts'
import { refined } from './refined.ts'
import type { Variable } from './variables.ts'
import { variablesOf } from './variables.ts'

/**
 * The figures of the pictures under limits that were found, one for each number that was asked about.
 * A number that nothing limits has none: its curves would be level lines.
 */
export function chartsOf(
  workload: Workload,
  strategies: readonly StrategyLimits[],
): readonly LimitChart[] {
  return variablesOf(workload).flatMap((variable) => {
    const asked = strategies.flatMap(({ id, limits }): readonly Asked[] => {
      const limit = limits.find((candidate) => isAbout(candidate, variable))
      const named = strategyOf(workload.host.layout, id)
      return limit === undefined || named === undefined ? [] : [{ named, ends: endsOf(limit) }]
    })
    const axis = axisOf(
      variable,
      asked.flatMap(({ ends }) => ends),
    )
    if (axis === undefined) return []
    const curves = asked.map((one) => curveOf(one, variable, axis, workload))
    return [{ ...variable.limit, axis, curves: curves.filter(({ points }) => points.length > 0) }]
  })
}

/** A strategy, and where the risk under it gets worse. */
interface Asked {
  readonly named: NamedStrategy
  readonly ends: readonly number[]
}

function endsOf({ safe, tight, swapping }: Limit): readonly number[] {
  const isEnd = (bound: Bound | undefined): bound is Bound => bound?.cause !== undefined
  return [safe, tight, swapping].filter(isEnd).map(({ value }) => value)
}

/** On a straight axis, what is this much larger than the rest leaves it no room. */
const mostOnLinear = 20

function axisOf(
  { limit: { now }, step, most }: Variable,
  ends: readonly number[],
): LimitAxis | undefined {
  const shown = [...ends, now].filter((value) => value > 0)
  if (ends.length === 0 || shown.length === 0) return undefined
  const [low, high] = [Math.min(...shown), Math.max(...shown)]
  const whole = (value: number): number => Math.round(value / step) * step
  const end = (value: number): number => Math.min(most * step, whole(value))
  if (high <= mostOnLinear * low) return { scale: 'linear', from: 0, to: end(high * 1.1) }
  const margin = (high / low) ** 0.1
  return { scale: 'log', from: Math.max(step, whole(low / margin)), to: end(high * margin) }
}

/** Plans from the best value to the worst, until memory is used up; more where the curve is not straight. */
function curveOf(
  { named, ends }: Asked,
  variable: Variable,
  axis: LimitAxis,
  { groups, regions, host }: Workload,
): LimitCurve {
  const pointAt = (value: number): LimitPoint | undefined => {
    const planned = planOrUnknown(() => variable.with(value), named)
    if (planned === undefined || planned === 'unknown') return undefined
    const { memory } = variable.hostAt?.(value) ?? host
    return pointOf(value, planned, memory)
  }
  const points: LimitPoint[] = []
  for (const value of valuesOf(variable, axis, ends)) {
    const point = pointAt(value)
    if (point === undefined) continue
    points.push(point)
    if (isBeyond(point, host)) break
  }
  const { step, worsens } = variable
  const most = Math.ceil(mostHalved / (groups.length + regions.length))
  const ordered = worsens ? points : points.reverse()
  return { strategy: named.id, points: refined(ordered, pointAt, { axis, step, most }) }
}

/** Stretches of a curve that are halved, of a workload with one group or region: others take longer to plan. */
const mostHalved = 512

/** So far out of memory that no picture shows what is further on. */
function isBeyond({ level, refusal, usedBytes, ofBytes }: LimitPoint, { swap }: Host): boolean {
  return level === 'oom' && refusal === undefined && usedBytes > 1.25 * (ofBytes + swap)
}

/** Values in equal distances along the axis, between them what there is now and the limits; the best first. */
const distances = 8

function valuesOf(
  { limit: { now, unit }, step, least, worsens }: Variable,
  { scale, from, to }: LimitAxis,
  ends: readonly number[],
): readonly number[] {
  const spread = Array.from({ length: distances + 1 }, (_, index) => {
    const part = index / distances
    return scale === 'log' ? from * (to / from) ** part : from + (to - from) * part
  })
  // Without a process nothing runs, and what the first one brings along is not there yet.
  const first = unit === 'processes' ? Math.max(1, least) : least
  const whole = [...spread, now, ...ends]
    .map((value) => Math.max(first, Math.round(value / step)) * step)
    .filter((value) => value <= to)
  return [...new Set(whole)].sort((a, b) => (worsens ? a - b : b - a))
}

function pointOf(value: number, planned: Outcome, memoryBytes: number): LimitPoint {
  const refusal = refusalIn(planned.memory)
  return {
    value,
    ...fullest(planned, memoryBytes),
    level: planned.risk.level,
    ...(refusal === undefined ? {} : { refusal }),
  }
}

/** Memory in use on the host or, where that is fuller for its size, in a cgroup. */
export function fullest(
  { memory, risk }: Outcome,
  memoryBytes: number,
): Pick<LimitPoint, 'usedBytes' | 'ofBytes' | 'cgroup'> {
  const host = { usedBytes: memoryBytes - memory.headroomBytes, ofBytes: memoryBytes }
  const cgroups = risk.cgroups.map(({ name, demandBytes, limitBytes }) => ({
    usedBytes: demandBytes,
    ofBytes: limitBytes,
    cgroup: name,
  }))
  const isFuller = (one: Filled, than: Filled): boolean =>
    one.usedBytes / one.ofBytes > than.usedBytes / than.ofBytes
  return cgroups.reduce<Filled>((most, one) => (isFuller(one, most) ? one : most), host)
}

type Filled = Pick<LimitPoint, 'usedBytes' | 'ofBytes' | 'cgroup'>
