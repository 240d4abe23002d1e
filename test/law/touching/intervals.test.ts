import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Intervals } from '../../../src/space/intervals.ts'
import {
  append,
  contains,
  lengthOf,
  overlap,
  runsOf,
  spansReached,
  union,
} from '../../../src/space/intervals.ts'
import { runs } from '../toy.ts'

const largest = 40
const numbers = Array.from({ length: largest + 8 }, (_, value) => value)
const anyNumbers = fc.uniqueArray(fc.nat(largest))

/** Runs in any order, overlapping, meeting and empty ones among them. */
const anyRuns = fc
  .array(fc.tuple(fc.nat(largest), fc.nat(6)), { maxLength: 8 })
  .map((list) => list.flatMap(([from, length]) => [from, from + length]))

/** The same numbers one by one, in their simplest form. */
function written(numbers: Iterable<number>): Intervals {
  const intervals: number[] = []
  for (const value of [...numbers].toSorted((one, other) => one - other)) {
    append(intervals, value, value + 1)
  }
  return intervals
}

/** Every number of a list of runs. */
function read(list: readonly number[]): readonly number[] {
  return runsOf(list).flatMap(([from, to]) =>
    Array.from({ length: to - from }, (_, index) => from + index),
  )
}

test('intervals say of whole numbers what a set of them says', () => {
  fc.assert(
    fc.property(
      fc.array(anyRuns, { maxLength: 4 }),
      anyNumbers,
      fc.integer({ min: 1, max: 9 }),
      (lists, others, reach) => {
        const set = new Set(lists.flatMap(read))
        const other = new Set(others)
        const intervals = union(lists)
        expect(read(intervals)).toEqual([...set].toSorted((one, next) => one - next))
        expect(intervals).toEqual(written(set))
        expect(lengthOf(intervals)).toBe(set.size)
        expect(overlap(intervals, written(other))).toBe(
          [...set].filter((value) => other.has(value)).length,
        )
        expect(numbers.filter((value) => contains(intervals, value) !== set.has(value))).toEqual([])
        const spans = new Set([...set].map((value) => Math.floor(value / reach)))
        expect(spansReached(intervals, reach)).toEqual(written(spans))
      },
    ),
    { numRuns: runs },
  )
})
