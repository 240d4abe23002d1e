import { describe, expect, it } from 'vitest'
import { plan } from '../../../src/plan/plan.ts'
import type { Finding } from '../../../src/plan/result/finding.ts'
import type { WorkloadParts } from '../../build.ts'
import { gib, kib, mib, workload } from '../../build.ts'
import { only } from './found.ts'

function findingsOf(parts: WorkloadParts, ...assumed: string[]): readonly Finding[] {
  const assumptions = assumed.map((path) => ({ path, value: '', source: '' }))
  return plan(workload(parts), { name: 'test', assumptions }).findings
}

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
