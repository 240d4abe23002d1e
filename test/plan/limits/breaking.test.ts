import { describe, expect, it } from 'vitest'
import { withBreaking } from '../../../src/plan/limits/breaking.ts'
import type { PlannedStrategy } from '../../../src/plan/result/result.ts'
import { planAll } from '../../../src/plan/strategy/plans.ts'
import { describedStrategy } from '../../../src/sharing/catalogue.ts'
import { partCopies } from '../../../src/sharing/pools/copies.ts'
import type { WorkloadParts } from '../../build.ts'
import { gib, kib, lkmlServer, mib, planned, strategy } from '../../build.ts'
import { databases } from '../../sharing/databases.ts'

const lkml = lkmlServer

const under = (id: string, parts: WorkloadParts): PlannedStrategy => strategy(planned(parts), id)

describe('what breaks first', () => {
  it('is memory, at the number of clients that arithmetic gives', () => {
    const each = 153_902 * 4096 + 160 * kib + 6 * mib + 48 * kib
    const room = 512 * gib - 94_905_344 - 300 * gib
    const { risk } = under('base-pages', lkml(1500))
    expect(risk.breaks).toEqual({
      cause: 'memory',
      group: 'clients',
      processes: Math.floor(room / each) + 1,
    })
    expect(under('base-pages', lkml(357)).risk.level).toBe('tight')
    expect(under('base-pages', lkml(358)).risk.level).toBe('oom')
  })

  it.each(['base-pages', 'threads', 'hugetlb-2m', 'thp-2m', 'mshare'])(
    'under %s is the same from whatever number the scenario starts',
    (id) => {
      const from = (processes: number) => under(id, lkml(processes)).risk.breaks
      expect(from(10)).toEqual(from(1500))
      expect(from(100_000)).toEqual(from(1500))
      expect(from(10)).toBeDefined()
    },
  )

  it('is what cannot be swapped, where there is swap enough', () => {
    const { breaks } = under('base-pages', lkml(1500, { swap: 4096 * gib })).risk
    expect(breaks?.cause).toBe('unswappable')
    // Page tables and kernel memory alone fill the capacity.
    const each = 153_902 * 4096 + 160 * kib + 48 * kib
    expect(breaks?.processes).toBe(Math.floor((512 * gib - 94_905_344) / each) + 1)
  })

  it('is a promise that the kernel refuses', () => {
    const overcommit = { mode: 'never', ratio: 50 } as const
    const { breaks } = under('base-pages', {
      ...lkml(1, { overcommit }),
      regions: { sga: { size: gib, backing: 'anonymous-shared' } },
    }).risk
    // CommitLimit is half of memory: 256 GiB; the region takes 1 GiB, a client 6 MiB.
    expect(breaks).toMatchObject({
      cause: 'commit-limit',
      processes: Math.floor((255 * gib) / (6 * mib)) + 1,
    })
  })

  it('is one request that is too large, as soon as somebody asks', () => {
    const { breaks } = under('base-pages', {
      ...lkml(1500),
      regions: { sga: { size: 600 * gib, backing: 'anonymous-shared' } },
    }).risk
    expect(breaks).toEqual({ cause: 'request', group: 'clients', processes: 1 })
  })

  it('is the huge pages that its pool lacks', () => {
    const { breaks } = under('as-described', {
      ...lkml(1500),
      regions: { sga: { size: 300 * gib, backing: 'sysv-shm', pageBytes: 2 * mib } },
    }).risk
    expect(breaks?.cause).toBe('huge-pages')
  })

  it('is a cgroup at its limit, which is asked for its own group', () => {
    const parts: WorkloadParts = {
      host: { memory: 512 * gib, cgroups: { tenant: gib, empty: gib } },
      groups: {
        clients: { processes: 1, private: 10 * mib, cgroup: 'tenant' },
        others: { processes: 1, baseTables: mib },
      },
    }
    const { breaks, cgroups } = under('base-pages', parts).risk
    expect(breaks).toMatchObject({ cause: 'memory', group: 'others' })
    // 1 GiB by 10 MiB and one PGD each.
    const processes = Math.floor(gib / (10 * mib + 4096)) + 1
    expect(cgroups[0]?.breaks).toEqual({
      cause: 'cgroup',
      cgroup: 'tenant',
      group: 'clients',
      processes,
    })
    expect(cgroups[1]?.breaks).toBeUndefined()
  })

  it('is nothing, where processes are free', () => {
    const parts: WorkloadParts = { host: { memory: 512 * gib, minFree: 0 }, groups: {} }
    expect(under('base-pages', parts).risk.breaks).toBeUndefined()
  })
})

describe('where it breaks even without the heaviest group', () => {
  it('is asked of the next group that decides', () => {
    const parts: WorkloadParts = {
      host: { memory: 64 * gib, minFree: 0 },
      regions: { shm: { size: gib }, heap: { size: 4 * gib, backing: 'anonymous' } },
      groups: {
        db: { processes: 1000, maps: [{ region: 'shm' }] },
        work: { processes: 20, maps: [{ region: 'heap' }] },
      },
    }
    const { breaks } = under('base-pages', parts).risk
    // 1 GiB and 1000 · 515 tables leave room for 15 of 4 GiB and their 2054 tables.
    expect(breaks).toMatchObject({ cause: 'memory', group: 'work', processes: 16 })
  })
})

describe('the share of page tables', () => {
  it('is of the demand', () => {
    const { risk, memory, pageTables } = under('base-pages', lkml(1500))
    expect(risk.pageTablesFraction).toBe(pageTables.bytes / memory.demandBytes)
  })

  it('is nothing of no demand', () => {
    expect(under('base-pages', { groups: {} }).risk.pageTablesFraction).toBe(0)
  })
})

it('copies break at the same number of processes in each, where the pool holds only some', () => {
  const of = databases(5 * 512 + 100, 2 * mib, 2 * gib)
  const [found] = planAll(partCopies({ ...of, strategies: ['as-described'] }), []).asked
  if (found?.result.applies !== true) throw new RangeError('as-described can be planned')
  const { cgroups } = withBreaking(of, { named: describedStrategy, result: found.result }).risk
  // Beside 1 GiB of memory a pod has room for 472 processes of 515 tables and 160 KiB.
  const each = Math.floor(gib / (515 * 4096 + 160 * kib)) + 1
  expect(cgroups[0]?.breaks).toMatchObject({ group: 'db', processes: 20 * each })
})
