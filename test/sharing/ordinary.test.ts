import { describe, expect, test } from 'vitest'
import type { Backing } from '../../src/workload/region.ts'
import type { MappingParts, RegionParts } from '../build.ts'
import { billed, gib, mib, nth, strategy, untouched } from '../build.ts'

function tables(region: RegionParts, offset = 0, at?: number): (number | undefined)[] {
  const result = billed({
    regions: { r: region },
    groups: {
      g: { maps: [{ region: 'r', offset, ...(at === undefined ? {} : { at }) }] },
    },
    strategies: ['as-described'],
  })
  const { pte, pmd, pud } = nth(strategy(result, 'as-described').regions, 0).levels
  return [pte, pmd, pud].map((level) => level?.tables)
}

describe('a GiB', () => {
  const at = 64 * 2 ** 40

  test('on hugetlb pages of 2 MiB needs no pte table', () => {
    expect(tables({ size: gib, backing: 'hugetlbfs', pageBytes: 2 * mib })).toEqual([0, 1, 1])
  })

  test('on hugetlb pages of 1 GiB needs a pud table alone', () => {
    expect(tables({ size: gib, backing: 'hugetlbfs', pageBytes: gib })).toEqual([0, 0, 1])
  })

  test('of shmem on transparent huge pages needs no pte table, as none is in deposit', () => {
    expect(tables({ size: gib, thp: true })).toEqual([0, 1, 1])
  })

  test('of anonymous memory on transparent huge pages keeps all its pte tables', () => {
    expect(tables({ size: gib, backing: 'anonymous', thp: true })).toEqual([512, 1, 1])
  })

  test('out of phase with its huge pages has pte tables', () => {
    expect(tables({ size: gib, thp: true }, 0, at + mib)).toEqual([513, 2, 1])
  })

  test('in phase has pte tables at its edges', () => {
    expect(tables({ size: gib, thp: true }, mib, at + mib)).toEqual([1, 1, 1])
  })
})

describe('a mapping that nothing touches', () => {
  test('costs nothing but the pgd', () => {
    const result = billed({
      regions: { r: { size: gib } },
      groups: { g: { maps: [{ region: 'r', touched: untouched }] } },
    })
    expect(strategy(result, 'base-pages').pageTables.bytes).toBe(4096)
  })
})

const huge: RegionParts = { size: gib, backing: 'memfd', thp: true }
const dax: RegionParts = { size: gib, backing: 'dax', pageBytes: 2 * mib }

/** Tables of an aligned GiB, pte, pmd and pud, mapped in some way. */
function privately(region: RegionParts, way: Partial<MappingParts>): unknown[] {
  const maps = [{ region: 'r', at: 2 ** 46, ...way }]
  const result = billed({
    regions: { r: region },
    groups: { g: { maps } },
    strategies: ['as-described'],
  })
  const { pte, pmd, pud } = nth(strategy(result, 'as-described').groups, 0).perProcess.levels
  return [pte, pmd, pud]
}

// Measured on Linux 6.18: test/proof/live; of DAX by its source.
describe('what is written to a private mapping of huge pages', () => {
  test('is copied to base pages, with all their pte tables', () => {
    expect(privately(huge, { private: true })).toEqual([512, 1, 1])
    expect(privately(dax, { private: true })).toEqual([512, 1, 1])
  })

  test('is not copied where the mapping is only read, or shared', () => {
    expect(privately(huge, { private: true, access: 'ro' })).toEqual([0, 1, 1])
    expect(privately(dax, { private: true, access: 'ro' })).toEqual([0, 1, 1])
    expect(privately(huge, {})).toEqual([0, 1, 1])
  })

  test('stays on huge pages of hugetlb, whose copies are huge', () => {
    const hugetlb: RegionParts = { size: gib, backing: 'memfd', pageBytes: 2 * mib }
    expect(privately(hugetlb, { private: true })).toEqual([0, 1, 1])
  })
})

const readFaults = (backing: Backing): number =>
  strategy(
    billed({
      regions: { data: { size: 4 * mib, backing } },
      groups: { readers: { processes: 3, maps: [{ region: 'data', access: 'ro' }] } },
    }),
    'base-pages',
  ).faults.populate

test.each(['posix-shm', 'memfd', 'file'] as const)(
  '%s fills 64 KiB for each read fault',
  (backing) => {
    // 3 · 4 MiB / 64 KiB.
    expect(readFaults(backing)).toBe(3 * 64)
  },
)

test.each(['dax', 'anonymous'] as const)(
  '%s, in no page cache, takes a fault for each page',
  (backing) => {
    // 3 · 4 MiB / 4 KiB.
    expect(readFaults(backing)).toBe(3 * 1024)
  },
)
