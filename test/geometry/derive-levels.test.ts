import { describe, expect, test } from 'vitest'
import { deriveLevels, hugePageAt } from '../../src/geometry/derive-levels.ts'
import { bytes } from '../../src/units/quantity.ts'

describe('levels', () => {
  const levels = deriveLevels(8, [
    ['pte', 4],
    ['pmd', 3],
    ['pgd', 2],
  ])

  test('each reach as far as all entries of theirs reach below', () => {
    expect(levels.map(({ reach, tableBytes }) => [reach, tableBytes])).toEqual([
      [4, 32],
      [12, 24],
      [24, 16],
    ])
  })

  test.each([
    [256, 'pmd', '1k'],
    [2 ** 18, 'pmd', '1m'],
    [64, 'pmd', '256b'],
    [2 ** 30, 'pgd', '12g'],
  ] as const)('over pages of %d B have a huge page at the %s of %s', (pageBytes, leaf, label) => {
    expect(hugePageAt(levels, leaf, bytes(pageBytes))).toMatchObject({ label, leaf })
  })

  test('have a huge page of several entries that is as many times larger', () => {
    expect(hugePageAt(levels, 'pte', bytes(4096), 3)).toMatchObject({ bytes: 12_288, pages: 3 })
  })
})
