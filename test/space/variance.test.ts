import { describe, expect, test } from 'vitest'
import type { Access } from '../../src/space/access.ts'
import type { TouchSet } from '../../src/space/touch-set.ts'
import { spansVariance } from '../../src/space/variance.ts'
import { random, range } from '../build.ts'

function mapping(first: number, pages: number, touched: TouchSet): Access {
  return { first, pages, touched, draws: 1, counts: 'all' }
}

describe('the spans that a draw touches', () => {
  test('where two pages are drawn of two spans of two vary by 2 / 9', () => {
    // Both in one span in 2 of 6 cases: mean 5 / 3, variance 1 / 3 · 2 / 3.
    expect(spansVariance(mapping(0, 4, random(2)), 2)).toBeCloseTo(2 / 9, 15)
  })

  test('do not vary without chance', () => {
    expect(spansVariance(mapping(0, 4, range(0, 4)), 2)).toBe(0)
  })
})
