import { describe, expect, it } from 'vitest'
import type { Distribution } from '../../../src/plan/ranges/distribution.ts'
import { distributionOf } from '../../../src/plan/ranges/distribution.ts'
import type { RangeInput } from '../../../src/plan/ranges/input.ts'
import { workload } from '../../build.ts'

function distribution(
  unit: RangeInput['unit'],
  p50: number,
  p95: number,
  key = 'processes',
): Distribution {
  const range = { kind: 'percentiles', p50, p95 } as const
  const input = { places: [['groups', 'g', key]], unit, range, publish: (tick: number) => tick }
  const found = distributionOf(input, workload())
  if (found === undefined) throw new RangeError('no percentiles')
  return found
}

describe('a value by its percentiles', () => {
  it('is log-normal through both where the median is above 0', () => {
    const { kind, quantile } = distribution('count', 100, 400)
    expect(kind).toBe('log-normal')
    // As far below the median as p95 is above it: a quarter.
    expect([0.05, 0.5, 0.95].map(quantile)).toEqual([25, 100, 400])
  })

  it('is normal where the median is 0, and no amount is negative', () => {
    const { kind, quantile } = distribution('bytes', 0, 4096 * 10)
    expect(kind).toBe('normal')
    expect([0.05, 0.5, 0.95].map(quantile)).toEqual([0, 0, 40_960])
  })

  it('is certain where both are the same', () => {
    const { quantile, atMost } = distribution('count', 7, 7)
    expect([0.001, 0.999].map(quantile)).toEqual([7, 7])
    expect([6, 7].map(atMost)).toEqual([0, 1])
  })

  it('is rounded to whole pages where both are, and is at least one page', () => {
    const { step, quantile } = distribution('bytes', 4096 * 2, 4096 * 200)
    expect(step).toBe(4096)
    expect(quantile(0.0001)).toBe(4096)
    expect(quantile(0.7) % 4096).toBe(0)
  })

  it('is no more than 100 %, and at least 1 of what each process has one of', () => {
    expect(distribution('percent', 500_000, 990_000).quantile(0.99999)).toBe(1_000_000)
    expect(distribution('count', 1, 8, 'threads').quantile(0.0001)).toBe(1)
    expect(distribution('count', 1, 8).quantile(0.0001)).toBe(0)
  })

  it('has a part that is at most a value, which the quantiles agree with', () => {
    const { atMost, quantile } = distribution('count', 1000, 3000)
    expect(atMost(3000)).toBeCloseTo(0.95, 3)
    for (const part of [0.1, 0.3, 0.6, 0.9]) {
      const tick = quantile(part)
      expect(atMost(tick - 1)).toBeLessThanOrEqual(part)
      expect(atMost(tick)).toBeGreaterThanOrEqual(part)
    }
  })
})
