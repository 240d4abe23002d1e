import type { Workload } from '../../workload/workload.ts'
import type { RangedInput } from '../result/what-if/ranges-result.ts'
import type { RangeInput } from './input.ts'
import { stepOf } from './input.ts'
import { belowNormal, normalQuantile } from './normal.ts'

/** A value by its percentiles. It is rounded to the nearest step, and kept where such a value can be. */
export interface Distribution {
  readonly kind: NonNullable<RangedInput['distribution']>
  readonly step: number
  /** The value that a part of all is at most, in ticks. */
  readonly quantile: (part: number) => number
  /** The part of all that is at most a number of ticks, which is a multiple of the step. */
  readonly atMost: (tick: number) => number
}

/**
 * Log-normal through both percentiles, normal where the median is 0 or less. The logarithm, or the value
 * itself, is p50 + (p95 − p50) · z / z₉₅, z standard normal.
 * @returns `undefined` for what has no percentiles.
 */
export function distributionOf(input: RangeInput, workload: Workload): Distribution | undefined {
  const { range, unit } = input
  if (range.kind !== 'percentiles') return undefined
  const step = stepOf(input, workload)
  const { p50, p95 } = range
  const isLog = p50 > 0
  const [middle, high] = isLog ? [Math.log(p50), Math.log(p95)] : [p50, p95]
  const deviation = (high - middle) / z95
  const least = leastOf(input, isLog ? step : 0)
  const most = unit === 'percent' ? wholePercent : Math.floor(Number.MAX_SAFE_INTEGER / step) * step
  const rounded = (value: number): number =>
    Math.min(most, Math.max(least, Math.round(value / step) * step))
  return {
    kind: isLog ? 'log-normal' : 'normal',
    step,
    quantile: (part) => {
      const at = middle + deviation * normalQuantile(part)
      return rounded(isLog ? Math.exp(at) : at)
    },
    atMost: (tick) => {
      if (tick >= most) return 1
      if (tick < least) return 0
      const edge = tick + step / 2
      if (deviation === 0) return p50 < edge ? 1 : 0
      const at = isLog ? Math.log(edge) : edge
      return belowNormal((at - middle) / deviation)
    },
  }
}

const z95 = normalQuantile(0.95)

/** Ticks of 100 %. */
const wholePercent = 1_000_000

/** Of counts none may be left; of what a process or a region has one of at least, one. */
function leastOf({ places, unit }: RangeInput, least: number): number {
  if (unit !== 'count') return least
  return places.some((place) => atLeastOne.has(String(place.at(-1)))) ? 1 : 0
}

const atLeastOne: ReadonlySet<string> = new Set(['threads', 'copies', 'objects'])
