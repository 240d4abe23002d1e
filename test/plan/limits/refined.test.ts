import { expect, it } from 'vitest'
import { refined } from '../../../src/plan/limits/refined.ts'
import type { LimitPoint } from '../../../src/plan/result/limits-result.ts'

const linear = { scale: 'linear', from: 0, to: 1000 } as const
const asked = { axis: linear, step: 1, most: 100 }

function curve(usedAt: (value: number) => number): (value: number) => LimitPoint {
  return (value) => ({ value, usedBytes: usedAt(value), ofBytes: 1000, level: 'safe' })
}

function valuesOf(points: readonly LimitPoint[]): readonly number[] {
  return points.map(({ value }) => value)
}

it('a straight curve needs no more plans', () => {
  const at = curve((value) => value)
  expect(refined([at(1), at(1000)], at, asked)).toEqual([at(1), at(1000)])
})

it('a step is found by halves, until it is narrower than a point of the picture', () => {
  const at = curve((value) => (value < 300 ? 100 : 600))
  const values = valuesOf(refined([at(0), at(1000)], at, asked))
  const after = values.findIndex((value) => value >= 300)
  expect(values[after - 1]).toBeLessThan(300)
  expect((values[after] ?? 0) - (values[after - 1] ?? 0)).toBeLessThanOrEqual(2)
})

it('between one process and two nothing is looked for', () => {
  const at = curve((value) => (value < 2 ? 100 : 600))
  expect(valuesOf(refined([at(1), at(2)], at, { ...asked, axis: { ...linear, to: 4 } }))).toEqual([
    1, 2,
  ])
})

it('the worst stretch is halved first, and no more of them than asked', () => {
  const at = curve((value) => (value < 600 ? value / 50 : 900))
  const points = [at(0), at(500), at(1000)]
  expect(valuesOf(refined(points, at, { ...asked, most: 1 }))).toEqual([0, 500, 750, 1000])
})

it('a plan that does not start between two that do is there, for its gap', () => {
  const at = curve((value) => value)
  const gap = (value: number): LimitPoint =>
    value === 500 ? { ...at(value), refusal: 'huge-pages' } : at(value)
  expect(refined([at(0), at(1000)], gap, asked)[1]).toHaveProperty('refusal')
})
