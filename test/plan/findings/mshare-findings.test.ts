import { describe, expect, it } from 'vitest'
import type { WorkloadParts } from '../../build.ts'
import { gib, planned } from '../../build.ts'
import { only } from './found.ts'

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
