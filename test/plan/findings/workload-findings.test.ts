import { describe, expect, it } from 'vitest'
import type { WorkloadParts } from '../../build.ts'
import { gib, planned } from '../../build.ts'
import { lkml, only } from './found.ts'

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
