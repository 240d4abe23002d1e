import { describe, expect, test } from 'vitest'
import {
  clustersAmong,
  commonBorders,
  fewerClusters,
  firstCommonBorder,
  spanPeriod,
  spansMeetingMore,
} from '../../src/space/grid-phase.ts'

// Spans of 4 pages begin at 0, 4, 8, 12 …; clusters of 6 at 2, 8, 14, 20 …
const grids = { reach: 4, first: 2, clusterPages: 6 }

describe('spans of 4 pages under clusters of 6 from page 2 on', () => {
  test('begin with a cluster at every third span, the first time at page 8', () => {
    expect(spanPeriod(grids)).toBe(3)
    expect(firstCommonBorder(1, grids)).toBe(2)
    expect(firstCommonBorder(3, grids)).toBe(5)
    expect(commonBorders(1, 9, grids)).toBe(3)
  })

  test('meet one cluster, or two where one ends within them', () => {
    expect(fewerClusters(2, grids)).toBe(1)
    // Of the spans at 4, 8, 12 only that at 12 has a border, 14, within it.
    expect(spansMeetingMore(1, 4, grids)).toBe(1)
    expect(spansMeetingMore(1, 2, grids)).toBe(0)
  })
})

test('clusters of a size that divides the spans meet each of them alike', () => {
  const even = { reach: 8, first: 0, clusterPages: 4 }
  expect([fewerClusters(0, even), spansMeetingMore(0, 10, even)]).toEqual([2, 0])
  expect(fewerClusters(0, { ...even, first: 1 })).toBe(3)
})

test('pages 3 to 8 lie in two clusters of 3, and pages 2 to 8 in three', () => {
  expect(clustersAmong(3, 9, 3)).toBe(2)
  expect(clustersAmong(2, 9, 3)).toBe(3)
})
