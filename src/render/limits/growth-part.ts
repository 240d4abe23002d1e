import type { LimitChart } from '../../plan/result/limits-result.ts'
import type {
  GrowthPoint,
  GrowthResult,
  StrategyGrowth,
} from '../../plan/result/what-if/growth-result.ts'
import { parseDay } from '../../units/calendar.ts'
import { standingPaint } from '../sections/standing-paint.ts'
import { labelOf } from '../sections/strategy.ts'
import { listed } from '../text/amounts.ts'
import type { Column, Row } from '../text/grid.ts'
import { renderGrid } from '../text/grid.ts'
import type { Ink } from '../text/ink.ts'
import { brushesOf, widthOf, worded } from '../text/ink.ts'
import { wrap } from '../text/wrap.ts'
import { standingCell } from '../words/standing-words.ts'
import { allGrownWords, dateWords, givenWords, rateWords } from '../words/what-if/growth-words.ts'
import type { AxisValues } from './limit-axis.ts'
import { limitChart } from './limit-chart.ts'
import type { Answer } from './limit-table.ts'

/** When each strategy stops being safe and dies as values grow: a table, and a picture by time. */
export function growthPart(growth: GrowthResult, withChart: boolean, ink: Ink): readonly string[] {
  const { strong } = brushesOf(ink)
  const rates = growth.rates.map((one) => `${rateWords(one, ink)} (now ${givenWords(one.now)})`)
  const title = `Growth from ${dateWords(growth.from)}: ${rates.join('; ')}`
  const chart = withChart ? growthChart(growth, ink) : []
  return [
    ...wrap(worded(title, ink), widthOf(ink)).map(strong),
    ...table(growth, ink),
    ...wrap(worded(legend(growth), ink), widthOf(ink)),
    ...(chart.length === 0 ? [] : ['', ...chart]),
  ]
}

function table({ strategies }: GrowthResult, ink: Ink): readonly string[] {
  const shown = dateColumns.filter(
    ({ key, isUsual }) => isUsual || strategies.some((one) => one[key] !== undefined),
  )
  const columns: readonly Column[] = [
    { title: 'Strategy', align: 'left' },
    { title: 'Now', align: 'left' },
    ...shown.map(({ title }) => ({ title, align: 'left', isWhole: true }) as const),
    { title: 'By then', align: 'right', isWhole: true },
  ]
  const rows = strategies.map((one): Row => {
    const { now, changes } = one
    const death = changes.find(({ to }) => to === 'oom' || to === 'no-start')
    const end = death ?? changes.at(-1)
    const cells = [
      labelOf(one),
      standingCell(now),
      ...shown.map(({ key }) => one[key] ?? '-'),
      end === undefined ? '-' : allGrownWords(end.values),
    ].map((text) => worded(text, ink))
    return { cells, paint: new Map([[1, standingPaint(now, brushesOf(ink))]]) }
  })
  return renderGrid(columns, rows, ink)
}

/** Days, some of which only some growths have. */
const dateColumns = [
  { key: 'notSafeFrom', title: 'Not safe from', isUsual: true },
  { key: 'swapsFrom', title: 'Swaps from', isUsual: false },
  { key: 'diesFrom', title: 'Dies from', isUsual: true },
  { key: 'safeAgainFrom', title: 'Safe again from', isUsual: false },
] as const

function legend({ until, strategies }: GrowthResult): string {
  const noStart = strategies.filter(({ changes }) => changes.some(({ to }) => to === 'no-start'))
  const ends = strategies.flatMap(({ id, end }) =>
    end === undefined ? [] : [`${id} can be planned until ${dateWords(end.date)}.`],
  )
  return [
    `Dies: out of memory, or does not start. By then: what has grown, on that day. -: not until ${dateWords(until)}.`,
    ...(noStart.length === 0 ? [] : [`Does not start: ${listed(noStart.map(({ id }) => id))}.`]),
    ...ends,
  ].join(' ')
}

/** How full memory gets as days pass. */
function growthChart(growth: GrowthResult, ink: Ink): readonly string[] {
  const start = parseDay(growth.from) ?? 0
  const daysTo = (date: string): number => (parseDay(date) ?? start) - start
  const shown = growth.strategies.flatMap(({ points = [] }) =>
    points.map(({ date }) => daysTo(date)),
  )
  const chart: LimitChart = {
    metric: 'region',
    unit: 'bytes',
    now: 0,
    axis: { scale: 'linear', from: 0, to: Math.max(...shown) },
    curves: growth.strategies.map(({ id, points = [] }) => ({
      strategy: id,
      points: points.map(({ date, ...point }: GrowthPoint) => ({ value: daysTo(date), ...point })),
    })),
  }
  if (!(chart.axis.to > 0)) return []
  const answers = growth.strategies.map((one) => answerOf(one, daysTo))
  return limitChart(chart, answers, ink, 'Memory in use, by time', ticksFrom(growth.from))
}

/** Its letter stands where it still runs last. */
function answerOf(one: StrategyGrowth, daysTo: (date: string) => number): Answer {
  const { id, status, changes, diesFrom } = one
  const last = changes.find(({ date }) => date === diesFrom)
  return {
    strategy: { id, status, level: 'safe', limits: [] },
    limit: {
      ...({ metric: 'region', unit: 'bytes', now: 0 } as const),
      ...(last === undefined ? {} : { swapping: { value: daysTo(last.before) } }),
    },
  }
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
