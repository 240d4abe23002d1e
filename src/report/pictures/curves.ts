import type { Bound, Limit } from '../../plan/result/limit-result.ts'
import type {
  LimitChart,
  LimitCurve,
  LimitPoint,
  LimitsResult,
} from '../../plan/result/limits-result.ts'
import type { StrategyResult } from '../../plan/result/result.ts'

/** Curves that are the same, with the letter that stands for them in the picture. */
export interface Bundle {
  readonly letter: string
  /** Ids of strategies, in the order of the comparison. */
  readonly strategies: readonly string[]
  readonly status: StrategyResult['status']
  readonly points: readonly LimitPoint[]
  readonly limit: Limit
  /** The last value that runs, where something ends it. */
  readonly end?: Bound
}

/** Strategies whose curves and limits are equal, together; what is proposed stays apart. */
export function bundlesOf(chart: LimitChart, limits: LimitsResult): readonly Bundle[] {
  const bundles = new Map<string, Omit<Bundle, 'letter'>>()
  for (const { strategy, points } of chart.curves) {
    const found = limits.strategies.find(({ id }) => id === strategy)
    const limit = found?.limits[0]
    if (found === undefined || limit === undefined) continue
    const key = JSON.stringify([found.status, limit.safe?.value, limit.swapping?.value, points])
    const same = bundles.get(key)
    const { swapping } = limit
    bundles.set(key, {
      strategies: [...(same?.strategies ?? []), strategy],
      status: found.status,
      points,
      limit,
      ...(swapping?.cause === undefined ? {} : { end: swapping }),
    })
  }
  return [...bundles.values()].map((bundle, index) => ({ ...bundle, letter: letterOf(index) }))
}

function letterOf(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + (index % 26))
}

/** How full memory is: 1 where all of it is needed. */
export function fullness({ usedBytes, ofBytes }: LimitPoint): number {
  return usedBytes / ofBytes
}

/** A place in the picture: what part of the way along the axis, and how full memory is there. */
export type Place = readonly [value: number, full: number]

/** Stretches of a curve between plans that start, each as the places on its way. */
export function stretchesOf(
  points: LimitCurve['points'],
  scale: LimitChart['axis']['scale'],
): readonly (readonly Place[])[] {
  const stretches: Place[][] = []
  let before: LimitPoint | undefined
  for (const point of points) {
    const starts = point.refusal === undefined
    if (starts && before !== undefined)
      stretches.at(-1)?.push(...between(before, point, scale === 'log' ? stepsOnLog : 1))
    else if (starts) stretches.push([[point.value, fullness(point)]])
    before = starts ? point : undefined
  }
  return stretches
}

/** On a logarithmic axis what is straight in bytes is bent: so many steps show it. */
const stepsOnLog = 8

function between(from: LimitPoint, to: LimitPoint, steps: number): readonly Place[] {
  return Array.from({ length: steps }, (_, index) => {
    const part = (index + 1) / steps
    const isBent = from.value > 0 && steps > 1
    const value = isBent
      ? from.value * (to.value / from.value) ** part
      : from.value + (to.value - from.value) * part
    const share = (value - from.value) / (to.value - from.value)
    const full =
      from.cgroup === to.cgroup
        ? (from.usedBytes + (to.usedBytes - from.usedBytes) * share) /
          (from.ofBytes + (to.ofBytes - from.ofBytes) * share)
        : fullness(from) + (fullness(to) - fullness(from)) * share
    return [value, full]
  })
}
