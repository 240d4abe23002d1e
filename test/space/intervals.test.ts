import { describe, expect, test } from 'vitest'
import {
  append,
  contains,
  lengthOf,
  overlap,
  runsOf,
  spansReached,
  union,
} from '../../src/space/intervals.ts'

describe('intervals', () => {
  test.each([
    ['past the last run begins a new one', 9, 12, [0, 3, 7, 8, 9, 12]],
    ['where the last run ends lengthens it', 8, 12, [0, 3, 7, 12]],
    ['in the last run adds nothing', 7, 8, [0, 3, 7, 8]],
    ['that is empty adds nothing', 20, 20, [0, 3, 7, 8]],
  ])('a run appended %s', (_, from, to, expected) => {
    const intervals = [0, 3, 7, 8]
    append(intervals, from, to)
    expect(intervals).toEqual(expected)
  })

  test('their union sorts runs, joins those that meet or overlap, and drops empty ones', () => {
    expect(
      union([
        [10, 12, 0, 3],
        [3, 5],
        [11, 15, 20, 20],
      ]),
    ).toEqual([0, 5, 10, 15])
    expect(union([])).toEqual([])
  })

  test('are listed run by run', () => {
    expect(runsOf([0, 3, 7, 8])).toEqual([
      [0, 3],
      [7, 8],
    ])
  })

  test('are as long as their runs together', () => {
    expect(lengthOf([0, 3, 7, 8])).toBe(4)
    expect(lengthOf([])).toBe(0)
  })

  test('overlap in what both have', () => {
    // 2, then 10 and 11, of runs that also touch without overlapping at 5.
    expect(overlap([0, 3, 5, 12], [2, 5, 10, 20])).toBe(3)
    expect(overlap([0, 3], [])).toBe(0)
  })

  test.each([
    [0, true],
    [2, true],
    [3, false],
    [7, true],
    [8, false],
    [-1, false],
  ])('contain %i: %s', (value, expected) => {
    expect(contains([0, 3, 7, 8], value)).toBe(expected)
  })

  test('reach each span that has one of their numbers once', () => {
    // Pages 0–2 and 7 of tables of 4 pages: tables 0 and 1, which meet. Page 12 is in table 3.
    expect(spansReached([0, 3, 7, 8, 12, 13], 4)).toEqual([0, 2, 3, 4])
  })
})
