import { describe, expect, test } from 'vitest'
import type { PlannedStrategy, Result } from '../../src/plan/result/result.ts'
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

/** A shared segment that goes on with base pages behind what the pool has, as Oracle does. */
function mixed(size: number): RegionParts {
  return { size, backing: 'sysv-shm', pageBytes, fallback: 'mixed' }
}

/** Shared memory that is on base pages as a whole where the pool does not hold it, as PostgreSQL's. */
function whole(size: number, more: Partial<RegionParts> = {}): RegionParts {
  return { size, backing: 'anonymous-shared', pageBytes, fallback: 'base-pages', ...more }
}

function strandedIn({ memory }: PlannedStrategy): number {
  return memory.pools.reduce((sum, { strandedPages }) => sum + strandedPages, 0)
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
      {
        kind: 'pool-too-small',
        severity: 'warning',
        fallback: 'mixed',
        neededPages: 38_400,
        poolPages: 35_840,
        takenPages: 35_840,
      },
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

describe('PostgreSQL with huge_pages = try: 1,065 pages of shared memory, 1,000 in the pool', () => {
  const server = (pool: number): Result =>
    pooled(
      pool,
      { buffers: whole(1065 * pageBytes) },
      { backends: { processes: 320, maps: [{ region: 'buffers' }] } },
    )

  test('is all on base pages, as HugetlbPages 0 showed, and the 1,000 pages are idle', () => {
    const result = server(1000)
    // 1065 pte, ⌈1065 / 512⌉ = 3 pmd and 1 pud table each: 1.3 GiB.
    expect(tables(described(result))).toEqual([320 * 1065, 320 * 3, 320])
    expect(lineOf(described(result), 'huge-page pool 2m')).toBe(-2000 * mib)
    expect(lineOf(described(result), 'resident shared memory: buffers')).toBe(2130 * mib)
    expect(described(result).memory.commit.committedBytes).toBe(2130 * mib)
    expect(poolFindings(result)).toMatchObject([
      { kind: 'pool-too-small', fallback: 'base-pages', neededPages: 1065, poolPages: 1000 },
      { kind: 'stranded-huge-pages', pages: 1000 },
    ])
  })

  test('needs 65 pages more to have hardly any tables', () => {
    // Two pmd tables are linked, the third is each process's own.
    expect(tables(described(server(1065)))).toEqual([0, 2 + 320, 320])
    expect(poolFindings(server(1065))).toEqual([])
    expect(tables(described(server(1064)))).toEqual([320 * 1065, 320 * 3, 320])
  })
})

describe('a region of four objects of 1 GiB where the pool has 1,300 pages', () => {
  const chunks = (more: Partial<RegionParts>, offset = 0): PlannedStrategy =>
    described(
      pooled(
        1300,
        { pool: whole(4 * gib, { objects: 4, ...more }) },
        { all: { processes: 10, maps: [{ region: 'pool', offset }] } },
      ),
    )

  test('has two objects in the pool and two on base pages, and 276 pages are idle', () => {
    const plan = chunks({})
    expect(tables(plan)).toEqual([10 * 1024, 2 + 10 * 2, 10])
    expect(strandedIn(plan)).toBe(276)
    expect(plan.memory.commit.committedBytes).toBe(2 * gib)
  })

  test('as one object is on base pages as a whole', () => {
    expect(tables(chunks({ objects: 1 }))).toEqual([10 * 2048, 10 * 4, 10])
    expect(strandedIn(chunks({ objects: 1 }))).toBe(1300)
  })

  test('mixed has the first 1,300 pages on huge pages, and none is idle', () => {
    const plan = chunks({ fallback: 'mixed' })
    // 276 pages of the third GiB: its pmd table is each process's own.
    expect(tables(plan)).toEqual([10 * (2048 - 1300), 2 + 10 * 2, 10])
    expect(strandedIn(plan)).toBe(0)
  })

  test('goes on behind an object that does not fit with a smaller one that does', () => {
    const plan = (pool: number) =>
      described(
        pooled(
          pool,
          { pool: whole(4 * gib, { objects: 4, backing: 'memfd' }) },
          {
            one: { maps: [{ region: 'pool', offset: gib, length: gib }] },
            other: { maps: [{ region: 'pool', offset: 2 * gib, length: 256 * mib }] },
          },
        ),
      )
    // The GiB needs 512 pages, the quarter of the next object 128.
    expect([plan(640), plan(511), plan(127)].map(tables)).toEqual([
      [0, 2, 2],
      [512, 2, 2],
      [640, 2, 2],
    ])
    expect([plan(640), plan(511), plan(127)].map(strandedIn)).toEqual([0, 383, 127])
  })

  test('that end between huge pages take whole pages each: three of 513 make 1,539', () => {
    const plan = (pool: number) =>
      described(
        pooled(
          pool,
          { data: whole(3 * gib + 3 * mib, { backing: 'sysv-shm', objects: 3 }) },
          { all: { maps: [{ region: 'data' }] } },
        ),
      )
    expect([plan(1539), plan(1538)].map(strandedIn)).toEqual([0, 512])
  })
})

describe('a memfd of 1814 MiB, mapped from 1494 MiB on, where the pool has 27 pages', () => {
  const at = 0x80c0000000
  const mapped = (fallback: 'mixed' | 'base-pages', pool = 27): PlannedStrategy =>
    described(
      pooled(
        pool,
        { m: whole(1814 * mib, { backing: 'memfd', fallback }) },
        { g: { processes: 3, maps: [{ region: 'm', at, offset: 1494 * mib }] } },
      ),
    )

  test('is on base pages as a whole: 160 pte tables in each of three', () => {
    expect(tables(mapped('base-pages'))).toEqual([3 * 160, 3, 3])
    expect(strandedIn(mapped('base-pages'))).toBe(27)
  })

  test('mixed has the first 27 pages of what is mapped on huge pages', () => {
    expect(tables(mapped('mixed'))).toEqual([3 * (160 - 27), 3, 3])
    expect(strandedIn(mapped('mixed'))).toBe(0)
    expect(lineOf(mapped('mixed'), 'resident shared memory: m')).toBe((320 - 54) * mib)
  })

  test('needs the 160 pages of what is mapped, and no more', () => {
    expect(tables(mapped('base-pages', 160))).toEqual([0, 3, 3])
    expect(tables(mapped('base-pages', 159))).toEqual([3 * 160, 3, 3])
  })
})

test('a SysV segment of huge pages that no process maps takes its pages from the pool', () => {
  const plan = described(pooled(1024, { old: mixed(gib) }, { one: {} }))
  expect(plan.memory.pools).toMatchObject([{ usedPages: 512, strandedPages: 512 }])
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

  const workers = (fallback: 'mixed' | 'base-pages'): Result =>
    pooled(
      2563,
      { heap: { ...mixed(gib), backing: 'anonymous', fallback } },
      { workers: { processes: 10, maps: [{ region: 'heap' }] } },
    )

  test('that do not go round are had by the first processes; the others map base pages', () => {
    const result = workers('base-pages')
    const plan = described(result)
    // 512 huge pages in each of five, 2560 in all; 512 pte tables in each of the others.
    expect(tables(plan)).toEqual([5 * 512, 10, 10])
    expect(lineOf(plan, 'private region: heap')).toBe(5 * gib)
    expect(poolFindings(result)).toMatchObject([
      { kind: 'pool-too-small', neededPages: 5120, poolPages: 2563, takenPages: 2560 },
      { kind: 'stranded-huge-pages', pages: 3 },
    ])
  })

  test('are billed in two parts of the group, and the killer takes one of the second', () => {
    const { groups, risk } = described(workers('base-pages'))
    expect(
      groups.map(({ name, processes, perProcess }) => [name, processes, perProcess.bytes]),
    ).toEqual([
      ['workers', 5, 3 * 4096],
      ['workers', 5, (512 + 3) * 4096],
    ])
    expect(risk.victim).toMatchObject({ group: 'workers', freedBytes: gib + 515 * 4096 })
  })

  test('that are mixed are all used: the sixth process has three of them', () => {
    const result = workers('mixed')
    expect(tables(described(result))).toEqual([509 + 4 * 512, 10, 10])
    expect(strandedIn(described(result))).toBe(0)
    expect(lineOf(described(result), 'private region: heap')).toBe(5 * gib - 6 * mib)
  })

  test('of a part of the region are needed as far as that part reaches', () => {
    const parts = { region: 'file', private: true, offset: gib, length: gib }
    const copies = (fallback: 'mixed' | 'base-pages'): PlannedStrategy =>
      described(
        pooled(
          1000,
          { file: { ...mixed(3 * gib), backing: 'hugetlbfs', fallback } },
          { copies: { processes: 2, maps: [parts] } },
        ),
      )
    // The file has its own GiB beside the copies: 512 pages for it, 488 for the first copy.
    expect(tables(copies('mixed'))).toEqual([512 - 488 + 512, 2, 2])
    expect(tables(copies('base-pages'))).toEqual([2 * 512, 2, 2])
    expect(strandedIn(copies('base-pages'))).toBe(488)
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
        { sga: mixed(75 * gib) },
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
  const verdict = (fallback: 'base-pages' | 'mixed' | 'fail') =>
    planned({
      host: { memory: 128 * gib, hugepages: [{ pageBytes, count: 512 }] },
      regions: { data: { ...mixed(2 * gib), backing: 'memfd', fallback, mshare: { mode: 0o600 } } },
      groups: { all: { processes: 10, maps: [{ region: 'data' }] } },
      gates: { risk: 'oom', strategy: 'as-described' },
    }).verdict
  expect([verdict('base-pages'), verdict('mixed'), verdict('fail')]).toEqual([
    'pass',
    'pass',
    'fail',
  ])
})

describe('log buffers that are asked for after a buffer pool', () => {
  const logs = { ...whole(32 * mib), objects: 2 }
  const server = { processes: 1, maps: [{ region: 'pool' }, { region: 'logs' }] }
  const planWith = (count: number, after?: string) =>
    pooled(
      count,
      { pool: whole(2 * gib), logs: { ...logs, ...(after === undefined ? {} : { after }) } },
      { server },
    )

  test('take none of the huge pages where the buffer pool has none', () => {
    const plan = described(planWith(1000, 'pool'))
    expect(strandedIn(plan)).toBe(1000)
    expect(strandedIn(described(planWith(1000)))).toBe(984)
  })

  test('take what they find where it has all of them', () => {
    expect(strandedIn(described(planWith(1040, 'pool')))).toBe(0)
    // 1,024 pages for the pool, 8 for the first of the two, and 7 that hold none of 8.
    expect(strandedIn(described(planWith(1039, 'pool')))).toBe(7)
  })

  test('are no finding of their own where they do not ask', () => {
    const found = poolFindings(planWith(1000, 'pool')).map((finding) => finding.kind)
    expect(found).toEqual(['pool-too-small', 'stranded-huge-pages'])
  })
})
