import { describe, expect, test } from 'vitest'
import { findLayout } from '../../src/geometry/catalogue.ts'
import type { GroupParts, MappingParts, RegionParts } from '../build.ts'
import { billed, gib, mib, range, strategy, tib } from '../build.ts'

/*
 * huge_pmd_share() in mm/hugetlb.c: who shares the pmd tables of huge pages. On x86-64 such a table
 * spans 1 GiB. Figures marked as measured are what Linux 6.1 to 6.18 answered.
 */
const pageBytes = 2 * mib
const at = 64 * tib

/** pmd tables of all processes, each group mapping the region its own way. */
function pmdTables(
  size: number,
  groups: readonly (Partial<MappingParts> & { readonly processes: number })[],
  region: Partial<RegionParts> = {},
): number | undefined {
  const parts = groups.map(({ processes, ...map }, index): [string, GroupParts] => [
    `group ${index}`,
    { processes, maps: [{ region: 'data', ...map }] },
  ])
  const result = billed({
    host: { memory: 512 * gib, hugepages: [{ pageBytes, count: 100_000 }] },
    regions: { data: { size, backing: 'hugetlbfs', pageBytes, ...region } },
    groups: Object.fromEntries(parts),
    strategies: ['as-described'],
  })
  return strategy(result, 'as-described').pageTables.levels.pmd?.tables
}

describe('pmd tables of hugetlb are shared', () => {
  test('at one address (measured)', () => {
    expect(pmdTables(gib, [{ processes: 100, at }])).toBe(1)
  })

  test('at addresses that differ by whole GiB (measured)', () => {
    const moved = Array.from({ length: 5 }, (_, i) => ({ processes: 1, at: at + i * gib }))
    expect(pmdTables(gib, moved)).toBe(1)
  })

  test('between groups whose last huge page fills the table: 1023 MiB (measured)', () => {
    const memfd = { backing: 'memfd' } as const
    expect(pmdTables(1023 * mib, [{ processes: 8, at }], memfd)).toBe(1)
    const halves = [
      { processes: 4, at },
      { processes: 4, at: at + gib },
    ]
    expect(pmdTables(1023 * mib, halves, memfd)).toBe(1)
    // A page less, and it is not filled.
    expect(pmdTables(1022 * mib, halves, memfd)).toBe(8)
  })

  test('only with those in the same phase (measured)', () => {
    // Out of phase by half a GiB a mapping of 2 GiB covers one table whole and two in part.
    const phases = [
      { processes: 4, at },
      { processes: 3, at: at + 512 * mib },
    ]
    expect(pmdTables(2 * gib, phases)).toBe(2 + (1 + 3 * 2))
  })

  test('not at the edges: 3 GiB, 512 MiB past a boundary, are 2 shared and 2 private (measured)', () => {
    expect(pmdTables(3 * gib, [{ processes: 10, at: at + 512 * mib }])).toBe(2 + 10 * 2)
  })

  test('never where no table is covered whole: 1 GiB, 2 MiB past a boundary (measured)', () => {
    expect(pmdTables(gib, [{ processes: 10, at: at + 2 * mib }])).toBe(10 * 2)
  })

  test('between a whole mapping and one of a part, where the part covers a whole table', () => {
    const uses = [
      { processes: 5, at },
      { processes: 5, at: at + 32 * gib, offset: gib, length: 2 * gib },
    ]
    expect(pmdTables(4 * gib, uses)).toBe(4)
  })

  test('not between those who write and those who only read', () => {
    const uses = [
      { processes: 5, at },
      { processes: 5, at, access: 'ro' as const },
    ]
    expect(pmdTables(2 * gib, uses)).toBe(2 + 2)
  })

  test('never by MAP_PRIVATE mappings (measured)', () => {
    expect(pmdTables(gib, [{ processes: 7, at, private: true }])).toBe(7)
    expect(pmdTables(gib, [{ processes: 7, at }], { backing: 'anonymous' })).toBe(7)
  })

  test('also by a process that maps the region twice (measured)', () => {
    const result = billed({
      host: { hugepages: [{ pageBytes, count: 512 }] },
      regions: { data: { size: gib, backing: 'hugetlbfs', pageBytes } },
      groups: {
        one: {
          maps: [
            { region: 'data', at },
            { region: 'data', at: at + 8 * gib },
          ],
        },
      },
    })
    const plan = strategy(result, 'as-described')
    expect(plan.pageTables.levels.pmd?.tables).toBe(1)
    // VmPTE counts it at both places, and a pud table.
    expect(plan.counters.sumVmPteBytes).toBe(3 * 4096)
  })

  test('only where touched: one page in each of three GiB of eight', () => {
    const touched = {
      kind: 'ranges' as const,
      ranges: [0, 3, 7].flatMap((each) => {
        const set = range((each * gib) / 4096, 1)
        return set.kind === 'ranges' ? set.ranges : []
      }),
    }
    expect(pmdTables(8 * gib, [{ processes: 50, at, touched }])).toBe(3)
  })

  test('not of pages of 1 GiB, which have none', () => {
    expect(pmdTables(gib, [{ processes: 9, at }], { pageBytes: gib })).toBe(0)
  })

  test('not of DAX, which has huge entries but no hugetlb', () => {
    expect(pmdTables(gib, [{ processes: 9, at }], { backing: 'dax' })).toBe(9)
  })

  test('with the last huge page mapped whole: ksys_mmap_pgoff() rounds 1023 MiB up', () => {
    const result = billed({
      regions: { data: { size: 1023 * mib } },
      groups: { all: { processes: 10, maps: [{ region: 'data' }] } },
    })
    expect(strategy(result, 'hugetlb-2m').pageTables.levels.pmd?.tables).toBe(1)
  })
})

describe('whether a layout shares them', () => {
  /** Two spans of a pmd table, touched by ten processes, on pages of the pmd's size. */
  function sharedOn(id: string): readonly (number | undefined)[] {
    const layout = findLayout(id)
    const [pte, pmd] = layout?.levels ?? []
    if (layout === undefined || pte === undefined || pmd?.name !== 'pmd') return []
    const huge = layout.hugePages.find(({ pages }) => pages === pte.reach)
    const result = billed({
      host: { layout, memory: 128 * tib },
      regions: { data: { size: 2 * pmd.reach * layout.pageBytes } },
      groups: { all: { processes: 10, maps: [{ region: 'data' }] } },
    })
    return [strategy(result, `hugetlb-${huge?.label}`).pageTables.levels.pmd?.tables]
  }

  test.each([
    'x86-64',
    'x86-64-5level',
    'arm64-4k-39',
    'arm64-4k-48',
    'arm64-4k-52',
    'arm64-16k-47',
    'arm64-16k-48',
    'arm64-16k-52',
    'riscv64-sv39',
    'riscv64-sv48',
    'riscv64-sv57',
  ])('%s does: CONFIG_ARCH_WANT_HUGE_PMD_SHARE', (id) => {
    expect(sharedOn(id)).toEqual([2])
  })

  test.each(['arm64-64k-48', 'arm64-64k-52', 'ppc64-radix-64k', 'ppc64-radix-4k', 's390x'])(
    '%s does not',
    (id) => {
      expect(sharedOn(id)).toEqual([20])
    },
  )
})
