import type { LimitAxis, LimitPoint } from '../result/limits-result.ts'
import { fullness, fullnessBetween } from '../result/what-if/fullness.ts'

/** A curve between two of its plans, with a plan halfway along the axis. */
interface Stretch {
  readonly left: LimitPoint
  readonly right: LimitPoint
  /** Absent where there is no value between, or none that the eye would see. */
  readonly middle?: LimitPoint
  /** How far the middle is from where it would be drawn, as a part of memory. */
  readonly off: number
}

/** What no eye sees, as a part of memory: a picture of 250 points shows a quarter more than memory. */
const leeway = 0.002
/** What no eye sees, as a part of the axis. */
const narrowest = 1 / 512

/**
 * A curve with more plans where it is not straight: where a region, a pool or another cgroup comes in. The
 * worst stretch is halved first.
 * @param points by value; each a plan.
 * @param pointAt the plan with a value; `undefined` where there is none.
 * @param step values are multiples of it.
 * @param most stretches that are halved.
 */
export function refined(
  points: readonly LimitPoint[],
  pointAt: (value: number) => LimitPoint | undefined,
  { axis, step, most }: { readonly axis: LimitAxis; readonly step: number; readonly most: number },
): readonly LimitPoint[] {
  const look = (left: LimitPoint, right: LimitPoint): Stretch => {
    const value = Math.round(middleOf(left.value, right.value, axis) / step) * step
    const isSeen = partBetween(left.value, right.value, axis) > narrowest
    const starts = left.refusal === undefined && right.refusal === undefined
    const isBetween = left.value < value && value < right.value
    const middle = starts && isSeen && isBetween ? pointAt(value) : undefined
    if (middle === undefined) return { left, right, off: 0 }
    const off =
      middle.refusal === undefined
        ? Math.abs(fullness(middle) - fullnessBetween(left, right, value))
        : Number.POSITIVE_INFINITY
    return { left, right, middle, off }
  }
  const stretches = points.slice(1).map((right, index) => look(points[index] ?? right, right))
  for (let halved = 0; halved < most; halved += 1) {
    const worst = Math.max(0, ...stretches.map(({ off }) => off))
    const place = stretches.findIndex(({ off }) => off === worst)
    const stretch = stretches[place]
    if (worst <= leeway || stretch?.middle === undefined) break
    const { left, middle, right } = stretch
    stretches.splice(place, 1, look(left, middle), look(middle, right))
  }
  return [...points.slice(0, 1), ...stretches.map(({ right }) => right)]
}

function middleOf(left: number, right: number, { scale }: LimitAxis): number {
  return scale === 'log' && left > 0 ? Math.sqrt(left * right) : (left + right) / 2
}

function partBetween(left: number, right: number, { scale, from, to }: LimitAxis): number {
  return scale === 'log' && left > 0
    ? Math.log(right / left) / Math.log(to / from)
    : (right - left) / (to - from)
}
