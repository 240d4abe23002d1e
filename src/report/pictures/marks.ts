import type { LimitPoint } from '../../plan/result/limits-result.ts'
import { fullness } from '../../plan/result/what-if/fullness.ts'
import type { Tagged } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'
import type { Bundle } from './curves.ts'
import type { Frame } from './frame.ts'
import { rounded, xOf, yOf } from './frame.ts'

/** Letters that would touch are one above another. */
const widthOfLetter = 18

/**
 * The letter of each curve, at a dot where memory, and swap with it, are used up; a ring is where swapping begins.
 * A curve that nothing ends has its letter at its last plan, and one that never fits at its first.
 */
export function marks(bundles: readonly Bundle[], frame: Frame): readonly Tagged[] {
  const taken: number[] = []
  return bundles.flatMap((bundle, index) => {
    const { letter, points, limit } = bundle
    const end = endOf(bundle)
    const place = end ?? (limit.swapping === undefined ? points[0] : points.at(-1))
    if (place === undefined || fullness(place) > frame.most) return []
    const x = xOf(place.value, frame)
    const row = taken.filter((other) => Math.abs(other - x) < widthOfLetter).length
    taken.push(x)
    return [
      ...ring(bundle, index, frame),
      ...(end === undefined ? [] : [circle(`mark mark-${index % 8}`, end, frame)]),
      el(
        'text',
        {
          class: 'strong',
          x,
          y: rounded(yOf(fullness(place), frame) + 20 + row * 15),
          'text-anchor': 'middle',
        },
        letter,
      ),
    ]
  })
}

/** The last plan of a curve that runs, where something ends it. */
export function endOf({ end, points }: Bundle): LimitPoint | undefined {
  return points.find(({ value }) => value === end?.value)
}

/** Where swap comes in, with a machine that has some. */
function ring({ limit, points }: Bundle, index: number, frame: Frame): readonly Tagged[] {
  const { tight, swapping } = limit
  if (tight?.cause === undefined || tight.value === swapping?.value) return []
  const place = points.find(({ value }) => value === tight.value)
  if (place === undefined || fullness(place) > frame.most) return []
  return [circle(`ring curve-${index % 8}`, place, frame)]
}

function circle(className: string, place: LimitPoint, frame: Frame): Tagged {
  const [cx, cy] = [xOf(place.value, frame), yOf(fullness(place), frame)]
  return el('circle', { class: className, cx, cy, r: 4.5 })
}
