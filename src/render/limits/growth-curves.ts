import type { LimitChart } from '../../plan/result/limits-result.ts'
import type { GrowthPoint, GrowthResult } from '../../plan/result/what-if/growth-result.ts'
import { parseDay } from '../../units/date/calendar.ts'
import type { AxisValues } from './limit-axis.ts'

/** How full memory gets as days pass: a picture in figures, whose values are days since the first. */
export interface GrowthCurves {
  readonly chart: LimitChart
  readonly ticks: AxisValues
  readonly daysTo: (date: string) => number
}

export const growthTitle = 'Memory in use, by time'

/** `undefined` where nothing grows on the days that were looked at. */
export function growthCurves({ from, strategies }: GrowthResult): GrowthCurves | undefined {
  const start = parseDay(from) ?? 0
  const daysTo = (date: string): number => (parseDay(date) ?? start) - start
  const shown = strategies.flatMap(({ points = [] }) => points.map(({ date }) => daysTo(date)))
  const chart: LimitChart = {
    metric: 'region',
    unit: 'bytes',
    now: 0,
    axis: { scale: 'linear', from: 0, to: Math.max(...shown) },
    curves: strategies.map(({ id, points = [] }) => ({
      strategy: id,
      points: points.map(({ date, ...point }: GrowthPoint) => ({ value: daysTo(date), ...point })),
    })),
  }
  return chart.axis.to > 0 ? { chart, ticks: ticksFrom(from), daysTo } : undefined
}

/** Years, or months where there are few: the first of January, or of the month. */
function ticksFrom(from: string): AxisValues {
  const start = parseDay(from) ?? 0
  return ({ axis: { to } }, most) => {
    const [year = 0, month = 1] = from.split('-').map(Number)
    const months = Math.ceil(to / 30.44)
    const every = [1, 3, 6, 12, 24, 60, 120, 240].find((step) => months / step <= most) ?? 600
    const first = Math.ceil((12 * year + month) / every)
    return Array.from({ length: most + 1 }, (_, index) => (first + index) * every).flatMap((at) => {
      const [toYear, toMonth] = [Math.floor(at / 12), String((at % 12) + 1).padStart(2, '0')]
      const value = (parseDay(`${toYear}-${toMonth}-01`) ?? 0) - start
      const label = every < 12 ? `${toYear}-${toMonth}` : String(toYear)
      return value <= to ? [[value, label] as const] : []
    })
  }
}
