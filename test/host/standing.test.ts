import { describe, expect, test } from 'vitest'
import { minWatermark } from '../../src/host/min-watermark.ts'
import { riskOf, worstOf } from '../../src/host/risk.ts'
import type { GroupParts, HostParts, RegionParts } from '../build.ts'
import { billed, gib, kib, mib, planned, random, range, strategy, workload } from '../build.ts'

const never = { anonymous: 'never', shmem: 'never' } as const

describe('the min watermark', () => {
  const kbOf = (host: HostParts): number => minWatermark(workload({ host }).host) / kib

  test('is 67,584 kB with THP on a machine of up to about 272 GiB: 11 blocks in 3 zones', () => {
    expect(kbOf({ memory: 24 * gib })).toBe(67_584)
  })

  test('is the root of 16 times memory in kB without THP', () => {
    expect(kbOf({ memory: 24 * gib, thp: never })).toBe(20_066)
    expect(kbOf({ memory: 512 * gib })).toBe(92_681)
  })

  test('is at least 128 kB and at most 256 MiB', () => {
    expect(kbOf({ memory: 64 * kib, thp: never })).toBe(128)
    expect(kbOf({ memory: 2 ** 43, thp: never })).toBe(262_144)
  })

  test('is raised for huge pages of shared memory alone since Linux 6.13', () => {
    const thp = { anonymous: 'never', shmem: 'advise' } as const
    expect(kbOf({ memory: 24 * gib, thp, kernel: { major: 6, minor: 13 } })).toBe(67_584)
    expect(kbOf({ memory: 24 * gib, thp, kernel: { major: 6, minor: 12 } })).toBe(20_066)
  })

  test('is at most 5 % of memory where THP asks for more', () => {
    expect(kbOf({ memory: gib })).toBe(45_056)
    expect(kbOf({ memory: 512 * mib })).toBe(26_212)
  })

  test('is what the scenario gives', () => {
    expect(kbOf({ minFree: mib })).toBe(kib)
  })
})

describe('the risk', () => {
  const of = (parts: Partial<Parameters<typeof riskOf>[0]>): string =>
    riskOf({
      of: 1000,
      capacityBytes: 900,
      demandBytes: 0,
      unswappableBytes: 0,
      swapBytes: 0,
      ...parts,
    })

  test.each([
    [800, 'safe', 'exactly a tenth of memory is left'],
    [801, 'tight', 'a little less is left'],
    [900, 'tight', 'exactly nothing is left'],
    [901, 'oom', 'one byte is missing and there is no swap'],
  ])('of a demand of %d is %s: %s', (demandBytes, level) => {
    expect(of({ demandBytes })).toBe(level)
  })

  test.each([
    [1000, 900, 'swapping', 'what is missing just fits in swap'],
    [1001, 900, 'oom', 'one byte more than swap is missing'],
    [1000, 901, 'oom', 'what cannot be swapped does not fit in memory'],
  ])(
    'of %d with %d unswappable and 100 of swap is %s: %s',
    (demandBytes, unswappableBytes, level) => {
      expect(of({ demandBytes, unswappableBytes, swapBytes: 100 })).toBe(level)
    },
  )

  test('is the worst of several', () => {
    expect(worstOf(['safe', 'swapping', 'tight'])).toBe('swapping')
    expect(worstOf([])).toBe('safe')
  })
})

function budget(region: RegionParts, group: GroupParts = {}, host: HostParts = {}) {
  const result = billed({
    host: { memory: 100 * gib, minFree: 0, ...host },
    regions: { r: region },
    groups: { g: { maps: [{ region: 'r' }], ...group } },
  })
  const { memory, risk, pageTables } = strategy(result, 'as-described')
  const lines = memory.lines.map(({ name, side, bytes, origin }) => [name, side, bytes, origin])
  return { memory, risk, pageTables, lines }
}

