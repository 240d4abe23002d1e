import { describe, expect, test } from 'vitest'
import { QuantityError } from '../../src/units/quantity.ts'
import { sum, sumBy } from '../../src/units/sum.ts'

const most = Number.MAX_SAFE_INTEGER

describe('a sum', () => {
  test('of nothing is 0', () => {
    expect(sum([])).toBe(0)
  })

  test('adds up what a map or a set holds as well', () => {
    expect(
      sum(
        new Map([
          ['pte', 3],
          ['pmd', 4],
        ]).values(),
      ),
    ).toBe(7)
    expect(sum(new Set([5, 5, 6]))).toBe(11)
  })

  test('takes one number of each item', () => {
    const groups = [{ processes: 1500 }, { processes: 20 }]
    expect(sumBy(groups, ({ processes }) => processes)).toBe(1520)
  })

  test('with a name may be as large as 2^53 − 1', () => {
    expect(sum([most - 1, 1], 'page tables')).toBe(most)
  })

  test('with a name is refused past that, never rounded', () => {
    const refusal = new QuantityError('page tables', 'too-large')
    expect(() => sum([most, 1], 'page tables')).toThrow(refusal)
    expect(() =>
      sumBy([{ bytes: most }, { bytes: 2 }], ({ bytes }) => bytes, 'page tables'),
    ).toThrow(refusal)
  })

  test('of expectations stays unrounded', () => {
    expect(sum([0.25, 0.5])).toBe(0.75)
  })
})
