import { describe, expect, test } from 'vitest'
import { findLayout } from '../../src/geometry/catalogue.ts'
import type { Layout } from '../../src/geometry/layout.ts'
import type { PlannedStrategy, Result } from '../../src/plan/result/result.ts'
import type { MappingParts, RegionParts } from '../build.ts'
import { gib, kib, mib, nth, planned, random, strategy, tib, x8664, zipf } from '../build.ts'

/** The layout of that id. */
function layoutOf(id: string): Layout {
  const found = findLayout(id)
  if (found === undefined) throw new RangeError(`no layout ${id}`)
  return found
}

/** The SGA of the 2022 cover letter, 300 GiB for 1500 clients, on another layout or at an address. */
function lkml(layout: Layout = x8664, map: Partial<MappingParts> = {}): Result {
  return planned({
    host: { layout, memory: 512 * gib },
    regions: { sga: { size: 300 * gib } },
    groups: { clients: { processes: 1500, maps: [{ region: 'sga', ...map }] } },
  })
}

function tablesOf({ pageTables: { levels } }: PlannedStrategy): Record<string, number> {
  return Object.fromEntries(Object.entries(levels).map(([name, { tables }]) => [name, tables]))
}

function regionBytes(result: Result, id: string): number {
  return nth(strategy(result, id).regions, 0).bytes
}

describe('300 GiB mapped by 1500 processes on huge pages', () => {
  const result = lkml()

  test('of 2 MiB takes 7,372,800 B: 300 pmd tables once and 1500 pud tables', () => {
    expect(regionBytes(result, 'hugetlb-2m')).toBe(7_372_800)
    expect(strategy(result, 'hugetlb-2m').pageTables.onceBytes).toBe(300 * 4096)
  })

  test('of 2 MiB is still counted in full by VmPTE, 301 tables in every process', () => {
    const { counters, pageTables } = strategy(result, 'hugetlb-2m')
    expect(counters.sumVmPteBytes).toBe(1500 * 301 * 4096)
    // PageTables has each once, with 1500 pgds.
    expect(counters.pageTablesBytes).toBe(7_372_800 + 1500 * 4096)
    expect(pageTables.bytes).toBe(7_372_800 + 1500 * 4096)
  })

  test('of 2 MiB, 2 MiB past a GiB, keeps both edges private: 299 shared, 2 in every process', () => {
    const moved = lkml(x8664, { at: 64 * tib + 2 * mib })
    expect(tablesOf(strategy(moved, 'hugetlb-2m'))).toMatchObject({ pmd: 299 + 3000, pud: 1500 })
    expect(regionBytes(moved, 'hugetlb-2m')).toBe(19_656_704)
  })

  test('of 1 GiB takes 1500 pud tables and nothing else', () => {
    expect(regionBytes(result, 'hugetlb-1g')).toBe(6_144_000)
  })

  test('of 1 GiB is refused at an address that is no multiple of 1 GiB', () => {
    const moved = lkml(x8664, { at: 64 * tib + 2 * mib })
    expect(moved.strategies.find(({ id }) => id === 'hugetlb-1g')).toMatchObject({
      applies: false,
      obstacles: [{ kind: 'alignment', region: 'sga' }],
    })
  })
})

describe('300 GiB mapped by 1500 processes on arm64', () => {
  test('takes 219.7 GiB of leaf entries with pages of 16 KiB', () => {
    const plain = strategy(lkml(layoutOf('arm64-16k-48')), 'base-pages')
    expect(nth(plain.regions, 0).leafEntryBytes).toBe(235_929_600_000)
    expect((235_929_600_000 / gib).toFixed(1)).toBe('219.7')
    // 300 GiB / 32 MiB, five of 64 GiB, one of 128 TiB.
    expect(tablesOf(plain)).toMatchObject({ pte: 14_400_000, pmd: 7500, pud: 1500 })
  })

  test('takes 54.9 GiB of leaf entries with pages of 64 KiB', () => {
    const plain = strategy(lkml(layoutOf('arm64-64k-48')), 'base-pages')
    expect(nth(plain.regions, 0).leafEntryBytes).toBe(58_982_400_000)
    expect((58_982_400_000 / gib).toFixed(1)).toBe('54.9')
    // 300 GiB / 512 MiB, and one of 4 TiB.
    expect(tablesOf(plain)).toEqual({ pte: 900_000, pmd: 1500, pgd: 1500 })
  })

  test('links four pmd tables of 64 GiB with pages of 32 MiB, and keeps the last 44 GiB private', () => {
    const huge = strategy(lkml(layoutOf('arm64-16k-48')), 'hugetlb-32m')
    expect(tablesOf(huge)).toMatchObject({ pte: 0, pmd: 4 + 1500, pud: 1500 })
  })
})

