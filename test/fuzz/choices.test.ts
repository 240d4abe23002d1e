import { describe, expect, it } from 'vitest'
import { choicesOf } from './choices.ts'

const drawn = (seed: number, index: number) => {
  const { below } = choicesOf(seed, index)
  return Array.from({ length: 8 }, () => below(1000))
}

describe('choices', () => {
  it('are the same for the same seed and number', () => {
    expect(drawn(7, 42)).toEqual(drawn(7, 42))
  })

  it('differ for neighbours', () => {
    expect(drawn(7, 42)).not.toEqual(drawn(7, 43))
    expect(drawn(7, 42)).not.toEqual(drawn(8, 42))
  })

  it('come near to every number alike, first choices of many inputs too', () => {
    const counts = new Array<number>(10).fill(0)
    for (let index = 0; index < 10_000; index += 1) {
      const first = choicesOf(1, index).below(10)
      counts[first] = (counts[first] ?? 0) + 1
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150)
  })

  it('leave nothing to choose from an empty list', () => {
    expect(() => choicesOf(1, 1).pick([])).toThrow(RangeError)
  })
})
