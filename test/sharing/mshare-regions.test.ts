import { describe, expect, test } from 'vitest'
import type { PlannedStrategy } from '../../src/plan/result/result.ts'
import { planAll } from '../../src/plan/strategy/plans.ts'
import type { RegionParts, WorkloadParts } from '../build.ts'
import {
  billed,
  fiveLevels,
  gib,
  kib,
  mib,
  nth,
  planned,
  random,
  range,
  strategy,
} from '../build.ts'
import { databases } from './databases.ts'
import { mshareOf, oneRegion } from './one-region.ts'

describe('what exists once', () => {
  const parts = (host: WorkloadParts['host'] & object): WorkloadParts =>
    oneRegion({ g: { processes: 3 } }, {}, { host })

  test('has a pgd of its own: 512 + 1 + 1 + 1 tables', () => {
    expect(mshareOf(parts({})).pageTables.onceBytes).toBe(515 * 4096)
  })

  test('has two pages of pgd under page-table isolation', () => {
    expect(mshareOf(parts({ pti: true })).pageTables.onceBytes).toBe(516 * 4096)
  })

  test('has a p4d as well with 5 levels', () => {
    expect(mshareOf(parts({ layout: fiveLevels })).pageTables.onceBytes).toBe(516 * 4096)
  })

  test('is the union of what disjoint processes touch: 100 of 2 MiB need 102 tables', () => {
    const groups = Array.from({ length: 100 }, (_, index) => {
      const maps = [{ region: 'r', touched: range(index * 512, 512) }]
      return [`p${index}`, { maps }] as const
    })
    const disjoint = oneRegion(Object.fromEntries(groups), { size: 200 * mib })
    expect(mshareOf(disjoint).pageTables.onceBytes).toBe(103 * 4096)
    const plain = strategy(billed(disjoint), 'base-pages')
    expect(nth(plain.regions, 0).bytes).toBe(300 * 4096)
  })

  test('is expected of all draws together', () => {
    const maps = [{ region: 'r', touched: random(1) }]
    const drawn = oneRegion({ g: { processes: 2, maps } }, { size: 4 * mib })
    expect(nth(mshareOf(drawn).regions, 0).levels.pte).toEqual({
      tables: 2,
      bytes: 6144,
      expectedTables: 1.5,
    })
  })

  test('is nothing under as-described where no region is marked', () => {
    const described = strategy(billed(parts({})), 'as-described')
    expect(described).toMatchObject({ status: 'mainline', pageTables: { onceBytes: 0 } })
  })

  test('is part of as-described, proposed, where a region is marked', () => {
    const marked = oneRegion({ g: { processes: 3 } }, { mshare: { mode: 0o600 } })
    const described = strategy(billed(marked), 'as-described')
    expect(described).toMatchObject({ status: 'proposed', pageTables: { onceBytes: 515 * 4096 } })
  })
})

describe('calls and faults', () => {
  const files = (revision: 'rfc-2022' | 'v3-2025'): PlannedStrategy =>
    mshareOf({
      ...oneRegion({ g: { processes: 1000 } }, { size: 600 * gib, objects: 300 }),
      mshareRevision: revision,
    })

  test('under v3 are an ioctl for each object and an mmap for each process', () => {
    expect(files('v3-2025')).toMatchObject({ mmapCalls: 1300, vmas: 1300 })
  })

  test('under rfc-2022 the creator keeps its VMAs: 2 · 300 + 1000 − 1', () => {
    expect(files('rfc-2022')).toMatchObject({ mmapCalls: 1300, vmas: 1599 })
  })

  test('without mshare are every object in every process', () => {
    const plain = strategy(
      billed(oneRegion({ g: { processes: 1000 } }, { size: 600 * gib, objects: 300 })),
      'as-described',
    )
    expect(plain).toMatchObject({ mmapCalls: 300_000, vmas: 300_000 })
  })

  test('of a mapping that reaches two of four objects are two', () => {
    const maps = [{ region: 'r', offset: 256 * mib, length: 512 * mib }]
    const result = planned(oneRegion({ g: { maps } }, { objects: 4 }))
    expect(strategy(result, 'as-described').mmapCalls).toBe(2)
  })

  test('link every 512 GiB unit that a process touches', () => {
    expect(files('v3-2025').faults).toEqual({ populate: 600 * 262_144, link: 2000 })
  })

  test('populate by 64 KiB blocks where shmem is only read', () => {
    const maps = [{ region: 'r', access: 'ro' as const }]
    const reading = oneRegion({ g: { processes: 3, maps } })
    expect(mshareOf(reading).faults).toEqual({ populate: 16_384, link: 3 })
    expect(strategy(billed(reading), 'base-pages').faults).toEqual({ populate: 49_152, link: 0 })
  })

  test('populate page by page where one writes, and nothing more where others read the same', () => {
    const reader = { processes: 3, maps: [{ region: 'r', access: 'ro' as const }] }
    expect(mshareOf(oneRegion({ writer: {}, reader })).faults.populate).toBe(262_144)
  })

  test('populate the blocks that no writer fills', () => {
    const writer = { maps: [{ region: 'r', touched: range(0, 24) }] }
    const reader = { maps: [{ region: 'r', touched: range(0, 64), access: 'ro' as const }] }
    // 24 pages written one by one; of the four blocks the first is full, the second half full.
    expect(mshareOf(oneRegion({ writer, reader })).faults.populate).toBe(24 + 3)
  })
})

