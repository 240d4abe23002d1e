import { describe, expect, test } from 'vitest'
import { riskOf, worstOf } from '../../src/host/risk.ts'

describe('the risk', () => {
  const of = (parts: Partial<Parameters<typeof riskOf>[0]>): string =>
    riskOf({
      of: 1000,
      capacityBytes: 900,
      demandBytes: 0,
      unswappableBytes: 0,
      swapBytes: 0,
      ...parts,
    })

  test.each([
    [800, 'safe', 'exactly a tenth of memory is left'],
    [801, 'tight', 'a little less is left'],
    [900, 'tight', 'exactly nothing is left'],
    [901, 'oom', 'one byte is missing and there is no swap'],
  ])('of a demand of %d is %s: %s', (demandBytes, level) => {
    expect(of({ demandBytes })).toBe(level)
  })

  test.each([
    [1000, 900, 'swapping', 'what is missing just fits in swap'],
    [1001, 900, 'oom', 'one byte more than swap is missing'],
    [1000, 901, 'oom', 'what cannot be swapped does not fit in memory'],
  ])(
    'of %d with %d unswappable and 100 of swap is %s: %s',
    (demandBytes, unswappableBytes, level) => {
      expect(of({ demandBytes, unswappableBytes, swapBytes: 100 })).toBe(level)
    },
  )

  test('is the worst of several', () => {
    expect(worstOf(['safe', 'swapping', 'tight'])).toBe('swapping')
    expect(worstOf([])).toBe('safe')
  })
})
