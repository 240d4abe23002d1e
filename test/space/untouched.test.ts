import { describe, expect, test } from 'vitest'
import { logUntouched, touchedProbability } from '../../src/space/untouched.ts'

describe('a draw', () => {
  test('of 2 of 4 pages misses two of them with probability 1 / 6', () => {
    expect(Math.exp(logUntouched(2, 2, 4))).toBeCloseTo(1 / 6, 15)
  })

  test('of nothing misses everything', () => {
    expect([logUntouched(2, 0, 4), touchedProbability(0)]).toEqual([0, 0])
  })

  test('must hit where fewer pages lie outside', () => {
    expect(logUntouched(3, 2, 4)).toBe(Number.NEGATIVE_INFINITY)
    expect(touchedProbability(Number.NEGATIVE_INFINITY)).toBe(1)
  })

  test('misses by product and by quadrature alike', () => {
    // Both numbers above the limit of the product: summed term by term elsewhere.
    expect(logUntouched(5000, 6000, 1_000_000)).toBeCloseTo(-30.166052398335204, 12)
  })

  test('of very many pages cannot miss very many', () => {
    expect(logUntouched(1_000_000, 1_000_000, 2 ** 30)).toBe(Number.NEGATIVE_INFINITY)
  })
})
