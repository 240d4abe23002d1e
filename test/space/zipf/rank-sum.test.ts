import { describe, expect, test } from 'vitest'
import { exactRanks, rankSumOf } from '../../../src/space/zipf/rank-sum.ts'

describe('the sum over ranks', () => {
  test('is that of fractions for the exponent 1', () => {
    expect(rankSumOf(1)(0, 10)).toBeCloseTo(7381 / 2520, 14)
    expect(rankSumOf(1)(2, 4)).toBeCloseTo(1 / 3 + 1 / 4, 15)
  })

  test('counts the ranks for the exponent 0', () => {
    expect(rankSumOf(0)(0, 100)).toBe(100)
    expect(rankSumOf(0)(7, 2 ** 34) / (2 ** 34 - 7)).toBeCloseTo(1, 14)
  })

  test('comes to known values where it is longer than can be added', () => {
    // Harmonic numbers are ln n + γ + 1 / 2n − …; Σ 1 / i² is π² / 6 less what follows; ζ(1 / 2) is −1.46….
    const n = 2 ** 34
    expect(rankSumOf(1)(0, n)).toBeCloseTo(Math.log(n) + 0.5772156649015329 + 1 / (2 * n), 13)
    expect(rankSumOf(2)(0, n)).toBeCloseTo(Math.PI ** 2 / 6 - 1 / n, 13)
    expect(rankSumOf(0.5)(0, n)).toBeCloseTo(
      2 * Math.sqrt(n) - 1.4603545088095868 + 0.5 / Math.sqrt(n),
      8,
    )
  })

  test('of one rank is its power, near the start and far away', () => {
    for (const rank of [1, 5, exactRanks, exactRanks + 1, 10_000, 2 ** 33]) {
      expect(rankSumOf(1.1)(rank - 1, rank) / rank ** -1.1).toBeCloseTo(1, 9)
    }
  })

  test('adds up across the end of the ranks that are added one by one', () => {
    const sum = rankSumOf(0.7)
    expect(sum(0, 100) + sum(100, 200) + sum(200, 5000)).toBeCloseTo(sum(0, 5000), 9)
  })

  test('is that of the first rank where the exponent is steep', () => {
    expect([rankSumOf(80)(0, 2 ** 34), rankSumOf(1e300)(0, 2 ** 34)]).toEqual([1, 1])
    expect(rankSumOf(1e300)(5, 2 ** 34)).toBe(0)
  })
})
