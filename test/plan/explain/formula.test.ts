import { expect, it } from 'vitest'
import { added, put, putProduct, putSum } from '../../../src/plan/explain/formula.ts'

it('puts whole numbers in exactly, and expectations to six decimals', () => {
  expect(put(230_400_000)).toBe('230,400,000')
  expect(put(1 / 3)).toBe('0.333333')
})

it('writes sums and products with their numbers, and 0 for no terms', () => {
  expect(putSum(['1', '2'])).toBe('1 + 2')
  expect(putSum([])).toBe('0')
  expect(putProduct(1500, 4096)).toBe('1,500 · 4,096')
})

it('explains a total by its terms', () => {
  const explained = added('a.b', 'tables', 'Σ levels', ['3', '4'], 7, 'tables', 'mm/memory.c')
  expect(explained).toMatchObject({ path: 'a.b', substituted: '3 + 4', value: 7, unit: 'tables' })
})
