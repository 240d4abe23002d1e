import { describe, expect, test } from 'vitest'
import type { PlannedStrategy, Result } from '../../src/plan/result.ts'
import type { GroupParts, RegionParts, WorkloadParts } from '../build.ts'
import { gib, mib, nth, planned, strategy } from '../build.ts'

/*
 * Huge pages come from a pool that is set aside. On x86-64 a pte table spans 2 MiB, a pmd table
 * 1 GiB, a pud table 512 GiB, and each takes 4096 B. 512 huge pages of 2 MiB are 1 GiB.
 */
const pageBytes = 2 * mib

function pooled(
  count: number,
  regions: Readonly<Record<string, RegionParts>>,
  groups: Readonly<Record<string, GroupParts>>,
  host: WorkloadParts['host'] = {},
): Result {
  const hugepages = count === 0 ? [] : [{ pageBytes, count }]
  return planned({ host: { memory: 128 * gib, hugepages, ...host }, regions, groups })
}

function described(result: Result): PlannedStrategy {
  return strategy(result, 'as-described')
}

function tables({ pageTables: { levels } }: PlannedStrategy): (number | undefined)[] {
  return [levels.pte, levels.pmd, levels.pud].map((level) => level?.tables)
}

/** A shared segment that goes on with base pages, as Oracle does. */
function mixed(size: number): RegionParts {
  return { size, backing: 'sysv-shm', pageBytes, fallback: 'base-pages' }
}

function poolFindings(result: Result) {
  return result.findings.filter(
    ({ kind }) => kind === 'pool-too-small' || kind === 'stranded-huge-pages',
  )
}

function lineOf({ memory }: PlannedStrategy, name: string): number | undefined {
  return memory.lines.find((line) => line.name === name)?.bytes
}

describe('an SGA of 75 GiB for 600 sessions, where the pool has 70 GiB', () => {
  const result = pooled(
    35_840,
    { sga: mixed(75 * gib) },
    { sessions: { processes: 600, maps: [{ region: 'sga' }] } },
  )
  const plan = described(result)

  test('links 70 pmd tables and has 5 GiB of base-page tables in every session', () => {
    // 5 GiB / 2 MiB = 2560 pte and 5 pmd tables a session, and a pud table.
    expect(tables(plan)).toEqual([600 * 2560, 70 + 600 * 5, 600])
    expect(plan.pageTables.onceBytes).toBe(70 * 4096)
    expect(nth(plan.regions, 0).bytes).toBe((70 + 600 * 2566) * 4096)
  })

  test('enters 35,840 huge pages once and 1,310,720 base pages in every session', () => {
    expect(nth(plan.regions, 0).leafEntryBytes).toBe((35_840 + 600 * 1_310_720) * 8)
  })

  test('takes 70 GiB for the pool and 5 GiB of shared memory beside it', () => {
    expect(lineOf(plan, 'huge-page pool 2m')).toBe(-70 * gib)
    expect(lineOf(plan, 'resident shared memory: sga')).toBe(5 * gib)
  })

  test('is reported as a pool too small, with no page stranded', () => {
    expect(poolFindings(result)).toMatchObject([
      { kind: 'pool-too-small', severity: 'warning', neededPages: 38_400, poolPages: 35_840 },
    ])
  })

  test('needs no pool, and all its tables, on base pages', () => {
    const plain = strategy(result, 'base-pages')
    expect(tables(plain)).toEqual([600 * 38_400, 600 * 75, 600])
    expect(lineOf(plain, 'huge-page pool 2m')).toBeUndefined()
    expect(lineOf(plain, 'resident shared memory: sga')).toBe(75 * gib)
  })

  test('needs a pool of exactly 75 GiB on huge pages', () => {
    expect(lineOf(strategy(result, 'hugetlb-2m'), 'huge-page pool 2m')).toBe(-75 * gib)
    expect(lineOf(strategy(result, 'hugetlb-1g'), 'huge-page pool 1g')).toBe(-75 * gib)
  })
})

