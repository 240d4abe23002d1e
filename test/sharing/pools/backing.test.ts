import { describe, expect, test } from 'vitest'
import type { PlannedStrategy } from '../../../src/plan/result/result.ts'
import { backWithPool } from '../../../src/sharing/pools/backing.ts'
import { poolNeeds } from '../../../src/sharing/pools/needs.ts'
import type { GroupParts, RegionParts, WorkloadParts } from '../../build.ts'
import { gib, mib, workload } from '../../build.ts'
import {
  described,
  lineOf,
  mixed,
  pageBytes,
  pooled,
  poolFindings,
  strandedIn,
  tables,
  whole,
} from '../pooled.ts'

/** What the pool backs of the mappings of one group, part by part of it, in base pages. */
function piecesIn(pool: number, region: RegionParts, group: GroupParts) {
  const all = { maps: [{ region: 'data' }], ...group }
  const described = workload(pooled(pool, { data: region }, { all }))
  const backing = backWithPool(described, poolNeeds(described))
  return backing.workload.groups.map(({ processes, maps }) => ({
    processes,
    pieces: maps.map((mapping) => backing.backed.get(mapping)),
  }))
}

describe('a pool backs', () => {
  test('all of a mapping that it holds, which is no piece of it', () => {
    expect(piecesIn(1024, mixed(2 * gib), {})).toEqual([{ processes: 1, pieces: [undefined] }])
  })

  test('the first 512 MiB where it has 256 pages and the rest may be on base pages', () => {
    expect(piecesIn(256, mixed(2 * gib), { processes: 10 })).toEqual([
      { processes: 10, pieces: [[{ from: 0, to: 256 * 512 }]] },
    ])
  })

  test('whole objects where the others go to base pages: two of four', () => {
    const chunks = whole(4 * gib, { objects: 4 })
    expect(piecesIn(1300, chunks, {})).toEqual([
      { processes: 1, pieces: [[{ from: 0, to: 1024 * 512 }]] },
    ])
  })

  test('only what is mapped: 27 pages from MiB 1494 on', () => {
    const file: RegionParts = { ...mixed(1814 * mib), backing: 'memfd' }
    expect(piecesIn(27, file, { maps: [{ region: 'data', offset: 1494 * mib }] })).toEqual([
      { processes: 1, pieces: [[{ from: 747 * 512, to: 774 * 512 }]] },
    ])
  })

  test('private memory of the first five processes, so that the group is cut in two', () => {
    const heap: RegionParts = { ...whole(gib), backing: 'anonymous' }
    expect(piecesIn(2563, heap, { processes: 10 })).toEqual([
      { processes: 5, pieces: [undefined] },
      { processes: 5, pieces: [[]] },
    ])
  })

  test('and of a sixth three pages, where the memory may be mixed', () => {
    const heap: RegionParts = { ...mixed(gib), backing: 'anonymous' }
    expect(piecesIn(2563, heap, { processes: 10 })).toEqual([
      { processes: 5, pieces: [undefined] },
      { processes: 1, pieces: [[{ from: 0, to: 3 * 512 }]] },
      { processes: 4, pieces: [[]] },
    ])
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

describe('private huge pages', () => {
  test('are needed once for every process', () => {
    const setup = pooled(
      4096,
      { heap: { size: gib, backing: 'anonymous', pageBytes } },
      { workers: { processes: 8, maps: [{ region: 'heap' }] } },
    )
    expect(poolFindings(setup)).toEqual([])
    expect(tables(described(setup))).toEqual([0, 8, 8])
  })

  const workers = (fallback: 'mixed' | 'base-pages'): WorkloadParts =>
    pooled(
      2563,
      { heap: { ...mixed(gib), backing: 'anonymous', fallback } },
      { workers: { processes: 10, maps: [{ region: 'heap' }] } },
    )

  test('that do not go round are had by the first processes; the others map base pages', () => {
    const setup = workers('base-pages')
    const plan = described(setup)
    // 512 huge pages in each of five, 2560 in all; 512 pte tables in each of the others.
    expect(tables(plan)).toEqual([5 * 512, 10, 10])
    expect(lineOf(plan, 'private region: heap')).toBe(5 * gib)
    expect(poolFindings(setup)).toMatchObject([
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
    const setup = workers('mixed')
    expect(tables(described(setup))).toEqual([509 + 4 * 512, 10, 10])
    expect(strandedIn(described(setup))).toBe(0)
    expect(lineOf(described(setup), 'private region: heap')).toBe(5 * gib - 6 * mib)
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
    // The file has its own GiB, and so has each copy: 512 pages for it, 488 for the first copy.
    expect(tables(copies('mixed'))).toEqual([512 - 488 + 512, 2, 2])
    expect(tables(copies('base-pages'))).toEqual([2 * 512, 2, 2])
    expect(strandedIn(copies('base-pages'))).toBe(488)
  })
})
