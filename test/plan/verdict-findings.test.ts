import { describe, expect, it } from 'vitest'
import { plan } from '../../src/plan/plan.ts'
import type { Finding, FindingKind } from '../../src/plan/result/finding.ts'
import type { WorkloadParts } from '../build.ts'
import { gib, kib, mib, planned, workload } from '../build.ts'

function findingsOf(parts: WorkloadParts, ...assumed: string[]): readonly Finding[] {
  const assumptions = assumed.map((path) => ({ path, value: '', source: '' }))
  const scenario = { name: 'test', file: 'test.yaml', fingerprint: '' }
  return plan(workload(parts), {
    tool: { name: 'mshare-plan', version: '0' },
    scenario,
    assumptions,
  }).findings
}

function only<K extends FindingKind>(findings: readonly Finding[], kind: K) {
  return findings.filter(
    (finding): finding is Extract<Finding, { kind: K }> => finding.kind === kind,
  )
}

const lkml = (memory: number, processes = 1500): WorkloadParts => ({
  host: { memory, minFree: 0 },
  regions: { sga: { size: 300 * gib } },
  groups: { clients: { processes, maps: [{ region: 'sga' }] } },
})

describe('data that fits, and page tables that do not', () => {
  it('are told apart', () => {
    const [finding] = only(planned(lkml(512 * gib)).findings, 'tables-decide')
    expect(finding).toMatchObject({
      severity: 'error',
      otherBytes: 300 * gib,
      tableBytes: 1500 * 153_902 * 4096,
      capacityBytes: 512 * gib,
    })
  })

  it('are told apart in a cgroup too', () => {
    const parts: WorkloadParts = {
      host: { memory: 2048 * gib, minFree: 0, cgroups: { tenant: 400 * gib } },
      regions: { sga: { size: 300 * gib } },
      groups: { clients: { processes: 1500, cgroup: 'tenant', maps: [{ region: 'sga' }] } },
    }
    expect(only(planned(parts).findings, 'tables-decide')).toMatchObject([
      { cgroup: 'tenant', otherBytes: 300 * gib, capacityBytes: 400 * gib },
    ])
  })

  it.each([
    ['everything fits', lkml(2048 * gib)],
    ['not even the data fits', lkml(299 * gib)],
  ])('are no finding where %s', (_, parts) => {
    expect(only(planned(parts).findings, 'tables-decide')).toEqual([])
  })
})

describe('a default on which the verdict rests', () => {
  // 100 processes on 1 GiB: 10 % of it, 107,374,182 B, is left up to 966,367,642 B of demand.
  const crowd = (baseTables: number, kernelMemory = 0): WorkloadParts => ({
    host: { memory: gib, minFree: 0 },
    groups: { clients: { processes: 100, private: 8 * mib, baseTables, kernelMemory } },
    strategies: ['as-described'],
  })

  it('is named, with the levels of half and of twice as much', () => {
    // (8 MiB + PGD + base) · 100: 839 MB + base; 1 MiB of base is safe, 2 MiB tight.
    const findings = findingsOf(crowd(mib), 'groups.clients.baseTables')
    expect(only(findings, 'assumption-decides')).toEqual([
      {
        id: 'MSP022',
        kind: 'assumption-decides',
        severity: 'warning',
        strategy: 'as-described',
        assumption: 'baseTables',
        paths: ['groups.clients.baseTables'],
        level: 'safe',
        halved: 'safe',
        doubled: 'tight',
      },
    ])
  })

  it('is none where it is given, or where neither half nor twice changes the level', () => {
    expect(only(findingsOf(crowd(mib)), 'assumption-decides')).toEqual([])
    const small = findingsOf(crowd(160 * kib), 'groups.clients.baseTables')
    expect(only(small, 'assumption-decides')).toEqual([])
  })

  it('is not what private memory needs of base tables, which follows from it', () => {
    const derived = crowd(mib)
    const groups = { clients: { ...derived.groups?.['clients'], assumedTables: 4 * kib } }
    const findings = findingsOf({ ...derived, groups }, 'groups.clients.baseTables')
    expect(only(findings, 'assumption-decides')).toEqual([])
  })

  it('may be kernel memory, of every thread', () => {
    const findings = findingsOf(crowd(0, mib), 'groups.clients.kernelMemory')
    expect(only(findings, 'assumption-decides')).toMatchObject([
      { assumption: 'kernelMemory', level: 'safe', doubled: 'tight' },
    ])
  })

  it('may be the min watermark', () => {
    const parts: WorkloadParts = {
      host: { memory: gib },
      groups: { clients: { processes: 1, private: 880 * mib } },
      strategies: ['as-described'],
    }
    // 5 % of memory, as khugepaged asks for it, leaves 9 %; half of it leaves more than 10 %.
    expect(only(findingsOf(parts), 'assumption-decides')).toMatchObject([
      { assumption: 'minFree', paths: ['host.minFree'] },
    ])
  })

  it('may be that all is touched', () => {
    const parts: WorkloadParts = {
      host: { memory: gib, minFree: 0 },
      regions: { 'a.b': { size: 1000 * mib } },
      groups: { clients: { maps: [{ region: 'a.b' }] } },
      strategies: ['as-described'],
    }
    const findings = findingsOf(parts, 'groups.clients.maps[0].touched')
    expect(only(findings, 'assumption-decides')).toMatchObject([
      { assumption: 'touched', level: 'tight', halved: 'safe' },
    ])
    expect(only(findings, 'assumption-decides')[0]).not.toHaveProperty('doubled')
  })

  it('may decide a gate and no level', () => {
    const gates = { pageTables: { kind: 'bytes', bytes: 150 * mib } } as const
    const parts = { ...crowd(mib), gates } as WorkloadParts
    expect(only(findingsOf(parts, 'groups.clients.baseTables'), 'assumption-decides')).toHaveLength(
      1,
    )
    const loose = { pageTables: { kind: 'bytes', bytes: 900 * mib } } as const
    const easy = { ...crowd(320 * kib), gates: loose } as WorkloadParts
    expect(only(findingsOf(easy, 'groups.clients.baseTables'), 'assumption-decides')).toEqual([])
  })
})

describe('pools', () => {
  it('that memory does not hold are an error, under each strategy that plans them', () => {
    const findings = only(planned(lkml(256 * gib)).findings, 'pool-exceeds-memory')
    expect(findings.map(({ strategy }) => strategy)).toEqual(['hugetlb-2m', 'hugetlb-1g'])
    expect(findings[0]).toMatchObject({ poolBytes: 300 * gib, roomBytes: 256 * gib })
  })

  it('as large as memory are none', () => {
    expect(only(planned(lkml(300 * gib)).findings, 'pool-exceeds-memory')).toEqual([])
  })
})

describe('the owner of an mshare region', () => {
  const parts = (processes: number, shortLived = false): WorkloadParts => ({
    regions: { r: { size: gib } },
    groups: { clients: { processes, shortLived, maps: [{ region: 'r' }] } },
  })

  it('is a single point of failure for those who share it', () => {
    const [finding] = only(planned(parts(40)).findings, 'owner-is-single-point')
    expect(finding).toMatchObject({ strategy: 'mshare', owner: 'clients', sharers: 40 })
  })

  it('is none for itself alone, nor where worse is said, nor in the first proposal', () => {
    for (const other of [
      parts(1),
      parts(40, true),
      { ...parts(40), mshareRevision: 'rfc-2022' } as const,
    ]) {
      expect(only(planned(other).findings, 'owner-is-single-point')).toEqual([])
    }
  })
})
