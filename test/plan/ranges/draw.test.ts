import { expect, test } from 'vitest'
import { pointsOf, shifts } from '../../../src/plan/ranges/draw.ts'

test('points fill the square evenly: each quarter has a quarter of them, nearly', () => {
  const points = [...pointsOf(2, 64, 7)]
  expect(points).toHaveLength(64 * shifts)
  const quarters = [0, 0, 0, 0]
  for (const [x = 0, y = 0] of points) {
    const quarter = (x < 0.5 ? 0 : 1) + (y < 0.5 ? 0 : 2)
    quarters[quarter] = (quarters[quarter] ?? 0) + 1
  }
  for (const count of quarters) expect(Math.abs(count - 256)).toBeLessThan(16)
})

test('every point is inside the cube, where no quantile is endless', () => {
  for (const point of pointsOf(5, 16, 3)) {
    expect(point).toHaveLength(5)
    for (const part of point) expect(part > 0 && part < 1).toBe(true)
  }
})

test('the same seed has the same points, another seed has others', () => {
  const points = (seed: number) => [...pointsOf(3, 4, seed)]
  expect(points(1)).toEqual(points(1))
  expect(points(2)).not.toEqual(points(1))
  expect(points(2 ** 32 - 1)).not.toEqual(points(0))
})
