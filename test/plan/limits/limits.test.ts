import { describe, expect, it } from 'vitest'
import { findLayout } from '../../../src/geometry/catalogue.ts'
import { limitsOf } from '../../../src/plan/limits/limits.ts'
import type { Limit } from '../../../src/plan/result/limit-result.ts'
import type { RiskLevel } from '../../../src/workload/gates.ts'
import { riskLevels } from '../../../src/workload/gates.ts'
import type { WorkloadParts } from '../../build.ts'
import {
  gib,
  kib,
  lkmlServer,
  mib,
  planned,
  strategy,
  untouched,
  workload,
  x8664,
} from '../../build.ts'
import { databases } from '../../sharing/databases.ts'

const minFree = 94_905_344
const lkml = (processes: number, memory = 512 * gib): WorkloadParts =>
  lkmlServer(processes, { memory })

function limitUnder(parts: WorkloadParts, id: string, metric: Limit['metric']): Limit {
  const [limits] = limitsOf(workload(parts), [id])
  const limit = limits?.limits.find((candidate) => candidate.metric === metric)
  if (limit === undefined) throw new RangeError(`no ${metric} under ${id}`)
  return limit
}

function levelWith(parts: WorkloadParts, id: string): RiskLevel {
  return strategy(planned(parts), id).risk.level
}

describe('300 GB for 1500 clients on 512 GB', () => {
  // One client: 153,902 tables, baseTables, private and kernel memory.
  const each = 153_902 * 4096 + 160 * kib + 6 * mib + 48 * kib
  const room = 512 * gib - minFree - 300 * gib

  it('is safe, and not out of memory, up to the numbers that arithmetic gives', () => {
    const limit = limitUnder(lkml(1500), 'base-pages', 'processes')
    expect(limit.safe?.value).toBe(Math.floor((room - 51.2 * gib) / each))
    expect(limit.tight?.value).toBe(Math.floor(room / each))
    // Without swap nothing lies between tight and out of memory.
    expect(limit.swapping?.value).toBe(limit.tight?.value)
    expect(limit.tight?.next).toBe('oom')
  })

  it.each(['base-pages', 'threads', 'hugetlb-2m', 'mshare'])(
    'under %s the plan agrees at every answer, and not at one more',
    (id) => {
      const limit = limitUnder(lkml(1500), id, 'processes')
      for (const level of ['safe', 'tight', 'swapping'] as const) {
        const value = limit[level]?.value ?? Number.NaN
        expect(rank(levelWith(lkml(value), id))).toBeLessThanOrEqual(rank(level))
        expect(rank(levelWith(lkml(value + 1), id))).toBeGreaterThan(rank(level))
      }
    },
  )

  it('the least memory is exact to the page', () => {
    const limit = limitUnder(lkml(100), 'base-pages', 'memory')
    for (const level of ['safe', 'tight'] as const) {
      const value = limit[level]?.value ?? Number.NaN
      expect(rank(levelWith(lkml(100, value), 'base-pages'))).toBeLessThanOrEqual(rank(level))
      expect(rank(levelWith(lkml(100, value - 4096), 'base-pages'))).toBeGreaterThan(rank(level))
    }
  })
})

describe('the same server once the advice is followed', () => {
  // 2 MiB pages: 300 shared pmd tables once; a client has a pud and a pgd of its own.
  const advised = (processes: number, poolPages = 153_600): WorkloadParts => ({
    ...lkml(processes),
    host: { memory: 512 * gib, hugepages: [{ pageBytes: 2 * mib, count: poolPages }] },
    regions: { sga: { size: 300 * gib, backing: 'sysv-shm', pageBytes: 2 * mib } },
  })

  it('stands as many clients as arithmetic gives', () => {
    const each = 2 * 4096 + 160 * kib + 6 * mib + 48 * kib
    const room = 212 * gib - minFree - 300 * 4096
    const limit = limitUnder(advised(1500), 'as-described', 'processes')
    expect(limit.safe?.value).toBe(Math.floor((room - 51.2 * gib) / each))
    expect(limit.tight?.value).toBe(Math.floor(room / each))
    for (const level of ['safe', 'tight'] as const) {
      const value = limit[level]?.value ?? Number.NaN
      expect(levelWith(advised(value), 'as-described')).toBe(level)
      expect(rank(levelWith(advised(value + 1), 'as-described'))).toBeGreaterThan(rank(level))
    }
  })

  it('has no region larger than its pool', () => {
    const limit = limitUnder(advised(1500), 'as-described', 'region')
    expect(limit.safe).toMatchObject({ value: 300 * gib, cause: 'huge-pages' })
  })

  it('stands no client where the pool is too small for the region', () => {
    const limit = limitUnder(advised(1500, 153_599), 'as-described', 'processes')
    expect(limit.safe?.value ?? 0).toBe(0)
  })
})

describe('the largest region', () => {
  it('is exact to the page, and stopped by what one page more breaks', () => {
    const limit = limitUnder(lkml(100), 'base-pages', 'region')
    const at = (size: number): WorkloadParts => ({ ...lkml(100), regions: { sga: { size } } })
    for (const level of ['safe', 'tight'] as const) {
      const value = limit[level]?.value ?? Number.NaN
      expect(levelWith(at(value), 'base-pages')).toBe(level)
      expect(rank(levelWith(at(value + 4096), 'base-pages'))).toBeGreaterThan(rank(level))
    }
    expect(limit.tight).toMatchObject({ next: 'oom', cause: 'memory' })
  })

  it('is as large as the address space holds, where nothing else stops it', () => {
    const parts: WorkloadParts = {
      host: { memory: 512 * gib },
      regions: { r: { size: gib, backing: 'file' } },
      groups: { g: { maps: [{ region: 'r', touched: { kind: 'ranges', ranges: [] } }] } },
    }
    const limit = limitUnder(parts, 'base-pages', 'region')
    // From the middle of 128 TiB to its end, but for the last page: TASK_SIZE_MAX.
    expect(limit.safe).toEqual({ value: 64 * 1024 * gib - 4096 })
  })
})

