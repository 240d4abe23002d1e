import type { LimitPoint } from '../../plan/result/limits-result.ts'
import { fullness } from '../../plan/result/what-if/fullness.ts'
import { givenBytes } from '../../render/text/amounts.ts'
import type { Tagged } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'
import { stretchesOf } from './curves.ts'
import type { Frame } from './frame.ts'
import { xOf, yOf } from './frame.ts'
import { pathText } from './path-text.ts'

/** Outside of this nothing of a curve is seen. @param id of no other picture of the page. */
export function clip(id: string, { left, top, right, bottom }: Frame): Tagged {
  const inside = { x: left, y: top, width: right - left, height: bottom - top }
  return el('clipPath', { id }, el('rect', inside))
}

/** Memory in use, from plan to plan. @param clipId of {@link clip}. */
export function curve(
  points: readonly LimitPoint[],
  index: number,
  frame: Frame,
  clipId: string,
  isChosen = false,
): Tagged {
  const path = stretchesOf(points, frame.axis.scale)
    .map((places) =>
      pathText(places.map(([value, full]) => [xOf(value, frame), yOf(full, frame)] as const)),
    )
    .join('')
  return el('path', {
    class: `curve curve-${index % 8}${isChosen ? ' chosen' : ''}`,
    d: path,
    'clip-path': `url(#${clipId})`,
  })
}

/** A thick line at a share of memory. */
export function level(className: string, full: number, frame: Frame): Tagged {
  const y = yOf(full, frame)
  return el('line', { class: className, x1: frame.left, x2: frame.right, y1: y, y2: y })
}

/** A line at a value, from top to bottom. */
export function upright(className: string, value: number, frame: Frame): Tagged {
  const x = xOf(value, frame)
  return el('line', { class: className, x1: x, x2: x, y1: frame.top, y2: frame.bottom })
}

/**
 * Lines at quarters of memory, or at larger parts of it, with what they come to.
 * @param memory all of it in bytes; absent: shares are written.
 */
export function heights(frame: Frame, memory?: number): readonly Tagged[] {
  const { left, right } = frame
  const step = [0.25, 0.5].find((one) => frame.most / one <= mostHeights) ?? 1
  const parts = Array.from({ length: mostHeights + 1 }, (_, index) => index * step)
  return parts
    .filter((full) => full <= frame.most)
    .flatMap((full) => {
      const y = yOf(full, frame)
      const text = memory === undefined ? `${full * 100} %` : givenBytes(memory * full)
      return [
        el('line', { class: 'grid', x1: left, x2: right, y1: y, y2: y }),
        el('text', { x: left - 6, y: y + 4, 'text-anchor': 'end' }, text),
      ]
    })
}

const mostHeights = 6

/** What the thick lines are, above the picture, where no curve can be. */
export function lineKeys(
  { left, top }: Frame,
  keys: readonly (readonly [className: string, text: string])[],
): readonly Tagged[] {
  const y = top - 14
  return keys.flatMap(([className, text], index) => {
    const x = left + index * widthOfKey
    return [
      el('line', { class: className, x1: x, x2: x + 26, y1: y, y2: y }),
      el('text', { x: x + 34, y: y + 4 }, text),
    ]
  })
}

const widthOfKey = 240

/** Room for the label of a value, and of what is beside it. */
const widthOfValue = 90

/** Lines at values, with what they are, those left out that would touch. */
export function values(
  frame: Frame,
  all: (most: number) => readonly (readonly [value: number, label: string])[],
): readonly Tagged[] {
  const { bottom, left, right } = frame
  const placed: number[] = []
  const shown = all(Math.floor((right - left) / widthOfValue)).filter(([value]) => {
    const x = xOf(value, frame)
    if (x < left || x > right + 1 || placed.some((other) => Math.abs(other - x) < widthOfValue / 2))
      return false
    placed.push(x)
    return true
  })
  return shown.flatMap(([value, label]) => [
    upright('grid', value, frame),
    el('text', { x: xOf(value, frame), y: bottom + 16, 'text-anchor': 'middle' }, label),
  ])
}

/** What is further beyond memory is cut off; but the ends of curves are there, and some curve. */
const mostShown = 1.25

/**
 * How full memory is at the upper edge of a picture.
 * @param withSwap memory and swap, as a share of memory.
 * @param ends of curves, which have to be seen.
 */
export function upperEdge(
  curves: readonly (readonly LimitPoint[])[],
  ends: readonly LimitPoint[],
  withSwap = 1,
): number {
  const fullest = Math.max(...curves.flat().map(fullness), 1.05)
  const lowest = Math.min(...curves.map(([first]) => (first ? fullness(first) : 0)))
  const shown = mostShown * Math.max(withSwap, lowest)
  return Math.min(fullest * 1.04, Math.max(shown, ...ends.map((end) => fullness(end) * 1.1)))
}
