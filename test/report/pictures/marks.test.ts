import { expect, it } from 'vitest'
import type { Limit } from '../../../src/plan/result/limit-result.ts'
import type { Bundle } from '../../../src/report/pictures/curves.ts'
import { frameOf } from '../../../src/report/pictures/frame.ts'
import { marks } from '../../../src/report/pictures/marks.ts'

const frame = frameOf({ scale: 'linear', from: 0, to: 100 }, 1.25)
const point = (value: number, usedBytes: number) =>
  ({ value, usedBytes, ofBytes: 100, level: 'safe' }) as const
const about = { metric: 'processes', group: 'g', unit: 'processes', now: 10 } as const

function bundle(limit: Partial<Limit>, more: Partial<Bundle> = {}): Bundle {
  const points = [point(1, 20), point(50, 80), point(75, 100), point(100, 120)]
  return { letter: 'A', strategies: ['base-pages'], points, limit: { ...about, ...limit }, ...more }
}

const [tight, swapping] = [
  { value: 50, cause: 'memory' },
  { value: 75, cause: 'memory' },
] as const

it('a dot is where memory ends, at the height of that plan, and its letter below', () => {
  const [dot, letter] = marks([bundle({ tight: swapping, swapping }, { end: swapping })], frame)
  // 75 of 100 across 800, all memory of 1.25 times it across 254.
  expect(dot?.attributes).toMatchObject({ class: 'mark mark-0', cx: 678, cy: 80.8 })
  expect(letter).toMatchObject({ attributes: { x: 678, y: 100.8 }, children: ['A'] })
})

it('a ring is where swap comes in', () => {
  const drawn = marks([bundle({ tight, swapping }, { end: swapping })], frame)
  expect(drawn.map(({ attributes }) => attributes['class'])).toEqual([
    'ring curve-0',
    'mark mark-0',
    'strong',
  ])
  expect(drawn[0]?.attributes).toMatchObject({ cx: 478 })
})

it('what nothing ends has its letter at its last plan, what never fits at its first', () => {
  const [endless, never] = [bundle({ swapping: { value: 100 } }), bundle({})]
  expect(marks([endless], frame).map(({ attributes }) => attributes['x'])).toEqual([878])
  expect(marks([never], frame).map(({ attributes }) => attributes['x'])).toEqual([86])
})

it('nothing is marked above the picture', () => {
  expect(marks([bundle({}, { points: [point(1, 200)] })], frame)).toEqual([])
})