describe('1 TiB of 2 MiB pages mapped by 10,000 processes', () => {
  /** DAX has the same entries, and nothing that shares tables. */
  const planOf = (backing: 'sysv-shm' | 'dax'): PlannedStrategy => {
    const result = planned({
      host: { memory: 4 * tib, hugepages: [{ pageBytes: 2 * mib, count: 524_288 }] },
      regions: { data: { size: tib, backing, pageBytes: 2 * mib } },
      groups: { all: { processes: 10_000, maps: [{ region: 'data' }] } },
      strategies: ['as-described'],
    })
    return strategy(result, 'as-described')
  }

  test('saves 9,999 · 4 MiB by sharing pmd tables against having them each', () => {
    const [shared, each] = [planOf('sysv-shm'), planOf('dax')]
    expect(each.pageTables.bytes - shared.pageTables.bytes).toBe(9_999 * 4 * mib)
    expect((9_999 * 4 * mib) / gib).toBeCloseTo(39.06, 2)
  })

  test('has VmPTEs that say the same as without: the saving shows in PageTables alone', () => {
    const [shared, each] = [planOf('sysv-shm'), planOf('dax')]
    expect(shared.counters.sumVmPteBytes).toBe(each.counters.sumVmPteBytes)
    expect(each.counters.pageTablesBytes - shared.counters.pageTablesBytes).toBe(9_999 * 4 * mib)
  })
})

describe('huge pages that change no table', () => {
  test.each([
    ['arm64-4k-48', 'hugetlb-64k'],
    ['arm64-16k-48', 'hugetlb-2m'],
    ['arm64-64k-48', 'hugetlb-2m'],
    ['riscv64-sv48', 'hugetlb-64k'],
  ])('are the contiguous entries of %s, %s', (id, label) => {
    const result = lkml(layoutOf(id))
    const [plain, huge] = [strategy(result, 'base-pages'), strategy(result, label)]
    expect(huge.pageTables.levels).toEqual(plain.pageTables.levels)
    expect(huge.savings.bytes).toBe(0)
    expect(nth(huge.regions, 0).leafEntryBytes).toBe(nth(plain.regions, 0).leafEntryBytes)
  })

  test.each<[string, RegionParts['backing'], number]>([
    ['anonymous, with a pte table in deposit for each', 'anonymous', 0],
    ['of shared memory, 1 MiB out of phase', 'posix-shm', mib],
    ['of a file, 4 KiB out of phase', 'file', 4 * kib],
  ])('are transparent ones %s', (_, backing, past) => {
    const result = planned({
      regions: { data: { size: 3 * gib, backing: backing ?? 'posix-shm' } },
      groups: { all: { processes: 4, maps: [{ region: 'data', at: 64 * tib + past }] } },
    })
    const [plain, huge] = [strategy(result, 'base-pages'), strategy(result, 'thp-2m')]
    expect(huge.pageTables.levels).toEqual(plain.pageTables.levels)
    expect(huge.savings.bytes).toBe(0)
  })
})

/** One process that touches all of a region, and what its counters and bills say. */
function oneProcess(
  id: string,
  version: string,
  size: number,
  map: Partial<MappingParts> = {},
): { readonly vmPte: number; readonly pageTables: number; readonly physical: number } {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const result = planned({
    host: { layout: layoutOf(id), kernel: { major, minor } },
    regions: { data: { size } },
    groups: { one: { maps: [{ region: 'data', ...map }] } },
  })
  const { counters, pageTables } = strategy(result, 'base-pages')
  return {
    vmPte: counters.sumVmPteBytes,
    pageTables: counters.pageTablesBytes,
    physical: pageTables.bytes,
  }
}

describe('64 MiB on s390x: 64 pte tables of 2 KiB, one pmd table of 16 KiB, a pgd of 16 KiB', () => {
  test.each([
    // 32 pages of two pte tables, and one page of the four of the pmd table.
    ['6.1', 132, 160],
    // All four pages of it.
    ['6.6', 144, 160],
    // A page for each pte table.
    ['6.7', 272, 288],
    ['6.12', 272, 288],
    // The pgd.
    ['6.14', 288, 288],
  ])('on Linux %s is %d KiB in PageTables and takes %d KiB', (version, counted, physical) => {
    expect(oneProcess('s390x', version, 64 * mib)).toEqual({
      vmPte: 144 * kib,
      pageTables: counted * kib,
      physical: physical * kib,
    })
  })

  test('above 4 TiB has a pud table for what lies below, and one for each 4 TiB touched', () => {
    const low = oneProcess('s390x', '6.18', 64 * mib, { at: 2 * tib })
    const high = oneProcess('s390x', '6.18', 64 * mib, { at: 8 * tib })
    const grown = 2 * 16 * kib
    expect(high).toEqual({
      vmPte: low.vmPte + grown,
      pageTables: low.pageTables + grown,
      physical: low.physical + grown,
    })
  })

  test('above 4 TiB costs 16 KiB of VmPTE before any of it is touched', () => {
    const touched = { kind: 'ranges' as const, ranges: [] }
    expect(oneProcess('s390x', '6.1', 64 * mib, { at: 8 * tib, touched }).vmPte).toBe(16 * kib)
  })

  test('above 8 PiB has two levels more, of which VmPTE counts one', () => {
    const at = 2 ** 53
    const touched = { kind: 'ranges' as const, ranges: [] }
    expect(oneProcess('s390x', '6.18', 64 * mib, { at, touched })).toEqual({
      vmPte: 16 * kib,
      pageTables: 48 * kib,
      physical: 48 * kib,
    })
  })
})

