import type { LimitChart, LimitsResult } from '../../plan/result/limits-result.ts'
import type { Result } from '../../plan/result/result.ts'
import { fullness } from '../../plan/result/what-if/fullness.ts'
import { axisValues } from '../../render/limits/limit-axis.ts'
import { reachText } from '../../render/screen/how-far.ts'
import { labelNamed } from '../../render/sections/strategy.ts'
import { givenBytes } from '../../render/text/amounts.ts'
import { chartTitle } from '../../render/words/limit-words.ts'
import { pageInk } from '../markup/ink.ts'
import type { Markup, Tagged } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'
import { chartTables } from './chart-tables.ts'
import type { Bundle } from './curves.ts'
import { bundlesOf, stretchesOf } from './curves.ts'
import type { Frame } from './frame.ts'
import { frameOf, xOf, yOf } from './frame.ts'
import { endOf, marks } from './marks.ts'
import { pathText } from './path-text.ts'

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

/** What is further beyond memory and swap is cut off; but every end of a curve is there, and some curve. */
const mostShown = 1.25

function picture(
  chart: LimitChart,
  bundles: readonly Bundle[],
  result: Result,
  title: string,
  chosen: string,
): Tagged {
  const ofCgroups = isOfCgroups(bundles)
  const withSwap = ofCgroups ? 1 : 1 + result.host.swapBytes / result.host.memoryBytes
  const fullest = Math.max(...bundles.flatMap(({ points }) => points.map(fullness)), 1.05)
  const ends = bundles.flatMap((bundle) => endOf(bundle) ?? []).map(fullness)
  const lowest = Math.min(...bundles.map(({ points: [first] }) => (first ? fullness(first) : 0)))
  const shown = Math.max(mostShown * Math.max(withSwap, lowest), ...ends.map((full) => full * 1.1))
  const frame = frameOf(chart.axis, Math.min(fullest * 1.04, shown))
  const { width, height, left, top, right, bottom } = frame
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
    el(
      'clipPath',
      { id: 'plot' },
      el('rect', { x: left, y: top, width: right - left, height: bottom - top }),
    ),
    ...capacityKey(frame, ofCgroups, withSwap > 1),
    ...heights(frame, result, ofCgroups),
    ...values(chart, frame),
    ...bundles.map((bundle, index) =>
      curve(bundle, index, frame, bundle.strategies.includes(chosen)),
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

function level(className: string, full: number, frame: Frame): Tagged {
  const y = yOf(full, frame)
  return el('line', { class: className, x1: frame.left, x2: frame.right, y1: y, y2: y })
}

/** Lines at quarters of memory, or at larger parts of it, with what they come to. */
function heights(frame: Frame, { host }: Result, ofCgroups: boolean): readonly Tagged[] {
  const { left, right } = frame
  const step = [0.25, 0.5].find((one) => frame.most / one <= mostHeights) ?? 1
  const parts = Array.from({ length: mostHeights + 1 }, (_, index) => index * step)
  return parts
    .filter((full) => full <= frame.most)
    .flatMap((full) => {
      const y = yOf(full, frame)
      const text = ofCgroups ? `${full * 100} %` : givenBytes(host.memoryBytes * full)
      return [
        el('line', { class: 'grid', x1: left, x2: right, y1: y, y2: y }),
        el('text', { x: left - 6, y: y + 4, 'text-anchor': 'end' }, text),
      ]
    })
}

const mostHeights = 6

/** What the thick lines are, above the picture, where no curve can be. */
function capacityKey(
  { left, top }: Frame,
  ofCgroups: boolean,
  hasSwap: boolean,
): readonly Tagged[] {
  const y = top - 14
  const key = (className: string, x: number, text: string): readonly Tagged[] => [
    el('line', { class: className, x1: x, x2: x + 26, y1: y, y2: y }),
    el('text', { x: x + 34, y: y + 4 }, text),
  ]
  const all = ofCgroups ? 'all memory, of the host or the cgroup' : 'all memory of the host'
  return [
    ...key('capacity', left, all),
    ...(hasSwap ? key('swap', left + 240, 'memory and swap') : []),
  ]
}

/** Room for the label of a value, and of what is beside it. */
const widthOfValue = 90

function values(chart: LimitChart, frame: Frame): readonly Tagged[] {
  const { bottom, top, left, right } = frame
  const placed: number[] = []
  const shown = axisValues(chart, Math.floor((right - left) / widthOfValue)).filter(([value]) => {
    const x = xOf(value, frame)
    if (x < left || x > right + 1 || placed.some((other) => Math.abs(other - x) < widthOfValue / 2))
      return false
    placed.push(x)
    return true
  })
  return shown.flatMap(([value, label]) => {
    const x = xOf(value, frame)
    return [
      el('line', { class: 'grid', x1: x, x2: x, y1: top, y2: bottom }),
      el('text', { x, y: bottom + 16, 'text-anchor': 'middle' }, label),
    ]
  })
}

function curve({ points }: Bundle, index: number, frame: Frame, isChosen: boolean): Tagged {
  const path = stretchesOf(points, frame.axis.scale)
    .map((places) =>
      pathText(places.map(([value, full]) => [xOf(value, frame), yOf(full, frame)] as const)),
    )
    .join('')
  return el('path', {
    class: `curve curve-${index % 8}${isChosen ? ' chosen' : ''}`,
    d: path,
    'clip-path': 'url(#plot)',
  })
}

function nowMark(chart: LimitChart, frame: Frame): readonly Tagged[] {
  const { now, axis } = chart
  if (now < axis.from || now > axis.to) return []
  const x = xOf(now, frame)
  return [
    el('line', { class: 'now', x1: x, x2: x, y1: frame.top, y2: frame.bottom }),
    el(
      'text',
      { class: 'strong', x, y: frame.bottom + 32, 'text-anchor': 'middle' },
      `now: ${reachText(chart, { value: chart.now })}`,
    ),
  ]
}
