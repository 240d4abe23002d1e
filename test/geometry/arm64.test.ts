import { describe, expect, test } from 'vitest'
import { bytes } from '../../src/units/quantity.ts'
import { gib, layoutNamed } from '../build.ts'

const kernel = { major: 6, minor: 18 }

describe('arm64', () => {
  test.each([
    // 39 − 12 = 27 address bits by 9 to a level.
    ['arm64-4k-39', 'pte 512, pmd 512, pgd 512'],
    ['arm64-4k-48', 'pte 512, pmd 512, pud 512, pgd 512'],
    // 52 − 12 = 40: four levels of 9, and 4 bits that are left over.
    ['arm64-4k-52', 'pte 512, pmd 512, pud 512, p4d 512, pgd 16'],
    // 36 − 14 = 22 by 11.
    ['arm64-16k-36', 'pte 2048, pgd 2048'],
    ['arm64-16k-47', 'pte 2048, pmd 2048, pgd 2048'],
    ['arm64-16k-48', 'pte 2048, pmd 2048, pud 2048, pgd 2'],
    ['arm64-64k-42', 'pte 8192, pgd 8192'],
    ['arm64-64k-52', 'pte 8192, pmd 8192, pgd 1024'],
  ])('%s has as many levels as its address bits fill: %s', (id, expected) => {
    const { levels } = layoutNamed(id)
    expect(levels.map(({ name, entries }) => `${name} ${entries}`).join(', ')).toBe(expected)
  })

  test.each([
    ['arm64-4k-48', ['64k pte', '2m pmd', '32m pmd', '1g pud']],
    // The pud is folded: its entries are those of the pgd.
    ['arm64-4k-39', ['64k pte', '2m pmd', '32m pmd', '1g pgd']],
    ['arm64-16k-47', ['2m pte', '32m pmd', '1g pmd']],
    ['arm64-64k-48', ['2m pte', '512m pmd', '16g pmd']],
    ['arm64-64k-42', ['2m pte']],
  ])('%s offers the huge pages of arch/arm64/mm/hugetlbpage.c', (id, expected) => {
    const { hugePages } = layoutNamed(id)
    expect(hugePages.map(({ label, leaf }) => `${label} ${leaf}`)).toEqual(expected)
  })

  test.each([
    ['arm64-4k-39', true],
    ['arm64-16k-36', false],
    ['arm64-16k-47', true],
    ['arm64-64k-48', false],
  ])('%s shares pmd tables of hugetlb: %s', (id, shares) => {
    expect(layoutNamed(id).sharesPmdTables).toBe(shares)
  })

  test('has a pgd smaller than a page in no counter: a slab object', () => {
    const { levels, allocation } = layoutNamed('arm64-4k-52')
    const counted = levels.map((level) => allocation(level, { kernel, pti: false }).countedBytes)
    expect(counted).toEqual([4096, 4096, 4096, 4096, 0])
  })

  test('has a second zone where memory passes 4 GiB', () => {
    const { zones } = layoutNamed('arm64-64k-48')
    expect([zones(bytes(4 * gib)), zones(bytes(4 * gib + 65_536))]).toEqual([1, 2])
  })
})
