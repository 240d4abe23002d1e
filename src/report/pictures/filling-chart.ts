import type { LimitAxis, LimitPoint } from '../../plan/result/limits-result.ts'
import { fullness } from '../../plan/result/what-if/fullness.ts'
import type { Tagged } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'
import { clip, curve, heights, level, lineKeys, upperEdge, upright, values } from './axes.ts'
import type { Frame } from './frame.ts'
import { frameOf, rounded, xOf, yOf } from './frame.ts'

/** How full memory gets along an axis, as it was planned. */
export interface Filling {
  /** Of no other picture of the page. */
  readonly id: string
  readonly title: string
  /** All that the picture shows, in sentences, for those who do not see it. */
  readonly said: readonly string[]
  readonly axis: LimitAxis
  /** Memory and swap, as a share of memory; absent: no swap is drawn. */
  readonly withSwap?: number
  readonly ticks: (most: number) => readonly (readonly [value: number, label: string])[]
  readonly curves: readonly FilledCurve[]
  /** Values where something begins, each with what. */
  readonly turns?: readonly (readonly [value: number, label: string])[]
}

/** A curve, and signs at some of its plans. */
export interface FilledCurve {
  readonly points: readonly LimitPoint[]
  readonly signs: readonly (readonly [value: number, sign: Sign])[]
}

/** What is drawn at a plan: a diamond, a ring or a dot. */
export type Sign = 'diamond' | 'ring' | 'dot'

/** The picture under its title. */
export function fillingChart(filling: Filling): Tagged {
  const { id, title, said, axis, ticks, curves, turns = [] } = filling
  const memory = memoryOf(curves.flatMap(({ points }) => points))
  // Swap is of the host, and so is memory that stays the same.
  const withSwap = memory === undefined ? 1 : (filling.withSwap ?? 1)
  const all = curves.map(({ points }) => points)
  const ends = curves.flatMap(({ points, signs }) =>
    signs.flatMap(([value]) => points.find((point) => point.value === value) ?? []),
  )
  const frame = frameOf(axis, upperEdge(all, ends, withSwap))
  const { width, height } = frame
  return el(
    'figure',
    { class: 'sessions' },
    el('figcaption', {}, title),
    el(
      'svg',
      {
        viewBox: `0 0 ${width} ${height}`,
        role: 'img',
        'aria-label': [`${title}.`, ...said].join(' '),
      },
      clip(id, frame),
      ...lineKeys(frame, [
        ['capacity', 'all memory'],
        ...(withSwap > 1 ? [['swap', 'memory and swap'] as const] : []),
      ]),
      ...heights(frame, memory),
      ...values(frame, ticks),
      ...all.map((points, index) => curve(points, index, frame, id)),
      level('capacity', 1, frame),
      ...(withSwap > 1 ? [level('swap', withSwap, frame)] : []),
      ...turns.flatMap((turn, index) => turnMark(turn, index, frame)),
      ...curves.flatMap((one, index) => signsOf(one, index, frame)),
      ...(curves.length < 2 ? [] : letters(all, frame)),
    ),
  )
}

/** Its letter in tables and pictures. */
export function letterOf(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + (index % 26))
}

/** A sign as it is in the picture, for a legend. */
export function signKey(sign: Sign): Tagged {
  return el(
    'svg',
    { viewBox: '0 0 14 14', width: 14, height: 14, 'aria-hidden': 'true' },
    signAt(sign, 7, 7, 7),
  )
}

/** Bytes, where every plan is of the same memory. */
function memoryOf(points: readonly LimitPoint[]): number | undefined {
  const [first] = points
  return points.some(({ ofBytes, cgroup }) => cgroup !== undefined || ofBytes !== first?.ofBytes)
    ? undefined
    : first?.ofBytes
}

/** Labels are one below another: those of neighbours would touch. */
function turnMark(
  [value, label]: readonly [value: number, label: string],
  index: number,
  frame: Frame,
): readonly Tagged[] {
  const x = xOf(value, frame)
  const isLeft = x > (frame.left + frame.right) / 2
  return [
    upright('now', value, frame),
    el(
      'text',
      {
        class: 'strong',
        x: x + (isLeft ? -6 : 6),
        y: frame.top + 16 + 17 * (index % 6),
        'text-anchor': isLeft ? 'end' : 'start',
      },
      label,
    ),
  ]
}

function signsOf({ points, signs }: FilledCurve, index: number, frame: Frame): readonly Tagged[] {
  return signs.flatMap(([value, sign]) => {
    const place = points.find((point) => point.value === value)
    if (place === undefined || fullness(place) > frame.most) return []
    return [signAt(sign, xOf(place.value, frame), yOf(fullness(place), frame), index)]
  })
}

function signAt(sign: Sign, x: number, y: number, index: number): Tagged {
  if (sign === 'diamond') {
    const d = `M${x} ${rounded(y - 6)}l6 6-6 6-6-6z`
    return el('path', { class: `ring curve-${index % 8}`, d })
  }
  const className = sign === 'ring' ? `ring curve-${index % 8}` : `mark mark-${index % 8}`
  return el('circle', { class: className, cx: x, cy: y, r: 4.5 })
}

/** At the right end of each curve, as far as it is seen; letters that would touch are side by side. */
function letters(all: readonly (readonly LimitPoint[])[], frame: Frame): readonly Tagged[] {
  const taken: (readonly [x: number, y: number])[] = []
  return all.flatMap((points, index) => {
    const end = points.findLast((point) => fullness(point) <= frame.most)
    if (end === undefined) return []
    const y = rounded(yOf(fullness(end), frame) - 8)
    let x = xOf(end.value, frame) - 8
    while (taken.some((other) => Math.abs(other[0] - x) < 14 && Math.abs(other[1] - y) < 14)) {
      x -= 16
    }
    taken.push([x, y])
    return [el('text', { class: 'strong', x, y, 'text-anchor': 'middle' }, letterOf(index))]
  })
}