describe('the budget', () => {
  test('counts shared memory once, as far as it is touched', () => {
    const touched = range(0, 262_144)
    const { lines } = budget({ size: 4 * gib }, { processes: 7, maps: [{ region: 'r', touched }] })
    expect(lines).toContainEqual(['resident shared memory: r', 'demand', gib, 'derived'])
  })

  test('counts the union that processes draw at random', () => {
    const group = { processes: 3, maps: [{ region: 'r', touched: random(1) }] }
    const { lines } = budget({ size: 8192 }, group)
    // Three draws of one page out of two: 2 · (1 − 1 / 8) pages.
    expect(lines).toContainEqual(['resident shared memory: r', 'demand', 7168, 'derived'])
  })

  describe('of a region of which a lower bound is in memory', () => {
    const resident = { atLeast: 3 * gib }
    const touched = range(0, 262_144)
    const linesOf = (id: string, parts: Partial<RegionParts> = {}, hugepages?: number) => {
      const result = billed({
        host: {
          memory: 100 * gib,
          ...(hugepages === undefined
            ? {}
            : { hugepages: [{ pageBytes: 2 * mib, count: hugepages }] }),
        },
        regions: { r: { size: 4 * gib, backing: 'memfd', resident, ...parts } },
        groups: { g: { processes: 2, maps: [{ region: 'r', touched }] } },
      })
      const { lines } = strategy(result, id).memory
      return (name: string) => lines.find((line) => line.name.startsWith(name))?.bytes
    }

    test('counts at least that, whatever its processes touch', () => {
      expect(linesOf('as-described')('resident shared memory: r')).toBe(3 * gib)
      expect(linesOf('mshare')('resident shared memory: r')).toBe(3 * gib)
      expect(linesOf('thp-2m')('resident shared memory: r')).toBe(3 * gib)
    })

    test('counts what they touch where that is more', () => {
      const bytes = linesOf('as-described', { resident: { atLeast: 4096 } })(
        'resident shared memory: r',
      )
      expect(bytes).toBe(gib)
    })

    test('counts the pool in its place where a strategy puts the region on huge pages', () => {
      const line = linesOf('hugetlb-2m')
      expect(line('huge-page pool')).toBe(-4 * gib)
      expect(line('resident shared memory: r')).toBe(0)
    })

    test('counts what a pool that is too small cannot hold of it', () => {
      const parts = { fallback: 'mixed', pageBytes: 2 * mib } as const
      expect(linesOf('as-described', parts, 1024)('resident shared memory: r')).toBe(gib)
      const whole = { ...parts, fallback: 'base-pages' } as const
      expect(linesOf('as-described', whole, 1024)('resident shared memory: r')).toBe(3 * gib)
    })

    test('counts what lies outside the part that is mapped, and so in no pool', () => {
      const result = billed({
        host: { memory: 100 * gib },
        regions: { r: { size: 4 * gib, backing: 'memfd', resident } },
        groups: { g: { maps: [{ region: 'r', offset: 3 * gib, length: gib, touched }] } },
      })
      const { lines } = strategy(result, 'hugetlb-2m').memory
      const bytesOf = (name: string) => lines.find((line) => line.name.startsWith(name))?.bytes
      expect(bytesOf('huge-page pool')).toBe(-gib)
      expect(bytesOf('resident shared memory: r')).toBe(2 * gib)
    })

    test('charges the cgroup of the first that maps it where none of them touches it', () => {
      const maps = [{ region: 'r', touched: { kind: 'ranges', ranges: [] } as const }]
      const result = billed({
        host: { memory: 100 * gib, cgroups: { db: 2 * gib } },
        regions: { r: { size: 4 * gib, resident } },
        groups: { g: { cgroup: 'db', maps }, h: { maps } },
      })
      const [db] = strategy(result, 'as-described').risk.cgroups
      expect(db?.demandBytes).toBeGreaterThanOrEqual(3 * gib)
      expect(db?.level).toBe('oom')
    })

    test('counts nothing without a process', () => {
      const { lines } = budget({ size: gib, resident: { atLeast: mib } }, { processes: 0 })
      expect(lines).toContainEqual(['resident shared memory: r', 'demand', 0, 'derived'])
    })
  })

  describe('of a region of which it is known what is in memory', () => {
    test('counts that, and plans the tables of what was touched', () => {
      const region = { size: 92 * gib, resident: 31 * gib }
      const { lines, pageTables, memory } = budget(region, { processes: 2 })
      expect(lines).toContainEqual(['resident shared memory: r', 'demand', 31 * gib, 'derived'])
      // Each process: 47,104 pte, 92 pmd, 1 pud, 1 pgd.
      expect(pageTables.bytes).toBe(2 * 47_198 * 4096)
      expect(memory.demandBytes).toBe(31 * gib + pageTables.bytes)
    })

    test('counts it in each process where each has its own copy', () => {
      const region = { size: 92 * gib, backing: 'anonymous', resident: 31 * gib } as const
      const { lines, pageTables, memory } = budget(region, { processes: 2 })
      expect(lines).toContainEqual(['private region: r', 'demand', 62 * gib, 'derived'])
      expect(pageTables.bytes).toBe(2 * 47_198 * 4096)
      expect(memory.commit.granted).toBe(true)
    })

    test('counts no copy in a process that touches nothing of it', () => {
      const region = { size: 92 * gib, backing: 'anonymous', resident: 31 * gib } as const
      const touched = { kind: 'ranges', ranges: [] } as const
      const { lines } = budget(region, { maps: [{ region: 'r', touched }] })
      expect(lines).toContainEqual(['private region: r', 'demand', 0, 'derived'])
    })

    test('counts at least so much in each process where it is a lower bound', () => {
      const region = {
        size: 92 * gib,
        backing: 'anonymous',
        resident: { atLeast: 2 * gib },
      } as const
      const demandOf = (length: number) => {
        const maps = [{ region: 'r', touched: range(0, length / 4096) }]
        return budget(region, { processes: 3, maps }).lines.find(
          ([name]) => name === 'private region: r',
        )
      }
      expect(demandOf(gib)?.[2]).toBe(6 * gib)
      expect(demandOf(4 * gib)?.[2]).toBe(12 * gib)
    })

    test('counts more than its processes touch, for others have touched it', () => {
      const maps = [{ region: 'r', touched: range(0, 1) }]
      const { lines } = budget({ size: gib, resident: mib }, { maps })
      expect(lines).toContainEqual(['resident shared memory: r', 'demand', mib, 'derived'])
    })

    test('counts what of a file is in the page cache, beside or as locked', () => {
      const file = { size: gib, backing: 'file', resident: mib } as const
      expect(budget(file).lines).toContainEqual([
        'reclaimable file pages: r',
        'beside',
        mib,
        'derived',
      ])
      const { risk, pageTables } = budget({ ...file, locked: true })
      expect(risk.unswappableBytes).toBe(mib + pageTables.bytes)
    })
  })

  test('counts private memory in every process', () => {
    const { lines } = budget({ size: gib, backing: 'anonymous' }, { processes: 3, private: mib })
    expect(lines).toContainEqual(['private region: r', 'demand', 3 * gib, 'derived'])
    expect(lines).toContainEqual(['private memory', 'demand', 3 * mib, 'given'])
  })

  test('counts what a writer of a MAP_PRIVATE file has copied', () => {
    const maps = [{ region: 'r', private: true }]
    const { lines } = budget({ size: gib, backing: 'file' }, { processes: 2, maps })
    expect(lines).toContainEqual(['private region: r', 'demand', 2 * gib, 'derived'])
  })

  test('shows unlocked file pages beside, as reclaimable', () => {
    const { lines } = budget({ size: gib, backing: 'file' })
    expect(lines).toContainEqual(['reclaimable file pages: r', 'beside', gib, 'derived'])
  })

  test('demands locked file pages, and they cannot be swapped', () => {
    const { lines, risk, pageTables } = budget({ size: gib, backing: 'file', locked: true })
    expect(lines).toContainEqual(['locked file pages: r', 'demand', gib, 'derived'])
    expect(risk.unswappableBytes).toBe(gib + pageTables.bytes)
  })

  test('needs no memory for DAX', () => {
    const { memory, pageTables } = budget({ size: gib, backing: 'dax', locked: true })
    expect(memory.demandBytes).toBe(pageTables.bytes)
  })

  test('sets the configured pool aside, used or not, and hugetlb lives in it', () => {
    const hugepages = [{ pageBytes: 2 * mib, count: 1000 }]
    const region = { size: gib, backing: 'hugetlbfs' as const, pageBytes: 2 * mib }
    const { lines, memory, pageTables } = budget(region, {}, { hugepages })
    expect(lines).toContainEqual(['huge-page pool 2m', 'supply', -2000 * mib, 'given'])
    expect(memory.demandBytes).toBe(pageTables.bytes)
  })

  test('has a kernel stack for each thread', () => {
    const { lines } = budget({ size: gib }, { processes: 3, threads: 4, kernelMemory: 48 * kib })
    expect(lines).toContainEqual(['kernel memory', 'demand', 12 * 48 * kib, 'given'])
  })

  test('names each reserve', () => {
    const { lines, memory } = budget({ size: gib }, {}, { reserves: { '': gib, agents: 2 * gib } })
    expect(lines).toContainEqual(['reserve', 'supply', -gib, 'given'])
    expect(lines).toContainEqual(['reserve: agents', 'supply', -2 * gib, 'given'])
    expect(memory.capacityBytes).toBe(97 * gib)
  })

  test('says what was given, derived or assumed', () => {
    const assumptions = ['host.reserve', 'host.swap', 'groups.g.kernelMemory'].map((path) => ({
      path,
      value: '0 B',
      source: 'default',
    }))
    const result = planned({ groups: { g: {} }, host: { reserves: { '': 0 } } }, assumptions)
    const { lines } = strategy(result, 'as-described').memory
    const originOf = (name: string) => lines.find((line) => line.name === name)?.origin
    expect(['memory', 'reserve', 'swap', 'kernel memory', 'private memory'].map(originOf)).toEqual([
      'given',
      'assumed',
      'assumed',
      'assumed',
      'given',
    ])
  })

  test('counts locked private memory as unswappable', () => {
    const { risk, pageTables } = budget(
      { size: 4096 },
      { processes: 2, private: gib, lockedPrivate: mib },
    )
    expect(risk.unswappableBytes).toBe(2 * mib + pageTables.bytes)
  })

  test('swaps shared memory, but never page tables', () => {
    const overfull = budget({ size: 101 * gib }, {}, { swap: 2 * gib })
    expect(overfull.risk.level).toBe('swapping')
    const tables = budget({ size: 10 * gib }, { processes: 5200 }, { swap: 100 * gib })
    expect(tables.risk.level).toBe('oom')
  })
})

