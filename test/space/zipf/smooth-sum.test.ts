import { describe, expect, test } from 'vitest'
import { smoothSum } from '../../../src/space/zipf/smooth-sum.ts'

const fall = (exponent: number, origin = 0) => ({ origin, exponent })

/** Term by term, smallest last. */
function added(from: number, to: number, f: (at: number) => number): number {
  let sum = 0
  for (let at = to - 1; at >= from; at--) sum += f(at)
  return sum
}

describe('the sum of what falls smoothly', () => {
  test('is 0 over nothing', () => {
    expect(smoothSum(5, 5, [fall(1)], () => 1)).toBe(0)
  })

  test('of a constant is its multiple, without an origin too', () => {
    expect(smoothSum(3, 1_000_003, [], () => 0.25)).toBeCloseTo(250_000, 6)
  })

  test.each([0.3, 1, 1.7, 4, 9])('of a power −%d is what its terms add up to', (exponent) => {
    const f = (at: number) => (at + 1) ** -exponent
    const sum = smoothSum(0, 300_000, [fall(exponent)], f)
    expect(sum / added(0, 300_000, f)).toBeCloseTo(1, 10)
  })

  test('of probabilities that go from nearly 1 to nearly 0 is what they add up to', () => {
    const f = (at: number) => -Math.expm1(-5e6 * (at + 1) ** -1.5)
    expect(smoothSum(0, 400_000, [fall(1.5)], f) / added(0, 400_000, f)).toBeCloseTo(1, 10)
  })

  test('begins anywhere behind the origin, and ends before it is long', () => {
    const f = (at: number) => (at - 900 + 1) ** -2
    for (const [from, to] of [
      [900, 950],
      [1000, 90_000],
      [50_000, 51_000],
    ] as const) {
      expect(smoothSum(from, to, [fall(2, 900)], f) / added(from, to, f)).toBeCloseTo(1, 10)
    }
  })

  test('has room for two falls, the later of which decides where it is exact', () => {
    const f = (at: number) =>
      at < 5000 ? (at + 1) ** -0.5 : (at + 1) ** -0.5 * (1 - (at - 4999) ** -1.2)
    const falls = [fall(0.5), fall(1.2, 5000)]
    expect(smoothSum(5000, 200_000, falls, f) / added(5000, 200_000, f)).toBeCloseTo(1, 10)
  })

  test('asks a few hundred times for billions of terms', () => {
    let asked = 0
    smoothSum(0, 2 ** 34, [fall(1.1)], () => {
      asked += 1
      return 1
    })
    expect(asked).toBeLessThan(1000)
  })

  test('ends for every exponent', () => {
    expect(smoothSum(0, 2 ** 34, [fall(1e300)], (at) => (at === 0 ? 1 : 0))).toBe(1)
  })
})
