import { describe, expect, it } from 'vitest'
import { assumedAmong, sensitivityOf } from '../../../src/plan/limits/sensitivity.ts'
import { isPlanned, planAll } from '../../../src/plan/strategy/plans.ts'
import type { WorkloadParts } from '../../build.ts'
import { gib, kib, mib, workload } from '../../build.ts'

function sensitivity(parts: WorkloadParts, ...paths: readonly string[]) {
  const given = workload({ ...parts, strategies: ['as-described'] })
  const [described] = planAll(given, []).asked
  if (described === undefined || !isPlanned(described)) throw new RangeError('not planned')
  const assumptions = paths.map((path) => ({ path, value: '', source: '' }))
  return sensitivityOf(given, described, assumptions)
}

const host = { memory: gib, minFree: 0 }
const touched = 'groups.clients.maps[0].touched'

it('an amount that the scenario says of other groups is one of some', () => {
  const maps = [{ region: 'buffers' }]
  const parts: WorkloadParts = {
    host,
    regions: { buffers: { size: 200 * mib } },
    groups: { clients: { processes: 9, maps }, writers: { processes: 1, maps } },
  }
  expect(sensitivity(parts, touched, 'groups.writers.private')?.assumed).toEqual([
    { kind: 'touched', everything: true, ofSome: true },
    { kind: 'private', leastBytes: 0, mostBytes: 0, ofSome: true },
  ])
  const both = [touched, 'groups.writers.maps[0].touched']
  expect(sensitivity(parts, ...both)?.assumed).toEqual([{ kind: 'touched', everything: true }])
})

describe('half of what is assumed, where it is not safe', () => {
  // 100 processes map 200 MiB: 100 pte, a pmd, a pud and a pgd each; 103 pages.
  const parts: WorkloadParts = {
    host: { ...host, memory: 230 * mib },
    regions: { buffers: { size: 200 * mib } },
    groups: { clients: { processes: 100, maps: [{ region: 'buffers' }] } },
  }

  it('halves the tables, and not the memory that the processes share', () => {
    const tables = 100 * (50 + 3) * 4096
    expect(sensitivity(parts, touched)).toEqual({
      factor: 0.5,
      assumed: [{ kind: 'touched', everything: true }],
      riskLevel: 'tight',
      headroomBytes: 230 * mib - 200 * mib - tables,
      pageTableBytes: tables,
    })
  })

  it('halves the memory of a region that one process maps', () => {
    const one = { clients: { processes: 1, maps: [{ region: 'buffers' }] } }
    const small = { ...host, memory: 210 * mib }
    expect(sensitivity({ ...parts, host: small, groups: one }, touched)).toMatchObject({
      headroomBytes: 110 * mib - (50 + 3) * 4096,
    })
  })

  it('takes all kinds at once', () => {
    const groups = {
      clients: { ...parts.groups?.['clients'], private: 200 * kib, kernelMemory: 40 * kib },
    }
    const all = sensitivity(
      { ...parts, groups },
      touched,
      'groups.clients.private',
      'groups.clients.kernelMemory',
    )
    expect(all?.assumed.map(({ kind }) => kind)).toEqual(['touched', 'private', 'kernelMemory'])
    expect(all?.headroomBytes).toBe(30 * mib - 100 * ((50 + 3) * 4096 + 100 * kib + 20 * kib))
  })
})

describe('twice of what is assumed, where it is safe', () => {
  const clients = {
    processes: 100,
    private: 4 * mib,
    baseTables: 100 * kib,
    assumedTables: 64 * kib,
  }

  it('doubles the assumed part of base tables, and private memory with its tables', () => {
    const parts: WorkloadParts = { host, groups: { clients } }
    const tables = sensitivity(parts, 'groups.clients.baseTables')
    expect(tables).toMatchObject({
      factor: 2,
      assumed: [{ kind: 'baseTables', leastBytes: 64 * kib, mostBytes: 64 * kib }],
      pageTableBytes: 100 * (164 + 4) * kib,
    })
    // 8 MiB need four pte tables beyond the assumed 64 KiB.
    expect(sensitivity(parts, 'groups.clients.private')).toMatchObject({
      pageTableBytes: 100 * (64 + 16 + 4) * kib,
      headroomBytes: gib - 100 * (8 * mib + (64 + 16 + 4) * kib),
    })
  })

  it('keeps base tables that the scenario gives while private memory grows', () => {
    const { assumedTables: _, ...given } = clients
    expect(
      sensitivity({ host, groups: { clients: given } }, 'groups.clients.private'),
    ).toMatchObject({ pageTableBytes: 100 * (100 + 4) * kib })
  })

  it('doubles reserves that somebody estimated, and is no longer safe', () => {
    const reserves = { agents: 300 * mib, cache: 200 * mib }
    const parts: WorkloadParts = { host: { ...host, reserves }, groups: { clients: {} } }
    expect(sensitivity(parts, 'host.reserve.agents')).toMatchObject({
      assumed: [{ kind: 'reserve', bytes: 300 * mib }],
      riskLevel: 'safe',
    })
    expect(sensitivity(parts, 'host.reserve.agents', 'host.reserve.cache')).toMatchObject({
      assumed: [{ kind: 'reserve', bytes: 500 * mib }],
      riskLevel: 'tight',
    })
  })
})

it('says what keeps it from starting, and what it is', () => {
  const hugepages = [{ pageBytes: 2 * mib, count: 10 }]
  const parts: WorkloadParts = {
    host: { ...host, hugepages },
    regions: { buffers: { size: 100 * mib, backing: 'memfd', pageBytes: 2 * mib } },
    groups: { clients: { kernelMemory: 48 * kib, maps: [{ region: 'buffers' }] } },
  }
  expect(sensitivity(parts, 'groups.clients.kernelMemory')).toMatchObject({
    factor: 0.5,
    refusal: 'huge-pages',
  })
})

it('is absent where nothing that weighs was assumed', () => {
  const parts: WorkloadParts = { host, groups: { clients: { processes: 2 } } }
  expect(sensitivity(parts, 'host.kernel', 'host.minFree')).toBeUndefined()
})

it('knows a touch set of which an amount was estimated', () => {
  const assumed = assumedAmong([
    { path: 'groups.clients.maps[0].touched.random', value: '', source: '' },
    { path: 'groups.clients.maps[1].touched.ranges[0].length', value: '', source: '' },
    { path: 'groups.clients.maps[2].touched.zipf.order', value: 'in-order', source: '' },
    { path: 'groups.clients.maps[3].touched.zipf.accesses', value: '', source: '' },
  ])
  expect(assumed('groups.clients.maps[0].touched')).toBe(true)
  expect(assumed('groups.clients.maps[1].touched')).toBe(true)
  expect(assumed('groups.clients.maps[3].touched')).toBe(true)
  expect(assumed('groups.clients.maps[2].touched')).toBe(false)
})
