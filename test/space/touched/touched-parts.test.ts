import { expect, test } from 'vitest'
import type { TouchSet } from '../../../src/space/touch-set.ts'
import {
  isNothing,
  joinExactly,
  joined,
  partOf,
  rangesOf,
  touchedPages,
  without,
} from '../../../src/space/touched/touched-parts.ts'
import { count, pages } from '../../../src/units/quantity.ts'
import { zipf } from '../../build.ts'

const random = (drawn: number): TouchSet => ({ kind: 'random', drawn: pages(drawn) })
const clusters = (drawn: number): TouchSet => ({
  kind: 'clusters',
  drawn: count(drawn),
  clusterPages: pages(4),
})
const every: TouchSet = { kind: 'every', stride: pages(10) }

test('ranges join to their union', () => {
  expect(joined(rangesOf([0, 10]), rangesOf([5, 20, 30, 40]), 100)).toEqual(
    rangesOf([0, 20, 30, 40]),
  )
})

test('a larger draw holds a smaller one: memory that warms up', () => {
  expect(joined(random(20), random(40), 100)).toEqual(random(40))
  expect(joined(clusters(9), clusters(3), 100)).toEqual(clusters(9))
})

test('more accesses hold fewer, of the same ranks', () => {
  expect(joined(zipf(1, 20), zipf(1, 40), 100)).toEqual(zipf(1, 40))
  expect(joinExactly(zipf(1, 20), zipf(1, 40), 100)).toBe(true)
  expect(joinExactly(zipf(1, 20), zipf(1.1, 40), 100)).toBe(false)
  expect(joinExactly(zipf(1, 20), zipf(1, 40, 'scattered'), 100)).toBe(false)
})

test('a part of accesses by rank comes to the pages that are expected in it', () => {
  // Of 100 accesses to 100 pages 8.04 distinct ones are expected among the first ten, 0.07 among the last.
  const parts = [0, 90].map((from) => partOf(zipf(2, 100), from, from + 10, 100))
  expect(parts).toEqual([random(8), rangesOf([])])
  expect(without(zipf(2, 100), 0, 10, 100)).toEqual(random(5))
  const scattered = zipf(2, 100, 'scattered')
  expect(partOf(scattered, 0, 50, 100)).toEqual(random(6))
})

test('all of a mapping, or nothing, decides by itself', () => {
  expect(joined(random(20), rangesOf([0, 100]), 100)).toEqual(rangesOf([0, 100]))
  expect(joined(rangesOf([]), random(20), 100)).toEqual(random(20))
})

test('a draw and ranges come to the pages that are expected', () => {
  // 50 pages, and 20 of 100 drawn: 50 + 20 − 20 · 50 / 100.
  expect(joined(rangesOf([0, 50]), random(20), 100)).toEqual(random(60))
  expect(joinExactly(rangesOf([0, 50]), random(20), 100)).toBe(false)
})

test('strides are pages like any other', () => {
  expect(touchedPages(joined(every, rangesOf([0, 11]), 100), 100)).toBe(19)
})

test('a part is counted from its own start', () => {
  expect(partOf(rangesOf([0, 10, 50, 60]), 5, 55, 100)).toEqual(rangesOf([0, 5, 45, 50]))
  expect(partOf(random(40), 0, 25, 100)).toEqual(random(10))
})

test('what is taken away is gone', () => {
  expect(without(rangesOf([0, 10]), 2, 4, 100)).toEqual(rangesOf([0, 2, 4, 10]))
  expect(isNothing(without(rangesOf([2, 4]), 0, 10, 100))).toBe(true)
  expect(without(random(40), 0, 50, 100)).toEqual(random(20))
})
