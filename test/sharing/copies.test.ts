import { describe, expect, test } from 'vitest'
import type { MappingParts, RegionParts } from '../build.ts'
import { billed, gib, mib, nth, strategy } from '../build.ts'

const huge: RegionParts = { size: gib, backing: 'memfd', thp: true }
const dax: RegionParts = { size: gib, backing: 'dax', pageBytes: 2 * mib }

/** Tables of an aligned GiB, pte, pmd and pud, mapped in some way. */
function tables(region: RegionParts, way: Partial<MappingParts>): unknown[] {
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
    expect(tables(huge, { private: true })).toEqual([512, 1, 1])
    expect(tables(dax, { private: true })).toEqual([512, 1, 1])
  })

  test('is not copied where the mapping is only read, or shared', () => {
    expect(tables(huge, { private: true, access: 'ro' })).toEqual([0, 1, 1])
    expect(tables(dax, { private: true, access: 'ro' })).toEqual([0, 1, 1])
    expect(tables(huge, {})).toEqual([0, 1, 1])
  })

  test('stays on huge pages of hugetlb, whose copies are huge', () => {
    const hugetlb: RegionParts = { size: gib, backing: 'memfd', pageBytes: 2 * mib }
    expect(tables(hugetlb, { private: true })).toEqual([0, 1, 1])
  })
})