describe('findings', () => {
  const kindsOf = (parts: WorkloadParts): string[] =>
    planned({ ...parts, strategies: ['mshare'] }).findings.map(({ kind }) => kind)

  test('one process alone pays the pgd of the host address space more', () => {
    expect(planned(oneRegion({ g: {} })).findings).toContainEqual(
      expect.objectContaining({ kind: 'mshare-costs-more', processes: 1, extraBytes: 4096 }),
    )
  })

  test('a whole plan that costs more says so, though each region saves by itself', () => {
    const touched = range(0, 512)
    const groups = [0, 1, 2].map((index) => {
      const own = range(index * 262_144, 1)
      const maps = [
        { region: 'r', touched: own },
        { region: 'mine', touched },
      ]
      return [`g${index}`, { maps }] as const
    })
    const parts: WorkloadParts = {
      regions: { r: { size: 3 * gib }, mine: { size: 2 * mib, backing: 'anonymous' } },
      groups: Object.fromEntries(groups),
    }
    const result = planned({ ...parts, strategies: ['mshare'] })
    // Region: 9 tables plain, 3 + 3 + 1 + 1 shared. The private neighbour: three pud tables more.
    expect(strategy(result, 'mshare').savings.bytes).toBe(-2 * 4096)
    expect(result.findings).toContainEqual(
      expect.objectContaining({ kind: 'mshare-costs-more', region: 'r', extraBytes: 2 * 4096 }),
    )
  })

  test('disjoint touching saves little', () => {
    const groups = Array.from({ length: 4 }, (_, index) => {
      const maps = [{ region: 'r', touched: range(index * 65_536, 65_536) }]
      return [`g${index}`, { maps }] as const
    })
    expect(kindsOf(oneRegion(Object.fromEntries(groups)))).toContain('mshare-saves-little')
  })

  test('an owner that does not live long takes the region with it, under v3', () => {
    const parts = oneRegion({ g: { processes: 5, shortLived: true } })
    expect(kindsOf(parts)).toContain('owner-short-lived')
    expect(kindsOf({ ...parts, mshareRevision: 'rfc-2022' })).not.toContain('owner-short-lived')
  })

  test('a sharer outside the cgroup of the owner can have the owner killed, under v3', () => {
    const parts = oneRegion({ g: { cgroup: 'db' }, h: {} }, {}, { host: { cgroups: { db: gib } } })
    expect(kindsOf(parts)).toContain('sharer-outside-owner-cgroup')
  })

  test('the posted v3 code leaks a pud table for each linked unit', () => {
    const { findings } = planned(oneRegion({ g: { processes: 2 } }, { size: 600 * gib }))
    expect(findings).toContainEqual(
      expect.objectContaining({ kind: 'posted-code-defects', leakedTables: 2 }),
    )
  })

  test('shared memory is in the oom_score of no process', () => {
    expect(planned(oneRegion({ g: { processes: 2 } })).findings).toContainEqual(
      expect.objectContaining({ kind: 'innocent-victim', sharedBytes: gib }),
    )
  })
})

describe('under rfc-2022 a region that is mapped MAP_PRIVATE', () => {
  const writers = (access: 'rw' | 'ro', backing: RegionParts['backing'] = 'file') =>
    oneRegion(
      { g: { processes: 10, maps: [{ region: 'r', private: true, access }] } },
      { backing },
      { mshareRevision: 'rfc-2022' },
    )

  test('has its tables once', () => {
    const { groups, regions } = mshareOf(writers('rw'))
    expect(nth(groups, 0).perProcess.levels).toMatchObject({ pte: 0, pmd: 0, pud: 0 })
    expect(nth(regions, 0).levels).toMatchObject({ pte: { tables: 512 }, pmd: { tables: 1 } })
  })

  test('has what processes write in memory once, not in every process', () => {
    const copies = (id: string): number | undefined =>
      strategy(billed(writers('rw')), id).memory.lines.find(({ name }) =>
        name.startsWith('private region'),
      )?.bytes
    expect(copies('base-pages')).toBe(10 * gib)
    expect(copies('mshare')).toBe(gib)
  })

  test('is promised once where memory is promised', () => {
    const committed = (id: string): number =>
      strategy(billed(writers('rw')), id).memory.commit.committedBytes
    expect(committed('base-pages') - committed('mshare')).toBe(9 * gib)
  })

  test('is on base pages where dax has huge entries, for what is written is copied', () => {
    const parts = oneRegion(
      { g: { processes: 10, maps: [{ region: 'r', private: true }] } },
      { backing: 'dax', pageBytes: 2 * mib },
      { mshareRevision: 'rfc-2022' },
    )
    expect(nth(mshareOf(parts).regions, 0).levels).toMatchObject({ pte: { tables: 512 } })
  })

  test('has a finding: all sharers see what one of them writes', () => {
    const { findings } = planned(writers('rw'))
    expect(findings).toContainEqual({
      id: 'MSP025',
      kind: 'private-writes-shared',
      severity: 'warning',
      strategy: 'mshare',
      region: 'r',
      groups: ['g'],
    })
    expect(planned(writers('ro')).findings.map(({ kind }) => kind)).not.toContain(
      'private-writes-shared',
    )
  })
})

test('copies share tables within one copy, and no further', () => {
  const of = databases(0, 4 * kib)
  const regions = of.regions.map((region) => ({ ...region, backing: 'memfd' as const }))
  const [planned] = planAll({ ...of, regions, strategies: ['mshare'] }, []).asked
  // 512 pte, a pmd, a pud and the host's own pgd table.
  expect(planned?.result.applies && planned.result.pageTables.onceBytes).toBe(20 * 515 * 4096)
})