describe('an SGA of 75 GiB where the pool has 80 GiB', () => {
  const result = pooled(
    40_960,
    { sga: mixed(75 * gib) },
    { sessions: { processes: 600, maps: [{ region: 'sga' }] } },
  )

  test('strands 2560 pages, 5 GiB', () => {
    expect(poolFindings(result)).toMatchObject([
      { kind: 'stranded-huge-pages', pages: 2560, bytes: 5 * gib, pageBytes },
    ])
  })

  test('loses the whole pool to it, used or not', () => {
    expect(lineOf(described(result), 'huge-page pool 2m')).toBe(-80 * gib)
    expect(described(result).memory.demandBytes).toBe(described(result).pageTables.bytes)
  })
})

describe('several regions in one pool', () => {
  const maps = { maps: [{ region: 'first' }, { region: 'second' }] }

  test('take their pages in file order', () => {
    const result = pooled(
      1536,
      { first: mixed(gib), second: mixed(4 * gib) },
      { one: { processes: 10, ...maps } },
    )
    expect(poolFindings(result)).toMatchObject([
      { kind: 'pool-too-small', region: 'second', neededPages: 2048, poolPages: 1024 },
    ])
    // 1 and 2 GiB linked, 2 GiB in 1024 pte and 2 pmd tables a process.
    expect(tables(described(result))).toEqual([10 * 1024, 3 + 10 * 2, 10])
  })

  test('that may not fall back leave the pool to those behind them', () => {
    const result = pooled(
      1024,
      { first: { size: 4 * gib, backing: 'memfd', pageBytes }, second: mixed(2 * gib) },
      { one: { processes: 10, ...maps } },
    )
    expect(poolFindings(result)).toMatchObject([
      { kind: 'pool-too-small', severity: 'error', region: 'first', poolPages: 1024 },
    ])
    expect(described(result).obstacles).toEqual([
      { kind: 'pool', region: 'first', need: '2048 pages', found: '1024 pages' },
    ])
  })

  test('of the wrong size are stranded beside what they could back', () => {
    const hugepages = [
      { pageBytes, count: 1024 },
      { pageBytes: gib, count: 3 },
    ]
    const result = pooled(
      0,
      { sga: mixed(3 * gib) },
      { one: { maps: [{ region: 'sga' }] } },
      { hugepages },
    )
    expect(poolFindings(result)).toMatchObject([
      { kind: 'pool-too-small', neededPages: 1536, poolPages: 1024 },
      { kind: 'stranded-huge-pages', pageBytes: gib, pages: 3 },
    ])
  })
})

describe('private huge pages', () => {
  test('are needed once for every process', () => {
    const result = pooled(
      4096,
      { heap: { size: gib, backing: 'anonymous', pageBytes } },
      { workers: { processes: 8, maps: [{ region: 'heap' }] } },
    )
    expect(poolFindings(result)).toEqual([])
    expect(tables(described(result))).toEqual([0, 8, 8])
  })

  test('that do not go round back an equal part of every copy', () => {
    const result = pooled(
      2563,
      { heap: { ...mixed(gib), backing: 'anonymous' } },
      { workers: { processes: 10, maps: [{ region: 'heap' }] } },
    )
    // 256 huge pages, 512 MiB, in each of ten; the other 512 MiB in 256 pte tables each.
    expect(tables(described(result))).toEqual([10 * 256, 10, 10])
    expect(lineOf(described(result), 'private region: heap')).toBe(10 * 512 * mib)
    expect(poolFindings(result)).toMatchObject([
      { kind: 'pool-too-small', neededPages: 5120, poolPages: 2560 },
      { kind: 'stranded-huge-pages', pages: 3 },
    ])
  })

  test('of a part of the region are needed as far as that part reaches', () => {
    const parts = { region: 'file', private: true, offset: gib, length: gib }
    const result = pooled(
      1000,
      { file: { ...mixed(3 * gib), backing: 'hugetlbfs' } },
      { copies: { processes: 2, maps: [parts] } },
    )
    // The file has its own GiB beside the copies: 333 pages for each of the three, and of each copy
    // 512 − 333 are left for base pages.
    expect(tables(described(result))).toEqual([2 * (512 - 333), 2, 2])
  })
})

