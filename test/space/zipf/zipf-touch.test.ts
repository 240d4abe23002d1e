import { describe, expect, test } from 'vitest'
import {
  distinctPages,
  probabilityOf,
  scatteredProbability,
  skewOf,
} from '../../../src/space/zipf/zipf-touch.ts'
import { zipf } from '../../build.ts'

/** Ranks 1, 1 / 2, 1 / 3 of 11 / 6. */
const three = { touched: zipf(1, 2), pages: 3, draws: 1 }

describe('pages drawn by rank', () => {
  test('are hit in proportion to their weight', () => {
    const once = { ...three, touched: zipf(1, 1) }
    expect([0, 1, 2].map((page) => probabilityOf(once, page, page + 1))).toEqual([
      expect.closeTo(6 / 11, 14),
      expect.closeTo(3 / 11, 14),
      expect.closeTo(2 / 11, 14),
    ])
    expect(probabilityOf(once, 1, 3)).toBeCloseTo(5 / 11, 14)
    expect(probabilityOf(three, 1, 3)).toBeCloseTo(1 - (6 / 11) ** 2, 14)
  })

  test('are hit for certain as a whole', () => {
    expect(probabilityOf(three, 0, 3)).toBe(1)
  })

  test('are as many distinct ones as expected: 1 − (1 − p)² of each', () => {
    // 2 − (36 + 9 + 4) / 121.
    expect(distinctPages(three)).toBeCloseTo(193 / 121, 14)
    expect(distinctPages(three, 1, 3)).toBeCloseTo(1 - 64 / 121 + 1 - 81 / 121, 14)
  })

  test('are never more than the pages or the accesses', () => {
    expect(distinctPages({ ...three, touched: zipf(3, 1) })).toBeCloseTo(1, 15)
    expect(distinctPages({ ...three, touched: zipf(0.1, 10_000) })).toBeLessThanOrEqual(3)
  })

  test('of several processes are those of all their accesses', () => {
    const together = { touched: zipf(0.9, 300), pages: 5000, draws: 4 }
    const alone = { touched: zipf(0.9, 1200), pages: 5000, draws: 1 }
    expect(distinctPages(together)).toBeCloseTo(distinctPages(alone), 12)
  })

  test('are not hit where no process draws', () => {
    expect(probabilityOf({ ...three, draws: 0 }, 0, 3)).toBe(0)
    expect(distinctPages({ ...three, draws: 0 })).toBe(0)
  })

  test('fall from the start of their mapping on, span by span', () => {
    const drawing = { touched: zipf(1.2, 50), pages: 4000, draws: 2 }
    const skew = skewOf(drawing, 30, 10)
    expect([skew.origin, skew.exponent]).toEqual([3, 1.2])
    expect(skew.at(7)).toBe(probabilityOf(drawing, 40, 50))
  })
})

describe('ranks that lie at random', () => {
  const scattered = { touched: zipf(1, 2, 'scattered'), pages: 3, draws: 1 }

  test('are as many distinct pages, alike everywhere', () => {
    expect(distinctPages(scattered)).toBeCloseTo(193 / 121, 14)
    expect(distinctPages(scattered, 0, 1)).toBeCloseTo(193 / 363, 14)
    expect(scatteredProbability(scattered)(1)).toBeCloseTo(193 / 363, 14)
  })

  test('are between the draws of one page fewer and one more', () => {
    // Two of three pages: one page drawn, 2 / 3; two drawn, always; 193 / 121 is in between.
    expect(scatteredProbability(scattered)(2)).toBeCloseTo(2 / 3 + (72 / 121) * (1 / 3), 14)
  })
})
