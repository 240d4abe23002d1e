import { describe, expect, test } from 'vitest'
import { drawnPages, drawOf, drawRangeOf, isDrawn } from '../../src/space/random-draw.ts'
import { clusters, every, random, range, zipf } from '../build.ts'

describe('a random draw', () => {
  test('of pages draws from as many clusters of one page', () => {
    expect(drawOf(random(3), 10)).toEqual({ drawn: 3, clusters: 10, clusterPages: 1 })
  })

  test('of clusters counts the shorter one at the end', () => {
    expect(drawOf(clusters(2, 4), 10)).toEqual({ drawn: 2, clusters: 3, clusterPages: 4 })
  })

  test('has no part in ranges and strides', () => {
    const sets = [range(0, 4), every(2), random(1), clusters(1, 2), zipf(1, 2)]
    expect(sets.map(isDrawn)).toEqual([false, false, true, true, true])
    expect(drawOf(every(2), 10)).toBeUndefined()
  })

  test('with replacement comes to one page at least, and to one for each access at most', () => {
    const range = { fewest: 1, clusters: 10, clusterPages: 1 }
    expect(drawRangeOf(zipf(1, 4), 10)).toEqual({ ...range, most: 4 })
    expect(drawRangeOf(zipf(1, 40), 10)).toEqual({ ...range, most: 10 })
    expect(drawOf(zipf(1, 4), 10)).toBeUndefined()
  })

  test('without replacement comes to what is drawn', () => {
    const drawn = { fewest: 3, most: 3, clusters: 10, clusterPages: 1 }
    expect(drawRangeOf(random(3), 10)).toMatchObject(drawn)
    expect(drawRangeOf(every(2), 10)).toBeUndefined()
  })

  test('comes to at most the pages of the mapping', () => {
    expect(drawnPages({ drawn: 2, clusters: 3, clusterPages: 4 }, 10)).toBe(8)
    expect(drawnPages({ drawn: 3, clusters: 3, clusterPages: 4 }, 10)).toBe(10)
  })
})
