import { describe, expect, it } from 'vitest'
import type { Limit } from '../../src/plan/limit-result.ts'
import { limitsOf } from '../../src/plan/limits.ts'
import type { RiskLevel } from '../../src/workload/workload.ts'
import { riskLevels } from '../../src/workload/workload.ts'
import type { WorkloadParts } from '../build.ts'
import { gib, kib, mib, planned, strategy, workload } from '../build.ts'

const minFree = 94_905_344
const lkml = (processes: number, memory = 512 * gib): WorkloadParts => ({
  host: { memory },
  regions: { sga: { size: 300 * gib } },
  groups: {
    clients: {
      processes,
      private: 6 * mib,
      baseTables: 160 * kib,
      kernelMemory: 48 * kib,
      maps: [{ region: 'sga' }],
    },
  },
})

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