describe('what a pool must hold of a region', () => {
  const parts = { region: 'data', length: 2 * gib }

  test('is what is mapped of a file or memfd, and all of a segment', () => {
    // A memfd of 64 huge pages of which 4 were mapped reserved 4 (HugePages_Rsvd on Linux 6.18).
    const needed = (backing: 'memfd' | 'sysv-shm'): number =>
      lineOf(
        strategy(
          pooled(
            0,
            { data: { size: 10 * gib, backing } },
            { all: { processes: 3, maps: [parts] } },
          ),
          'hugetlb-2m',
        ),
        'huge-page pool 2m',
      ) ?? 0
    expect(needed('memfd')).toBe(-2 * gib)
    expect(needed('sysv-shm')).toBe(-10 * gib)
  })

  test('is a copy for each private mapper beside the file: the third of 1 GiB found 1,700 pages too few', () => {
    const mappers = (processes: number) =>
      pooled(
        1700,
        { file: { size: gib, backing: 'hugetlbfs', pageBytes: 2 * mib } },
        { all: { processes, maps: [{ region: 'file', private: true }] } },
      ).findings.some(({ kind }) => kind === 'pool-too-small')
    expect([mappers(2), mappers(3)]).toEqual([false, true])
  })
})

describe('an mshare region', () => {
  test('that its pool backs only in part is not shared, and both parts are billed', () => {
    const result = pooled(
      512,
      { data: { ...mixed(2 * gib), backing: 'memfd', mshare: { mode: 0o600 } } },
      { all: { processes: 10, maps: [{ region: 'data' }] } },
    )
    const plan = described(result)
    expect(plan.obstacles).toEqual([
      { kind: 'pool', region: 'data', need: '1024 pages', found: '512 pages' },
    ])
    expect(tables(plan)).toEqual([10 * 512, 1 + 10, 10])
    expect(lineOf(plan, 'resident shared memory: data')).toBe(gib)
    // The strategy plans the pool it needs.
    expect(tables(strategy(result, 'mshare'))).toEqual([0, 2, 1])
  })
})

describe('a pool in pages', () => {
  const sga = (pool: number) =>
    described(
      pooled(
        pool,
        { sga: { ...mixed(75 * gib), backing: 'sysv-shm' } },
        { sessions: { processes: 600, maps: [{ region: 'sga' }] } },
      ),
    ).memory.pools

  test('of 70 GiB under an SGA of 75 GiB is all used, and nothing stranded', () => {
    const [pool] = sga(35_840)
    expect(pool).toEqual({
      pageBytes: 2 * mib,
      pages: 35_840,
      usedPages: 35_840,
      strandedPages: 0,
      missingPages: 0,
    })
  })

  test('of 80 GiB strands 2,560 pages', () => {
    expect(sga(40_960)).toMatchObject([{ usedPages: 38_400, strandedPages: 2560 }])
  })
})

test('a gate judges a plan that goes on on base pages, and not one whose region cannot be mapped', () => {
  const verdict = (fallback: 'base-pages' | 'fail') =>
    planned({
      host: { memory: 128 * gib, hugepages: [{ pageBytes, count: 512 }] },
      regions: { data: { ...mixed(2 * gib), backing: 'memfd', fallback, mshare: { mode: 0o600 } } },
      groups: { all: { processes: 10, maps: [{ region: 'data' }] } },
      gates: { risk: 'oom', strategy: 'as-described' },
    }).verdict
  expect([verdict('base-pages'), verdict('fail')]).toEqual(['pass', 'fail'])
})