describe('ppc64 with pages of 64 KiB', () => {
  test('hands out 256 pte tables and 16 pmd tables to a page of a process', () => {
    // One pte table of 256 B, a pmd and a pud table of 4 KiB; a page each for the first two.
    expect(oneProcess('ppc64-radix-64k', '6.12', 64 * kib)).toEqual({
      vmPte: 256 + 8 * kib,
      pageTables: 128 * kib,
      physical: (128 + 4 + 64) * kib,
    })
  })

  test('needs a second page for the 257th pte table, and for the 17th pmd table', () => {
    expect(oneProcess('ppc64-radix-64k', '6.12', 512 * mib).pageTables).toBe(128 * kib)
    expect(oneProcess('ppc64-radix-64k', '6.12', 514 * mib).pageTables).toBe(192 * kib)
    // 17 GiB: 8704 pte tables in 34 pages, 17 pmd tables in two.
    expect(oneProcess('ppc64-radix-64k', '6.12', 17 * gib).pageTables).toBe(36 * 64 * kib)
  })

  test('counts the pgd of a page since Linux 6.14, and never the pud tables from a slab', () => {
    expect(oneProcess('ppc64-radix-64k', '6.18', 64 * kib).pageTables).toBe(192 * kib)
    // The pgd of a kernel with pages of 4 KiB takes sixteen of them.
    expect(oneProcess('ppc64-radix-4k', '6.18', 4 * kib)).toEqual({
      vmPte: 12 * kib,
      pageTables: (8 + 64) * kib,
      physical: (12 + 64) * kib,
    })
  })
})

describe('arm64', () => {
  test.each([
    // 2, 32 and 64 entries of 8 B; 1024 are 8 KiB, still less than a page.
    ['arm64-16k-48', 3 * 16 * kib, 16],
    ['arm64-16k-52', 3 * 16 * kib, 256],
    ['arm64-64k-48', 2 * 64 * kib, 512],
    ['arm64-64k-52', 2 * 64 * kib, 8 * kib],
    ['arm64-4k-52', 4 * 4 * kib, 128],
  ])('%s has a pgd from a slab, which no counter counts', (id, tables, pgd) => {
    const layout = layoutOf(id)
    const { pageTables, physical } = oneProcess(id, '6.18', layout.pageBytes)
    // With five levels, the p4d table of the program beside that of the mapping is the same one.
    expect(pageTables).toBe(tables)
    expect(physical).toBe(tables + pgd)
  })

  test('with pages of 4 KiB and 48 bits has a pgd of a page, counted since Linux 6.14', () => {
    expect(oneProcess('arm64-4k-48', '6.12', 4 * kib).pageTables).toBe(12 * kib)
    expect(oneProcess('arm64-4k-48', '6.14', 4 * kib).pageTables).toBe(16 * kib)
  })
})

describe('tables that share an allocation, where chance decides how many there are', () => {
  const assumptionOf = (id: string, touched: MappingParts['touched']): boolean =>
    planned({
      host: { layout: layoutOf(id) },
      regions: { data: { size: 8 * gib } },
      groups: {
        all: {
          processes: 3,
          maps: [{ region: 'data', ...(touched === undefined ? {} : { touched }) }],
        },
      },
    }).assumptions.some(({ path }) => path === 'pageTables.bytes')

  test('are counted as the allocations of the expected tables, which is said', () => {
    expect(assumptionOf('ppc64-radix-64k', random(100))).toBe(true)
  })

  test('are within 1e-9 of their sums under accesses by rank, which is said', () => {
    const saidOf = (order: 'in-order' | 'scattered') =>
      planned({
        regions: { data: { size: gib } },
        groups: { all: { maps: [{ region: 'data', touched: zipf(1, 100, order) }] } },
      }).assumptions.find(({ path }) => path === 'pageTables.levels')?.value
    expect(saidOf('in-order')).toMatch(/^expected under zipf, within 1e-9$/)
    expect(saidOf('scattered')).toMatch(/at most 0\.2 tables too high at each level/)
  })

  test('are exact without chance, and so is the expectation where each table stands alone', () => {
    expect(assumptionOf('ppc64-radix-64k', undefined)).toBe(false)
    expect(assumptionOf('s390x', random(100))).toBe(false)
    expect(assumptionOf('x86-64', random(100))).toBe(false)
  })
})
