import { describe, expect, test } from 'vitest'
import { layoutNamed } from '../build.ts'

const kernel = { major: 6, minor: 18 }

describe('the radix MMU of ppc64', () => {
  test.each([
    ['ppc64-radix-64k', [32, 512, 512, 8192]],
    ['ppc64-radix-4k', [512, 512, 512, 8192]],
  ])('%s has tables of these entries, from the pte up', (id, entries) => {
    expect(layoutNamed(id).levels.map((level) => level.entries)).toEqual(entries)
  })

  test('with 64 KiB pages puts 256 pte tables, or 16 pmd tables, on one page', () => {
    const { levels, allocation } = layoutNamed('ppc64-radix-64k')
    const [pte, pmd] = levels.map((level) => allocation(level, { kernel, pti: false }))
    expect(pte).toEqual({ tablesPerChunk: 256, chunkBytes: 65_536, countedBytes: 65_536 })
    expect(pmd).toEqual({ tablesPerChunk: 16, chunkBytes: 65_536, countedBytes: 65_536 })
  })

  test('has pud tables in no counter: they come from a slab cache', () => {
    const { levels, allocation } = layoutNamed('ppc64-radix-4k')
    const counted = levels.map((level) => allocation(level, { kernel, pti: false }).countedBytes)
    expect(counted).toEqual([4096, 4096, 0, 65_536])
  })

  test('with 4 KiB pages gives each table a page, and the pgd 16', () => {
    const { levels, allocation } = layoutNamed('ppc64-radix-4k')
    const chunks = levels.map((level) => allocation(level, { kernel, pti: false }).chunkBytes)
    expect(chunks).toEqual([4096, 4096, 4096, 65_536])
  })

  test('does not share pmd tables of hugetlb', () => {
    expect(layoutNamed('ppc64-radix-64k').sharesPmdTables).toBe(false)
  })
})
