import { describe, expect, test } from 'vitest'
import type { PlannedStrategy, Result } from '../../src/plan/result/result.ts'
import type { GroupParts, RegionParts, WorkloadParts } from '../build.ts'
import {
  billed,
  fiveLevels,
  gib,
  mib,
  nth,
  planned,
  random,
  range,
  strategy,
  tib,
} from '../build.ts'

const unit = 512 * gib

/** One region of a GiB, and groups that map all of it unless they say otherwise. */
function oneRegion(
  groups: Readonly<Record<string, GroupParts>>,
  region: Partial<RegionParts> = {},
  rest: WorkloadParts = {},
): WorkloadParts {
  const withMaps = Object.entries(groups).map(([name, group]) => [
    name,
    { maps: [{ region: 'r' }], ...group },
  ])
  return {
    regions: { r: { size: gib, ...region } },
    groups: Object.fromEntries(withMaps),
    ...rest,
  }
}

function obstaclesOf(parts: WorkloadParts): Result['strategies'][number]['obstacles'] {
  const found = billed(parts).strategies.find(({ id }) => id === 'mshare')
  if (found === undefined) throw new Error('mshare was not asked')
  return found.obstacles
}

function mshareOf(parts: WorkloadParts): PlannedStrategy {
  return strategy(billed(parts), 'mshare')
}

function applies(parts: WorkloadParts): boolean {
  return billed(parts).strategies.some(({ id, applies: billed }) => id === 'mshare' && billed)
}

describe('permission to open a region', () => {
  const owner = { uid: 10, gid: 20 }
  const may = (mode: number, sharer: GroupParts): boolean =>
    !obstaclesOf(
      oneRegion({ owner, sharer: { uid: 11, gid: 21, ...sharer } }, { mshare: { mode } }),
    ).some(({ group }) => group === 'sharer')
  const reading = { maps: [{ region: 'r', access: 'ro' as const }] }

  test.each<[string, number, GroupParts, boolean]>([
    ['lets the owner of the file read and write with 0600', 0o600, { uid: 10 }, true],
    ['keeps others out with 0600', 0o600, {}, false],
    ['lets the group of the file in with 0660', 0o660, { gid: 20 }, true],
    ['does not let the group write with 0640', 0o640, { gid: 20 }, false],
    ['lets the group read with 0640', 0o640, { gid: 20, ...reading }, true],
    ['asks the owner’s bits alone of the owner, as with 0066', 0o066, { uid: 10 }, false],
    ['asks the group’s bits alone of the group, as with 0606', 0o606, { gid: 20 }, false],
    ['lets others in with 0606', 0o606, {}, true],
    ['does not take write permission for read permission', 0o602, reading, false],
    ['asks a writer for read permission as well', 0o602, {}, false],
    ['lets root in whatever the mode', 0o000, { uid: 0 }, true],
  ])('%s', (_, mode, sharer, allowed) => {
    expect(may(mode, sharer)).toBe(allowed)
  })

  test('refused says what was needed and what the file has', () => {
    const sharer = { uid: 11, gid: 21, processes: 3 }
    expect(obstaclesOf(oneRegion({ owner, sharer }))).toEqual([
      {
        kind: 'permission',
        region: 'r',
        group: 'sharer',
        need: 'read and write',
        found: 'mode 0600, uid 10, gid 20',
      },
    ])
  })

  test('refused leaves the group its own tables, and a finding says so', () => {
    const parts = oneRegion({ owner, sharer: { uid: 11, gid: 21, processes: 3 } })
    const [linked, alone] = mshareOf(parts).groups
    expect(linked?.perProcess.levels.pte).toBe(0)
    expect(alone?.perProcess.levels.pte).toBe(512)
    expect(planned(parts).findings).toContainEqual(
      expect.objectContaining({ kind: 'own-tables-kept', group: 'sharer', processes: 3 }),
    )
  })

  test('is asked of uid and gid that the scenario gives', () => {
    const mshare = { mode: 0o660, uid: 1, gid: 21 }
    expect(obstaclesOf(oneRegion({ sharer: { uid: 11, gid: 21 } }, { mshare }))).toEqual([])
    expect(obstaclesOf(oneRegion({ sharer: { uid: 11, gid: 22 } }, { mshare }))).toHaveLength(1)
  })
})

