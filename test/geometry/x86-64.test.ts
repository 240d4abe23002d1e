import { describe, expect, test } from 'vitest'
import { findLayout, layoutIds } from '../../src/geometry/catalogue.ts'
import { deriveLevels, hugePageAt } from '../../src/geometry/derive-levels.ts'
import { levelOf } from '../../src/geometry/layout.ts'
import { x8664 } from '../../src/geometry/x86-64.ts'
import { bytes } from '../../src/units/quantity.ts'
import { fiveLevels, gib, mib, tib } from '../build.ts'

describe('x86-64', () => {
  test('has four levels of 4 KiB tables that span 2 MiB, 1 GiB, 512 GiB and 256 TiB', () => {
    expect(
      x8664.levels.map(({ name, entries, tableBytes, reach }) => [
        name,
        entries,
        tableBytes,
        reach * x8664.pageBytes,
      ]),
    ).toEqual([
      ['pte', 512, 4096, 2 * mib],
      ['pmd', 512, 4096, gib],
      ['pud', 512, 4096, 512 * gib],
      ['pgd', 512, 4096, 256 * tib],
    ])
  })

  test('folds the p4d', () => {
    expect(levelOf(x8664, 'p4d')).toBeUndefined()
  })

  test('has a p4d of 256 TiB with 5 levels, and a pgd of 128 PiB', () => {
    expect(levelOf(fiveLevels, 'p4d')?.reach).toBe(2 ** 36)
    expect(levelOf(fiveLevels, 'pgd')?.reach).toBe(2 ** 45)
  })

  test('keeps one guard page below 2^47 or 2^56', () => {
    expect(x8664.userPages).toBe(2 ** 35 - 1)
    expect(fiveLevels.userPages).toBe(2 ** 44 - 1)
  })

  test('places mappings from 2^46 on, with either paging mode', () => {
    expect([x8664.autoBase, fiveLevels.autoBase]).toEqual([2 ** 34, 2 ** 34])
  })

  test('offers huge pages of 2 MiB at the pmd and of 1 GiB at the pud', () => {
    expect(x8664.hugePages).toEqual([
      { label: '2m', bytes: 2 * mib, pages: 512, leaf: 'pmd' },
      { label: '1g', bytes: gib, pages: 262_144, leaf: 'pud' },
    ])
  })

  test('has a third zone where memory passes 4 GiB', () => {
    expect([x8664.zones(bytes(4 * gib)), x8664.zones(bytes(4 * gib + 4096))]).toEqual([2, 3])
  })
})

describe('the catalogue of layouts', () => {
  test('finds a layout by its id', () => {
    expect(layoutIds.map((id) => findLayout(id)?.id)).toEqual(layoutIds)
    expect(layoutIds).toContain('x86-64-5level')
  })

  test('has nothing under an unknown id', () => {
    expect(findLayout('pdp-11')).toBeUndefined()
  })
})

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
})
