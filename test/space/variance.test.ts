import { describe, expect, test } from 'vitest'
import type { Access } from '../../src/space/access.ts'
import type { TouchSet } from '../../src/space/touch-set.ts'
import { spansVariance } from '../../src/space/variance.ts'
import { random, range, zipf } from '../build.ts'

function mapping(first: number, pages: number, touched: TouchSet): Access {
  return { first, pages, touched, draws: 1, counts: 'all' }
}

describe('the spans that a draw touches', () => {
  test('where two pages are drawn of two spans of two vary by 2 / 9', () => {
    // Both in one span in 2 of 6 cases: mean 5 / 3, variance 1 / 3 · 2 / 3.
    expect(spansVariance(mapping(0, 4, random(2)), 2)).toBeCloseTo(2 / 9, 15)
  })

  test('where ranks are hit vary at most as spans that are hit independently', () => {
    // Ranks 1, 1 / 2, 1 / 3, once: one page, of which each is hit with p.
    const bound = [6, 3, 2].reduce((sum, part) => sum + (part / 11) * (1 - part / 11), 0)
    expect(spansVariance(mapping(0, 3, zipf(1, 1)), 1)).toBeCloseTo(bound, 14)
    expect(spansVariance(mapping(1, 3, zipf(1, 1)), 2)).toBeCloseTo(2 * (6 / 11) * (5 / 11), 14)
    const scattered = mapping(0, 4, zipf(0, 1, 'scattered'))
    expect(spansVariance(scattered, 2)).toBeCloseTo(0.5, 14)
  })

  test('do not vary without chance', () => {
    expect(spansVariance(mapping(0, 4, range(0, 4)), 2)).toBe(0)
  })
})
