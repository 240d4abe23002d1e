import { describe, expect, test } from 'vitest'
import type { PlannedStrategy } from '../../../src/plan/result/result.ts'
import type { PoolNeed } from '../../../src/sharing/pools/needs.ts'
import { isRefused, isShort, pagesMissing, poolNeeds } from '../../../src/sharing/pools/needs.ts'
import type { GroupParts, RegionParts } from '../../build.ts'
import { gib, mib, nth, workload } from '../../build.ts'
import {
  described,
  mixed,
  pageBytes,
  pooled,
  poolFindings,
  strandedIn,
  tables,
  whole,
} from '../pooled.ts'

/** The need of the only region of a workload, and its share of a pool of `pages`. */
function needOf(pages: number, region: RegionParts, group: GroupParts = {}): PoolNeed {
  const all = { maps: [{ region: 'data' }], ...group }
  return nth(poolNeeds(workload(pooled(pages, { data: region }, { all }))), 0)
}

describe('four objects of 512 pages that ask a pool of 1,300', () => {
  const chunks = (fallback: RegionParts['fallback'] & string): PoolNeed =>
    needOf(1300, { ...whole(4 * gib, { objects: 4 }), fallback })

  test('get two whole objects where the others are on base pages', () => {
    const need = chunks('base-pages')
    expect(need).toMatchObject({ pages: 2048, available: 1300, granted: 1024 })
    const objects = [{ first: 0, count: 2, pages: 512 }]
    expect(need.grants).toMatchObject([{ shares: [{ processes: 1, pages: 1024, objects }] }])
    expect([isShort(need), isRefused(need)]).toEqual([true, false])
  })

  test('get every page where they are mixed', () => {
    const need = chunks('mixed')
    expect(need.granted).toBe(1300)
    expect(need.grants[0]?.shares).toEqual([{ processes: 1, pages: 1300 }])
  })

  test('get none where they may not fall back', () => {
    const need = chunks('fail')
    expect(need).toMatchObject({ pages: 2048, granted: 0 })
    expect([isShort(need), isRefused(need)]).toEqual([true, true])
  })

  test('get all from a pool that holds them, and leave the rest', () => {
    const need = needOf(3000, whole(4 * gib, { objects: 4 }))
    expect([need.granted, isShort(need)]).toEqual([2048, false])
  })
})

describe('ten processes with 512 private huge pages each that ask a pool of 2,563', () => {
  const heaps = (fallback: 'mixed' | 'base-pages'): PoolNeed =>
    needOf(2563, { ...mixed(gib), backing: 'anonymous', fallback }, { processes: 10 })

  test('are five that have all, and five that have none', () => {
    const { granted, grants } = heaps('base-pages')
    expect(granted).toBe(2560)
    expect(grants[0]?.shares).toEqual([
      { processes: 5, pages: 512, objects: [{ first: 0, count: 1, pages: 512 }] },
      { processes: 5, pages: 0, objects: [] },
    ])
  })

  test('are five that have all, one that has three, and four that have none, where mixed', () => {
    const { granted, grants } = heaps('mixed')
    expect(granted).toBe(2563)
    expect(grants[0]?.shares).toEqual([
      { processes: 5, pages: 512 },
      { processes: 1, pages: 3 },
      { processes: 4, pages: 0 },
    ])
  })
})

describe('a region that asks after another one', () => {
  const asks = (pages: number): readonly (readonly [boolean, number])[] => {
    const regions = { pool: whole(2 * gib), logs: whole(32 * mib, { after: 'pool' }) }
    const all = { maps: [{ region: 'pool' }, { region: 'logs' }] }
    return poolNeeds(workload(pooled(pages, regions, { all }))).map((need) => [
      need.asks,
      need.granted,
    ])
  }

  test('asks where that one has all its pages, and not where it lacks one', () => {
    expect(asks(1040)).toEqual([
      [true, 1024],
      [true, 16],
    ])
    expect(asks(1023)).toEqual([
      [true, 0],
      [false, 0],
    ])
  })
})

describe('pages that pools lack', () => {
  const missing = (first: RegionParts): Record<string, number> => {
    const regions = { first, second: mixed(2 * gib) }
    const one = { maps: [{ region: 'first' }, { region: 'second' }] }
    const lacking = pagesMissing(workload(pooled(1024, regions, { one })))
    return Object.fromEntries(lacking)
  }

  test('are those of regions that may not fall back, and those that the others take', () => {
    // 2,048 for the first and 1,024 that the second has already, of 1,024.
    expect(missing({ size: 4 * gib, backing: 'memfd', pageBytes })).toEqual({ [pageBytes]: 2048 })
  })

  test('are not counted where every region goes on without them', () => {
    expect(missing(mixed(4 * gib))).toEqual({})
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

describe('several regions in one pool', () => {
  const maps = { maps: [{ region: 'first' }, { region: 'second' }] }

  test('take their pages in file order', () => {
    const setup = pooled(
      1536,
      { first: mixed(gib), second: mixed(4 * gib) },
      { one: { processes: 10, ...maps } },
    )
    expect(poolFindings(setup)).toMatchObject([
      { kind: 'pool-too-small', region: 'second', neededPages: 2048, poolPages: 1024 },
    ])
    // 1 and 2 GiB linked, 2 GiB in 1024 pte and 2 pmd tables a process.
    expect(tables(described(setup))).toEqual([10 * 1024, 3 + 10 * 2, 10])
  })

  test('that may not fall back leave the pool to those behind them', () => {
    const setup = pooled(
      1024,
      { first: { size: 4 * gib, backing: 'memfd', pageBytes }, second: mixed(2 * gib) },
      { one: { processes: 10, ...maps } },
    )
    expect(poolFindings(setup)).toMatchObject([
      { kind: 'pool-too-small', severity: 'error', region: 'first', poolPages: 1024 },
    ])
    expect(described(setup).obstacles).toEqual([
      { kind: 'pool', region: 'first', need: '2048 pages', found: '1024 pages' },
    ])
  })

  test('of the wrong size are stranded', () => {
    const hugepages = [
      { pageBytes, count: 1024 },
      { pageBytes: gib, count: 3 },
    ]
    const setup = pooled(
      0,
      { sga: mixed(3 * gib) },
      { one: { maps: [{ region: 'sga' }] } },
      { hugepages },
    )
    expect(poolFindings(setup)).toMatchObject([
      { kind: 'pool-too-small', neededPages: 1536, poolPages: 1024 },
      { kind: 'stranded-huge-pages', pageBytes: gib, pages: 3 },
    ])
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
