import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byteColumn, exactColumn, percentColumn } from '../../src/render/column.ts'

const gib = 2 ** 30

describe('amounts below each other', () => {
  test('are in the unit of the largest', () => {
    expect(byteColumn([880 * gib, gib / 2])).toMatchObject({ unit: 'GiB', cells: ['880.0', '0.5'] })
  })

  test('are printed exactly where unequal ones would look alike', () => {
    expect(byteColumn([880 * gib, 630_382_592, 630_378_496]).cells).toEqual([
      '880.0',
      '615,608 KiB',
      '615,604 KiB',
    ])
  })

  test('are printed exactly where something would look like nothing', () => {
    expect(byteColumn([880 * gib, 4096, 0]).cells).toEqual(['880.0', '4 KiB', '0.0'])
  })

  test('move to a smaller unit where that says more of them', () => {
    expect(byteColumn([1190 * gib, 9 * gib, -gib / 8, gib / 8]).unit).toBe('GiB')
  })

  test('have as many decimals as the largest needs to be exact', () => {
    expect(exactColumn([943_718_400_000, 629_145_600]).cells).toEqual(['878.90625', '0.58594'])
  })

  test('never print two unequal amounts alike', () => {
    const amounts = fc.array(fc.maxSafeInteger(), { maxLength: 8 })
    fc.assert(
      fc.property(amounts, (values) => {
        const { cells } = byteColumn(values)
        expect(new Set(cells).size).toBe(new Set(values.map((value) => value + 0)).size)
      }),
    )
  })
})

test('shares get decimals until unequal ones differ', () => {
  expect(percentColumn([0, 0.99933, 0.99907])).toEqual(['0.00', '99.93', '99.91'])
})
