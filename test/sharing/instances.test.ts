import { describe, expect, test } from 'vitest'
import { podsOf } from '../../src/plan/advice/pooled.ts'
import { withBreaking } from '../../src/plan/limits/breaking.ts'
import { limitsOf } from '../../src/plan/limits/limits.ts'
import { sysvLimits } from '../../src/plan/programs/kernel-limits.ts'
import type { PlannedStrategy } from '../../src/plan/result/result.ts'
import { planAll } from '../../src/plan/strategy/plans.ts'
import { describedStrategy } from '../../src/sharing/catalogue.ts'
import { partCopies } from '../../src/sharing/pools/copies.ts'
import { bytes, count } from '../../src/units/quantity.ts'
import type { Workload } from '../../src/workload/workload.ts'
import { gib, kib, mib, nth, workload } from '../build.ts'

/** 20 databases with 10 processes each, that map 1 GiB of their own. */
function databases(pool: number, pageBytes: number, limit = 64 * gib): Workload {
  const one = workload({
    host: {
      memory: 64 * gib,
      hugepages: [{ pageBytes: 2 * mib, count: pool }],
      cgroups: { pod: limit },
    },
    regions: { sga: { size: gib, backing: 'sysv-shm', pageBytes, fallback: 'base-pages' } },
    groups: {
      db: { processes: 10, cgroup: 'pod', baseTables: 160 * kib, maps: [{ region: 'sga' }] },
    },
    strategies: ['as-described', 'mshare'],
  })
  const copies = count(20)
  return {
    ...one,
    regions: one.regions.map((region) => ({ ...region, copies })),
    groups: one.groups.map((group) => ({
      ...group,
      copies,
      processes: count(group.processes * 20),
    })),
  }
}

function described(of: Workload): PlannedStrategy {
  const [first] = planAll(partCopies(of), []).asked
  if (first?.result.applies !== true) throw new RangeError('as-described can be planned')
  return first.result
}

/** The only planned strategy of databases whose derived base tables follow 300 MiB of their own. */
function asThreads(): PlannedStrategy {
  const of = databases(0, 4 * kib)
  const own = { private: bytes(300 * mib), assumedTables: bytes(160 * kib) }
  const groups = of.groups.map((group) => ({ ...group, ...own }))
  const [first] = planAll({ ...of, groups, strategies: ['threads'] }, []).asked
  if (first?.result.applies !== true) throw new RangeError('threads can be planned')
  return first.result
}

describe('20 copies of a database', () => {
  const plain = described(databases(0, 4 * kib))

  test('have the tables of 200 processes, and 20 times the memory', () => {
    // 512 pte, a pmd, a pud and a pgd table each, and 160 KiB.
    expect(plain.pageTables.bytes).toBe(200 * (515 * 4096 + 160 * kib))
    expect(plain.memory.lines).toContainEqual(
      expect.objectContaining({ name: 'resident shared memory: sga', bytes: 20 * gib }),
    )
    expect(plain.memory.commit.committedBytes).toBe(20 * gib)
    expect(nth(plain.groups, 0)).toMatchObject({ name: 'db', copies: 20, processes: 200 })
  })

  test('are each judged by a limit of their own', () => {
    const [pod] = plain.risk.cgroups
    expect(pod?.demandBytes).toBe(gib + 10 * (515 * 4096 + 160 * kib))
  })

  test('take as many huge pages as all of them need', () => {
    const [pool] = described(databases(20 * 512, 2 * mib)).memory.pools
    expect(pool).toMatchObject({ pages: 10_240, usedPages: 10_240, strandedPages: 0 })
  })

  test('have a pool for five of them, the first ones', () => {
    const short = described(databases(5 * 512 + 100, 2 * mib))
    expect(short.groups.map(({ name, processes }) => [name, processes])).toEqual([
      ['db (copies 1–5)', 50],
      ['db (copies 6–20)', 150],
    ])
    // A linked pmd table in each of the five; the others stay on base pages.
    expect(short.pageTables.onceBytes).toBe(5 * 4096)
    expect(short.memory.pools[0]).toMatchObject({ usedPages: 2560, strandedPages: 100 })
    expect(short.risk.cgroups[0]?.demandBytes).toBe(gib + 10 * (515 * 4096 + 160 * kib))
  })

  test('share tables within an instance, and no further, under mshare', () => {
    const shared = planAll(databases(0, 4 * kib), []).asked.at(-1)?.result
    expect(shared?.applies).toBe(false)
    const memfd = databases(0, 4 * kib)
    const regions = memfd.regions.map((region) => ({ ...region, backing: 'memfd' as const }))
    const { result } = nth(planAll({ ...memfd, regions }, []).asked, 1)
    // 512 pte, a pmd, a pud and the host's own pgd table.
    expect(result.applies && result.pageTables.onceBytes).toBe(20 * 515 * 4096)
  })

  test('become 20 processes as threads, with the tables of what their instance has', () => {
    // 10 · 300 MiB: 1500 pte tables, and 2 pmd tables beside that of the program.
    expect(asThreads().pageTables.baseBytes).toBe(20 * (160 * kib + 1502 * 4096))
  })

  test('break at as many processes in each, where the pool holds some of them', () => {
    const of = databases(5 * 512 + 100, 2 * mib, 2 * gib)
    const { cgroups } = withBreaking(of, {
      named: describedStrategy,
      result: described(of),
    }).risk
    // Beside 1 GiB of memory a pod has room for 472 processes of 515 tables and 160 KiB.
    const each = Math.floor(gib / (515 * 4096 + 160 * kib)) + 1
    expect(cgroups[0]?.breaks).toMatchObject({ group: 'db', processes: 20 * each })
  })

  test('have limits of one instance', () => {
    const [limits] = limitsOf(
      databases(0, 4 * kib),
      ['as-described'],
      ({ metric }) => metric === 'processes',
    )
    expect(limits?.limits[0]).toMatchObject({ group: 'db', now: 10 })
  })

  test('ask for the huge pages of one instance in each pod, and of all on the machine', () => {
    const pool = databases(20 * 512, 2 * mib)
    const [sga] = pool.regions
    expect(podsOf(pool, sga === undefined ? [] : [sga])).toEqual([
      { cgroup: 'pod', pageBytes: 2 * mib, bytes: gib },
    ])
    expect(sysvLimits(pool)).toEqual({ shmmaxBytes: gib, shmallPages: 20 * 262_144 })
  })
})
