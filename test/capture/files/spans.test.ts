import { describe, expect, it } from 'vitest'
import {
  spanCollector,
  spanCount,
  touchedAtRandom,
  touchedInClusters,
  unionOf,
} from '../../../src/capture/files/spans.ts'

describe('spans that a mapping reaches', () => {
  it.each([
    ['inside one span', 10, 500, 1],
    ['one whole span', 512, 512, 1],
    ['a page of the next', 512, 513, 2],
    ['the ends of two', 511, 2, 2],
  ])('%s', (_, start, pages, spans) => expect(spanCount(start, pages, 512)).toBe(spans))
})

describe('touched spans', () => {
  it('are collected in ascending order, each once', () => {
    const collector = spanCollector()
    for (const span of [0, 0, 1, 1, 4, 5]) collector.add(span)
    expect(collector.set()).toEqual({ count: 4, runs: [0, 2, 4, 6] })
  })

  it('of several processes are those of any of them', () => {
    const sets = [
      { count: 2, runs: [0, 2] },
      { count: 2, runs: [1, 2, 5, 6] },
    ]
    expect(unionOf(sets)).toEqual({ count: 3, runs: [0, 2, 5, 6] })
  })

  it('of one page are one', () => {
    expect(touchedAtRandom({ start: 0, pages: 8 }, 2, 1)).toBeCloseTo(1)
  })

  it('at the ends of a mapping are touched as far as they hold it', () => {
    // Of 8 pages 1, 3, 3 and 1 lie in a span: two drawn ones leave one out by (8 − n)(7 − n) / 56.
    const expected = 2 * (1 - (7 * 6) / 56) + 2 * (1 - (5 * 4) / 56)
    expect(touchedAtRandom({ start: 2, pages: 8 }, 3, 2)).toBeCloseTo(expected)
  })

  it('of clusters that begin with spans are one each', () => {
    expect(touchedInClusters({ start: 0, pages: 4096, reach: 512, spans: 8 }, 1024, 512)).toBe(2)
  })
})