describe('a region is refused', () => {
  const kindsOf = (parts: WorkloadParts): string[] => obstaclesOf(parts).map(({ kind }) => kind)

  test('under v3 where SysV segments back it, and not under rfc-2022', () => {
    const sysv = oneRegion({ g: { processes: 2 } }, { backing: 'sysv-shm' })
    expect(kindsOf(sysv)).toEqual(['backing'])
    expect(applies(sysv)).toBe(false)
    expect(kindsOf({ ...sysv, mshareRevision: 'rfc-2022' })).toEqual([])
  })

  test.each(['rfc-2022', 'v3-2025'] as const)(
    'under %s where the memory is private',
    (revision) => {
      const parts = oneRegion({ g: {} }, { backing: 'anonymous' })
      expect(kindsOf({ ...parts, mshareRevision: revision })).toEqual(['private-memory'])
    },
  )

  test('under v3-2025 where it is mapped MAP_PRIVATE', () => {
    const parts = oneRegion({ g: { maps: [{ region: 'r', private: true }] } })
    expect(kindsOf({ ...parts, mshareRevision: 'v3-2025' })).toEqual(['private-mapping'])
  })

  test('under rfc-2022 where huge pages are mapped MAP_PRIVATE', () => {
    const memfd = { backing: 'memfd', pageBytes: 2 * mib } as const
    const parts = oneRegion({ g: { maps: [{ region: 'r', private: true }] } }, memfd)
    expect(kindsOf({ ...parts, mshareRevision: 'rfc-2022' })).toEqual(['private-mapping'])
  })

  test('at an address that is not a multiple of 512 GiB', () => {
    const parts = oneRegion({ g: { maps: [{ region: 'r', at: 64 * tib + gib }] } })
    expect(obstaclesOf(parts)).toEqual([
      {
        kind: 'alignment',
        region: 'r',
        group: 'g',
        need: '0x8000000000',
        found: '0x400040000000',
      },
    ])
  })

  test('where its window would cover another mapping', () => {
    const parts: WorkloadParts = {
      regions: { r: { size: gib }, private: { size: gib, backing: 'anonymous' } },
      groups: {
        g: {
          maps: [
            { region: 'r', at: 64 * tib },
            { region: 'private', at: 64 * tib + 2 * gib },
          ],
        },
      },
    }
    expect(kindsOf(parts)).toEqual(['private-memory', 'overlap'])
  })

  test('where its window would end beyond the address space', () => {
    const parts = oneRegion({ g: { maps: [{ region: 'r', at: 128 * tib - unit }] } })
    expect(kindsOf(parts)).toEqual(['address-space'])
  })

  test('with 5 levels under rfc-2022, and not under v3', () => {
    const parts = oneRegion({ g: {} }, {}, { host: { layout: fiveLevels } })
    expect(kindsOf({ ...parts, mshareRevision: 'rfc-2022' })).toEqual(['layout'])
    expect(kindsOf(parts)).toEqual([])
  })

  test('where nobody maps it', () => {
    expect(kindsOf(oneRegion({ g: { maps: [] } }))).toEqual(['not-mapped'])
  })

  test('where 255 windows fill the 128 TiB', () => {
    const names = Array.from({ length: 256 }, (_, index) => `r${index}`)
    const parts: WorkloadParts = {
      regions: Object.fromEntries(names.map((name) => [name, { size: 4096 }])),
      groups: { g: { maps: names.map((region) => ({ region })) } },
    }
    // The lowest window holds the program, and the last page of the highest is a guard page.
    const refused = obstaclesOf(parts)
    expect(refused.map(({ kind }) => kind)).toEqual(['address-space', 'address-space'])
    expect(mshareOf(parts).regions.filter(({ mshare }) => mshare !== undefined)).toHaveLength(254)
  })
})

describe('a window', () => {
  test('is the region rounded up to 512 GiB, at the address of the owner', () => {
    const at = 70 * tib
    const parts = oneRegion(
      { g: {}, h: { maps: [{ region: 'r', at }] } },
      { size: 600 * gib, mshare: { mode: 0o640, owner: 'h' } },
    )
    expect(nth(mshareOf(parts).regions, 0).mshare).toEqual({
      name: 'r',
      start: '0x460000000000',
      size: 1024 * gib,
      mode: '0640',
      owner: 'h',
    })
  })

  test('lies at 2^46 in every group where no address is given', () => {
    const parts = oneRegion({ g: {}, h: {} })
    expect(nth(mshareOf(parts).regions, 0).mshare).toMatchObject({
      start: '0x400000000000',
      mode: '0600',
      owner: 'g',
    })
    expect(planned(parts).findings.map(({ kind }) => kind)).not.toContain('addresses-differ')
  })

  test('may lie elsewhere in each group: the tables are shared, and a finding says so', () => {
    const maps = (at: number): GroupParts => ({ processes: 2, maps: [{ region: 'r', at }] })
    const parts = oneRegion({ g: maps(64 * tib), h: maps(65 * tib) })
    expect(mshareOf(parts).pageTables.onceBytes).toBe(515 * 4096)
    expect(planned(parts).findings).toContainEqual(
      expect.objectContaining({
        kind: 'addresses-differ',
        addresses: ['0x400000000000', '0x410000000000'],
      }),
    )
  })

  test('beside another in one process starts at the next multiple', () => {
    const parts: WorkloadParts = {
      regions: { r: { size: gib }, s: { size: gib } },
      groups: { g: { maps: [{ region: 'r' }, { region: 's' }] } },
    }
    expect(mshareOf(parts).regions.map(({ mshare }) => mshare?.start)).toEqual([
      '0x400000000000',
      '0x408000000000',
    ])
  })

  test('gives way to mappings at given addresses', () => {
    const parts: WorkloadParts = {
      regions: { r: { size: gib }, private: { size: gib, backing: 'anonymous' } },
      groups: { g: { maps: [{ region: 'r' }, { region: 'private', at: 64 * tib + gib }] } },
    }
    expect(nth(mshareOf(parts).regions, 0).mshare?.start).toBe('0x408000000000')
  })

  test('at or above 2^48 costs each process a p4d page with 5 levels', () => {
    const at = (address: number) =>
      mshareOf(
        oneRegion(
          { g: { processes: 10, maps: [{ region: 'r', at: address }] } },
          {},
          { host: { layout: fiveLevels } },
        ),
      )
    const [low, high] = [at(64 * tib), at(256 * tib)]
    expect(nth(low.groups, 0).perProcess.levels).toMatchObject({ p4d: 1, pgd: 1 })
    expect(nth(high.groups, 0).perProcess.levels).toMatchObject({ p4d: 2, pgd: 1 })
    expect(high.pageTables.bytes - low.pageTables.bytes).toBe(10 * 4096)
  })
})

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
    const result = billed(oneRegion({ g: { maps } }, { objects: 4 }))
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

  test('what is shared is in nobody’s oom_score', () => {
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
