import { describe, expect, test } from 'vitest'
import { levelOf } from '../../src/geometry/layout.ts'
import { bytes } from '../../src/units/quantity.ts'
import { fiveLevels, gib, mib, tib, x8664 } from '../build.ts'

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

  test('gives the pgd a second page with page-table isolation', () => {
    const kernel = { major: 6, minor: 18 }
    const pgd = x8664.levels.at(-1)
    const chunks = [false, true].map(
      (pti) => pgd && x8664.allocation(pgd, { kernel, pti }).chunkBytes,
    )
    expect(chunks).toEqual([4096, 8192])
  })
})