describe('a cgroup with a limit', () => {
  const cgroup = 'db'

  test('pays for shared memory that its group touches first, and for its page tables', () => {
    const result = billed({
      host: { cgroups: { db: 2 * gib, other: gib } },
      regions: { r: { size: gib } },
      groups: {
        g: { cgroup, processes: 2, private: mib, lockedPrivate: kib, maps: [{ region: 'r' }] },
        h: { cgroup: 'other', maps: [{ region: 'r' }] },
      },
    })
    const [db, other] = strategy(result, 'base-pages').risk.cgroups
    expect(db).toMatchObject({ name: 'db', demandBytes: gib + 2 * 515 * 4096 + 2 * mib })
    expect(other).toMatchObject({ name: 'other', demandBytes: 515 * 4096, level: 'safe' })
  })

  test('of the owner pays for an mshare region: data and tables', () => {
    const result = billed({
      host: { cgroups: { db: 2 * gib } },
      regions: { r: { size: gib, mshare: { mode: 0o666, owner: 'h' } } },
      groups: {
        g: { processes: 2, maps: [{ region: 'r' }] },
        h: { cgroup, maps: [{ region: 'r' }] },
      },
    })
    const [db] = strategy(result, 'mshare').risk.cgroups
    expect(db?.demandBytes).toBe(gib + 515 * 4096 + 4096)
  })

  test('can run out while the machine has room: the worst level counts', () => {
    const result = billed({
      host: { cgroups: { db: mib } },
      groups: { g: { cgroup, private: 2 * mib } },
    })
    const { risk } = strategy(result, 'as-described')
    expect(risk).toMatchObject({ level: 'oom', cgroups: [{ headroomBytes: -mib - 4096 }] })
  })

  test('does not pay for memory that its group maps and does not touch', () => {
    const touched = range(0, 1)
    const result = billed({
      host: { cgroups: { db: gib } },
      regions: { r: { size: gib } },
      groups: {
        g: { cgroup, maps: [{ region: 'r', touched: { kind: 'ranges', ranges: [] } }] },
        h: { maps: [{ region: 'r', touched }] },
      },
    })
    expect(strategy(result, 'as-described').risk.cgroups[0]?.demandBytes).toBe(4096)
  })
})
