import type { GrowthResult, StrategyGrowth } from '../../plan/result/what-if/growth-result.ts'
import { standingPaint } from '../sections/standing-paint.ts'
import { labelOf } from '../sections/strategy.ts'
import { listed } from '../text/amounts.ts'
import type { Column, Row } from '../text/grid.ts'
import { renderGrid } from '../text/grid.ts'
import type { Ink } from '../text/ink.ts'
import { brushesOf, widthOf, worded } from '../text/ink.ts'
import { wrap } from '../text/wrap.ts'
import { standingCell } from '../words/standing-words.ts'
import {
  allGrownWords,
  dateWords,
  givenWords,
  growthDays,
  rateWords,
} from '../words/what-if/growth-words.ts'
import { growthCurves, growthTitle } from './growth-curves.ts'
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
    ...wrap(worded(growthLegend(growth), ink), widthOf(ink)),
    ...(chart.length === 0 ? [] : ['', ...chart]),
  ]
}

function table({ strategies }: GrowthResult, ink: Ink): readonly string[] {
  const shown = datesShown(strategies)
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

/** Columns of days: those that every growth has, and those that some of it has. */
export function datesShown(
  strategies: readonly StrategyGrowth[],
): readonly { readonly key: (typeof growthDays)[number]['key']; readonly title: string }[] {
  return growthDays.filter(
    ({ key }) => usual.includes(key) || strategies.some((one) => one[key] !== undefined),
  )
}

const usual: readonly string[] = ['notSafeFrom', 'diesFrom']

/** What the columns mean, and what is not in the table. */
export function growthLegend({ until, rates, strategies }: GrowthResult): string {
  const noStart = strategies.filter(({ changes }) => changes.some(({ to }) => to === 'no-start'))
  const last = strategies.find(({ end }) => end?.reason === 'too-large')?.end?.date
  const ends = strategies.flatMap(({ id, end }) =>
    end === undefined || (end.reason === 'too-large' && end.date === last)
      ? []
      : [`${id} can be planned until ${dateWords(end.date)}.`],
  )
  const [first, second] = rates
  const grows = second === undefined ? (first?.path ?? '') : 'one of these values'
  const most = rates.every(({ now }) => `${now}`.endsWith('%')) ? '100 %' : 'what is possible'
  return [
    `Dies: out of memory, or does not start. By then: what has grown when it dies, else at its last change. -: not until ${dateWords(last ?? until)}.`,
    ...(last === undefined ? [] : [`After that, ${grows} would exceed ${most}.`]),
    ...(noStart.length === 0 ? [] : [`Does not start: ${listed(noStart.map(({ id }) => id))}.`]),
    ...ends,
  ].join(' ')
}

/** How full memory gets as days pass. */
function growthChart(growth: GrowthResult, ink: Ink): readonly string[] {
  const curves = growthCurves(growth)
  if (curves === undefined) return []
  const { chart, ticks, daysTo } = curves
  const answers = growth.strategies.map((one) => answerOf(one, daysTo))
  return limitChart(chart, answers, ink, growthTitle, ticks)
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
