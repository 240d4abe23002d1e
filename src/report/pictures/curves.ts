import type { Bound, Limit } from '../../plan/result/limit-result.ts'
import type {
  LimitChart,
  LimitCurve,
  LimitPoint,
  LimitsResult,
} from '../../plan/result/limits-result.ts'
import type { Result } from '../../plan/result/result.ts'
import { fullness, fullnessBetween } from '../../plan/result/what-if/fullness.ts'
import { strategyRows } from '../../render/screen/strategy-rows.ts'
import { pageInk } from '../markup/ink.ts'

/** The curve of a row of the comparison, with the letter that stands for it in the picture. */
export interface Bundle {
  readonly letter: string
  /** Ids of strategies that the row is about, in the order of the comparison. */
  readonly strategies: readonly string[]
  readonly points: readonly LimitPoint[]
  readonly limit: Limit
  /** The last value that runs, where something ends it. */
  readonly end?: Bound
}

/** One for each row of the comparison that has figures. */
export function bundlesOf(
  chart: LimitChart,
  limits: LimitsResult,
  result: Result,
): readonly Bundle[] {
  return strategyRows(result, pageInk)
    .flatMap(({ strategy: { id }, content, alike }) => {
      const points = chart.curves.find(({ strategy }) => strategy === id)?.points
      const limit = limits.strategies.find((one) => one.id === id)?.limits[0]
      if ('reason' in content || points === undefined || limit === undefined) return []
      const { swapping } = limit
      return [
        {
          strategies: [id, ...alike.map((one) => one.id)],
          points,
          limit,
          ...(swapping?.cause === undefined ? {} : { end: swapping }),
        },
      ]
    })
    .map((bundle, index) => ({ ...bundle, letter: letterOf(index) }))
}

function letterOf(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + (index % 26))
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
    return [value, fullnessBetween(from, to, value)]
  })
}
