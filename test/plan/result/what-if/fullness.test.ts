import { expect, it } from 'vitest'
import { fullness, fullnessBetween } from '../../../../src/plan/result/what-if/fullness.ts'

const point = (value: number, usedBytes: number, ofBytes = 100) =>
  ({ value, usedBytes, ofBytes, level: 'safe' }) as const

it('is 1 where all memory is needed', () => {
  expect(fullness(point(1, 100))).toBe(1)
})

it('is straight in bytes where both plans are of the host: 30 of 150 halfway', () => {
  expect(fullnessBetween(point(0, 10, 100), point(10, 50, 200), 5)).toBe(0.2)
})

it('is straight in shares where one plan is of a cgroup: between a half and all are three quarters', () => {
  const inCgroup = { ...point(10, 10, 10), cgroup: 'db' }
  expect(fullnessBetween(point(0, 50), inCgroup, 5)).toBe(0.75)
})
