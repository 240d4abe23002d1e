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

  it('of one page drawn from 4 spans of 2 pages are 4 · (1 − (7/8)²)', () => {
    expect(touchedAtRandom(4, 1, 8)).toBeCloseTo(0.9375)
  })

  it('of clusters that begin with spans are one each', () => {
    expect(touchedInClusters({ start: 0, pages: 4096, reach: 512, spans: 8 }, 1024, 512)).toBe(2)
  })
})
