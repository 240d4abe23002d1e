import type { LimitChart, LimitsResult } from '../../plan/result/limits-result.ts'
import type { Result } from '../../plan/result/result.ts'
import { axisValues } from '../../render/limits/limit-axis.ts'
import { givenBytes } from '../../render/text/amounts.ts'
import { chartTitle } from '../../render/words/limit-words.ts'
import { formatBytes } from '../../units/format.ts'
import { pageInk } from '../markup/ink.ts'
import type { Markup, Tagged } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'
import { chartTables } from './chart-tables.ts'
import type { Bundle } from './curves.ts'
import { bundlesOf, fullness, stretchesOf } from './curves.ts'
import type { Frame } from './frame.ts'
import { frameOf, rounded, xOf, yOf } from './frame.ts'
import { pathText } from './path-text.ts'

/** Memory against the number of sessions under every strategy, the line of what there is, and where each crosses it. */
export function sessionsChart(
  result: Result,
  limits: LimitsResult | undefined,
  chosen: string,
): Markup {
  const [chart] = limits?.charts ?? []
  if (limits === undefined || chart === undefined) return el('p', {}, withoutChart(limits))
  const bundles = bundlesOf(chart, limits)
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
    ? 'There is no curve: only one process runs, or the number of processes is unknown here.'
    : 'There is no curve: nothing limits the number of processes.'
}

function isOfCgroups(bundles: readonly Bundle[]): boolean {
  return bundles.some(({ points }) => points.some(({ cgroup }) => cgroup !== undefined))
}

/** What is further out of memory is cut off. */
const mostShown = 1.25

function picture(
  chart: LimitChart,
  bundles: readonly Bundle[],
  result: Result,
  title: string,
  chosen: string,
): Tagged {
  const fullest = Math.max(...bundles.flatMap(({ points }) => points.map(fullness)), 1.05)
  const frame = frameOf(chart.axis, Math.min(mostShown, fullest * 1.04))
  const { width, height, left, top, right, bottom } = frame
  const crossings = bundles.map(({ letter, strategies, end, limit }) =>
    end === undefined
      ? `${letter} ${strategies.join(', ')}: no end.`
      : `${letter} ${strategies.join(', ')}: ends at ${end.value} of ${limit.group ?? 'all'}.`,
  )
  return el(
    'svg',
    {
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': `${title}. ${crossings.join(' ')}`,
    },
    el(
      'clipPath',
      { id: 'plot' },
      el('rect', { x: left, y: top, width: right - left, height: bottom - top }),
    ),
    ...capacityKey(frame, isOfCgroups(bundles)),
    ...heights(frame, result, isOfCgroups(bundles)),
    ...values(chart, frame),
    ...bundles.map((bundle, index) =>
      curve(bundle, index, frame, bundle.strategies.includes(chosen)),
    ),
    el('line', { class: 'capacity', x1: left, x2: right, y1: yOf(1, frame), y2: yOf(1, frame) }),
    ...nowMark(chart, frame),
    ...crossingMarks(bundles, frame),
  )
}

/** Lines at quarters of memory, with what they come to. */
function heights(frame: Frame, { host }: Result, ofCgroups: boolean): readonly Tagged[] {
  const { left, right } = frame
  const quarters = [0, 0.25, 0.5, 0.75, 1].filter((full) => full <= frame.most)
  return quarters.flatMap((full) => {
    const y = yOf(full, frame)
    const label = ofCgroups ? `${full * 100} %` : formatBytes(host.memoryBytes * full)
    const text = full === 1 && !ofCgroups ? givenBytes(host.memoryBytes) : label
    return [
      el('line', { class: 'grid', x1: left, x2: right, y1: y, y2: y }),
      el('text', { x: left - 6, y: y + 4, 'text-anchor': 'end' }, text),
    ]
  })
}

/** What the thick line is, above the picture, where no curve can be. */
function capacityKey({ left, top }: Frame, ofCgroups: boolean): readonly Tagged[] {
  const y = top - 14
  return [
    el('line', { class: 'capacity', x1: left, x2: left + 26, y1: y, y2: y }),
    el(
      'text',
      { x: left + 34, y: y + 4 },
      ofCgroups ? 'all memory, of the host or the cgroup' : 'all memory of the host',
    ),
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

function nowMark({ now, axis }: LimitChart, frame: Frame): readonly Tagged[] {
  if (now < axis.from || now > axis.to) return []
  const x = xOf(now, frame)
  return [
    el('line', { class: 'now', x1: x, x2: x, y1: frame.top - 6, y2: frame.bottom }),
    el('text', { class: 'strong', x, y: frame.bottom + 32, 'text-anchor': 'middle' }, 'now'),
  ]
}

/** Letters that would touch are one above another. */
const widthOfLetter = 18

function crossingMarks(bundles: readonly Bundle[], frame: Frame): readonly Tagged[] {
  const taken: { readonly x: number; readonly row: number }[] = []
  return bundles.flatMap(({ letter, end, points }, index) => {
    const place = points.find(({ value }) => value === end?.value)
    if (place === undefined) return []
    const x = xOf(place.value, frame)
    const y = yOf(Math.min(fullness(place), frame.most), frame)
    const near = taken.filter((other) => Math.abs(other.x - x) < widthOfLetter)
    const row = near.length
    taken.push({ x, row })
    return [
      el('circle', { class: `mark mark-${index % 8}`, cx: x, cy: y, r: 4.5 }),
      el(
        'text',
        { class: 'strong', x, y: rounded(y + 20 + row * 15), 'text-anchor': 'middle' },
        letter,
      ),
    ]
  })
}
