import { describe, expect, it } from 'vitest'
import { findLimits } from '../../../src/plan/limits/find-limits.ts'
import { gib, lkmlServer, workload } from '../../build.ts'

const server = workload(lkmlServer())

describe('the limits of a workload', () => {
  it('are those of the strategies and the numbers that are asked for', () => {
    const { strategies, refused, charts } = findLimits(
      server,
      { name: 'lkml' },
      { strategies: ['hugetlb-2m'], isWanted: ({ metric }) => metric === 'processes' },
    )
    expect(strategies.map(({ id, limits }) => [id, limits.map(({ metric }) => metric)])).toEqual([
      ['hugetlb-2m', ['processes']],
    ])
    expect([refused, charts]).toEqual([[], undefined])
  })

  it('have figures of pictures on request, and name the scenario', () => {
    const found = findLimits(
      server,
      { name: 'lkml', file: 'a.yaml' },
      { strategies: ['as-described'], withCharts: true },
    )
    expect(found.scenario).toMatchObject({ name: 'lkml', file: 'a.yaml' })
    expect(found.charts?.length).toBeGreaterThan(0)
  })

  it('list what cannot be planned, region by region', () => {
    const alone = workload({
      regions: { heap: { size: gib, backing: 'sysv-shm' } },
      groups: { db: { maps: [{ region: 'heap' }] } },
    })
    const { strategies, refused } = findLimits(alone, { name: '' }, { strategies: ['mshare'] })
    expect([strategies, refused]).toMatchObject([[], [{ id: 'mshare', applies: false }]])
  })
})