function rank(level: RiskLevel): number {
  return riskLevels.indexOf(level)
}

it('a cgroup that is full first is named', () => {
  const parts: WorkloadParts = {
    host: { memory: 512 * gib, cgroups: { tenant: gib } },
    groups: { clients: { processes: 1, private: 10 * mib, cgroup: 'tenant' } },
  }
  expect(limitUnder(parts, 'base-pages', 'processes').tight).toMatchObject({
    next: 'oom',
    cgroup: 'tenant',
  })
})

it('all groups grow in proportion, the others in between whole numbers rounded down', () => {
  const each = { private: gib, baseTables: 0, kernelMemory: 0 }
  const parts: WorkloadParts = {
    host: { memory: 100 * gib, minFree: 0 },
    groups: { many: { ...each, processes: 4 }, few: { ...each, processes: 2 } },
  }
  // 66 + 33 = 99 GiB and their PGDs fit in 100; 67 + 33 do not.
  expect(limitUnder(parts, 'base-pages', 'allProcesses').tight?.value).toBe(66)
})

it('a level that nothing reaches has no number', () => {
  const parts: WorkloadParts = { host: { memory: gib, reserves: { os: 2 * gib } } }
  const limit = limitUnder({ ...parts, groups: { idle: {} } }, 'base-pages', 'processes')
  expect(limit.swapping).toBeUndefined()
})

describe('where the address space is larger than numbers are exact', () => {
  const dax = (layout: string): WorkloadParts => ({
    host: { memory: 16 * gib, layout: findLayout(layout) ?? x8664 },
    regions: { pool: { size: 4 * gib, backing: 'dax' } },
    groups: { clients: { processes: 1500, maps: [{ region: 'pool' }] } },
  })

  it.each(['x86-64-5level', 'riscv64-sv57'])('on %s a limit is found as on x86-64', (layout) => {
    // The second p4d table of a process makes no difference to a region of some GiB.
    const [five, four] = [dax(layout), dax('x86-64')].map(
      (parts) => limitUnder(parts, 'base-pages', 'region').safe,
    )
    expect(five).toMatchObject({ next: 'tight', cause: 'memory' })
    expect(Math.abs((five?.value ?? 0) - (four?.value ?? 0))).toBeLessThan(16 * mib)
  })

  it('a limit past 2^53 − 1 is not known, and no failure', () => {
    // Nobody touches it: no table, and no memory, however large the file is.
    const parts = dax('x86-64-5level')
    const maps = [{ region: 'pool', touched: untouched }]
    const groups = { clients: { processes: 1500, maps } }
    const limit = limitUnder({ ...parts, groups }, 'base-pages', 'region')
    const value = 2 ** 53 - 4096
    expect(limit).toMatchObject({ safe: { value, atLeast: true }, tight: { value, atLeast: true } })
    expect(limit.safe).not.toHaveProperty('cause')
  })
})

describe('a region that no longer fits into its pool as it grows', () => {
  const buffers = {
    size: 4 * gib,
    backing: 'anonymous-shared',
    pageBytes: 2 * mib,
    fallback: 'base-pages',
  } as const
  const parts: WorkloadParts = {
    host: { memory: 64 * gib, hugepages: [{ pageBytes: 2 * mib, count: 4096 }] },
    regions: { buffers },
    groups: { backends: { processes: 5000, maps: [{ region: 'buffers' }] } },
  }

  it('is safe up to the pool, and out of memory with a page more, all of it on base pages', () => {
    const limit = limitUnder(parts, 'as-described', 'region')
    const bound = { value: 8 * gib, next: 'oom', cause: 'unswappable' }
    expect(limit).toMatchObject({ safe: bound, tight: bound, swapping: bound })
  })

  it('where it is larger now, the limit is looked for below', () => {
    const grown = {
      ...parts,
      regions: { buffers: { ...buffers, size: 9 * gib } },
    }
    expect(limitUnder(grown, 'as-described', 'region').safe?.value).toBe(8 * gib)
  })

  it('a safe size now is never above the limit, though a region behind it takes its place', () => {
    // 7 GiB and 2 GiB do not both fit into 8 GiB: the second is on base pages, for one process. From
    // 8 GiB on the first one is, and the second is in the pool: worse with each GiB, but possible.
    const regions = {
      first: { ...buffers, size: 12 * gib },
      second: { ...buffers, size: 2 * gib },
    }
    const maps = [{ region: 'first' }, { region: 'second' }]
    const limit = limitUnder(
      { ...parts, regions, groups: { one: { maps } } },
      'as-described',
      'region',
    )
    expect(limit.safe?.value).toBeGreaterThanOrEqual(12 * gib)
    expect(limit.safe).toMatchObject({ next: 'tight', cause: 'memory' })
  })
})

it('only limits that are wanted are looked for', () => {
  const limits = limitsOf(workload(lkml(10)), ['base-pages'], ({ metric }) => metric === 'memory')
  expect(limits.flatMap((one) => one.limits.map(({ metric }) => metric))).toEqual(['memory'])
})

it('limits of copies are those of one of them', () => {
  const [limits] = limitsOf(
    databases(0, 4 * kib),
    ['as-described'],
    ({ metric }) => metric === 'processes',
  )
  expect(limits?.limits[0]).toMatchObject({ group: 'db', now: 10 })
})
