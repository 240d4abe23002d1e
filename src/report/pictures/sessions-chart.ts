import type { LimitChart, LimitsResult } from '../../plan/result/limits-result.ts'
import type { Result } from '../../plan/result/result.ts'
import { axisValues } from '../../render/limits/limit-axis.ts'
import { reachText } from '../../render/screen/how-far.ts'
import { labelNamed } from '../../render/sections/strategy.ts'
import { givenBytes } from '../../render/text/amounts.ts'
import { chartTitle } from '../../render/words/limit-words.ts'
import { pageInk } from '../markup/ink.ts'
import type { Markup, Tagged } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'
import { clip, curve, heights, level, lineKeys, upperEdge, upright, values } from './axes.ts'
import { chartTables } from './chart-tables.ts'
import type { Bundle } from './curves.ts'
import { bundlesOf } from './curves.ts'
import type { Frame } from './frame.ts'
import { frameOf, xOf } from './frame.ts'
import { endOf, marks } from './marks.ts'

/** Memory against the number of sessions under every strategy, the line of what there is, and where each crosses it. */
export function sessionsChart(
  result: Result,
  limits: LimitsResult | undefined,
  chosen: string,
): Markup {
  const [chart] = limits?.charts ?? []
  if (limits === undefined || chart === undefined) return el('p', {}, withoutChart(limits))
  const bundles = bundlesOf(chart, limits, result)
  const title = chartTitle(chart, isOfCgroups(bundles), pageInk)
  return el(
    'figure',
    { class: 'sessions' },
    el('figcaption', {}, title),
    picture(chart, bundles, result, title, chosen),
    chartTables(chart, bundles, result),
  )
}

function withoutChart(limits: LimitsResult | undefined): string {
  return limits === undefined
    ? 'There is no curve: only one process runs.'
    : 'There is no curve: nothing limits the number of processes.'
}

function isOfCgroups(bundles: readonly Bundle[]): boolean {
  return bundles.some(({ points }) => points.some(({ cgroup }) => cgroup !== undefined))
}

function picture(
  chart: LimitChart,
  bundles: readonly Bundle[],
  result: Result,
  title: string,
  chosen: string,
): Tagged {
  const ofCgroups = isOfCgroups(bundles)
  const withSwap = ofCgroups ? 1 : 1 + result.host.swapBytes / result.host.memoryBytes
  const ends = bundles.flatMap((bundle) => endOf(bundle) ?? [])
  const curves = bundles.map(({ points }) => points)
  const frame = frameOf(chart.axis, upperEdge(curves, ends, withSwap))
  const { width, height } = frame
  const said = [
    `${title}.`,
    `${givenBytes(result.host.memoryBytes)} of memory; now ${reachText(chart, { value: chart.now })}.`,
    ...bundles.map((bundle) => sentence(bundle, result)),
  ]
  return el(
    'svg',
    {
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': said.join(' '),
    },
    clip('plot', frame),
    ...lineKeys(frame, [
      ['capacity', `all memory${ofCgroups ? ', of the host or the cgroup' : ' of the host'}`],
      ...(withSwap > 1 ? [['swap', 'memory and swap'] as const] : []),
    ]),
    ...heights(frame, ofCgroups ? undefined : result.host.memoryBytes),
    ...values(frame, (most) => axisValues(chart, most)),
    ...bundles.map(({ points, strategies }, index) =>
      curve(points, index, frame, 'plot', strategies.includes(chosen)),
    ),
    level('capacity', 1, frame),
    ...(withSwap > 1 ? [level('swap', withSwap, frame)] : []),
    ...nowMark(chart, frame),
    ...marks(bundles, frame),
  )
}

/** `A, as-described, base-pages: at most 357, exceeded now.` */
function sentence({ letter, strategies, end, limit }: Bundle, result: Result): string {
  const labels = strategies.map((id) => labelNamed(id, result)).join(', ')
  const { swapping, now } = limit
  if (swapping === undefined) return `${letter}, ${labels}: none fits.`
  if (end === undefined) return `${letter}, ${labels}: any number.`
  const exceeded = end.value < now ? ', exceeded now' : ''
  return `${letter}, ${labels}: at most ${reachText(limit, end)}${exceeded}.`
}

function nowMark(chart: LimitChart, frame: Frame): readonly Tagged[] {
  const { now, axis } = chart
  if (now < axis.from || now > axis.to) return []
  const x = xOf(now, frame)
  return [
    upright('now', now, frame),
    el(
      'text',
      { class: 'strong', x, y: frame.bottom + 32, 'text-anchor': 'middle' },
      `now: ${reachText(chart, { value: chart.now })}`,
    ),
  ]
}
