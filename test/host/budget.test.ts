import { describe, expect, test } from 'vitest'
import type { GroupParts, HostParts, RegionParts } from '../build.ts'
import { billed, gib, kib, mib, planned, random, range, strategy } from '../build.ts'

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
