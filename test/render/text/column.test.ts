import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  byteColumn,
  exactColumn,
  kibColumn,
  percentColumn,
} from '../../../src/render/text/column.ts'

const gib = 2 ** 30

describe('amounts below each other', () => {
  test('have each its own unit, at every magnitude', () => {
    expect(byteColumn([2 ** 50, 880 * gib, 64 * 2 ** 20, 4096, 512, 0])).toEqual([
      '1.0 PiB',
      '880.0 GiB',
      '64.0 MiB',
      '4.0 KiB',
      '512 B',
      '0 B',
    ])
  })

  test('never look like nothing', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (amount) => {
        fc.pre(amount !== 0)
        expect(byteColumn([amount])[0]).toMatch(/[1-9]/)
      }),
    )
  })

  test('have the decimals that make them exact, where those are few', () => {
    expect(exactColumn([943_718_400_000, 629_145_600, 943_718_400_001])).toEqual([
      '878.90625 GiB',
      '600 MiB',
      '878.9 GiB',
    ])
  })

  test('in KiB are printed exactly where unequal ones would look alike', () => {
    expect(kibColumn([2048, 630_382_592, 630_382_600])).toEqual({
      unit: 'KiB',
      cells: ['2.0', '615,608 KiB', '630,382,600 B'],
    })
  })
})

test('shares get decimals until unequal ones differ', () => {
  expect(percentColumn([0, 0.99933, 0.99907])).toEqual(['0.00', '99.93', '99.91'])
})
