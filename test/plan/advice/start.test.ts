import { describe, expect, test } from 'vitest'
import type { Result } from '../../../src/plan/result/result.ts'
import type { RegionParts } from '../../build.ts'
import { gib, mib, planned } from '../../build.ts'
import { advised, idsOf, linesOf } from './advised.ts'

describe('what does not start', () => {
  const short = (count: number, more: Partial<RegionParts> = {}): Result =>
    planned({
      host: { memory: 64 * gib, hugepages: [{ pageBytes: 2 * mib, count }] },
      regions: { data: { size: 16 * gib, backing: 'sysv-shm', pageBytes: 2 * mib, ...more } },
      groups: { sessions: { processes: 200, maps: [{ region: 'data' }] } },
    })

  test('needs its pool first: 8,192 pages, not 192 more', () => {
    const [first, second] = short(8000).advice
    expect(first).toMatchObject({ id: 'resize-pool-2m', purpose: 'start', riskLevel: 'safe' })
    expect(first === undefined ? [] : linesOf(first, 'pool')).toEqual(['vm.nr_hugepages = 8192'])
    expect(second).toBeUndefined()
  })

  test('is put right with a promise of the kernel that is large enough', () => {
    // 25.98 GiB are private, and CommitLimit is 40 % of 64 GiB, 25.6: 41 % are 26.24 GiB.
    const result = planned({
      host: { memory: 64 * gib, overcommit: { mode: 'never', ratio: 40 } },
      groups: { clients: { processes: 100, private: 266 * mib } },
    })
    const first = advised(result, 'commit-limit')
    expect(first).toMatchObject({ purpose: 'start', riskLevel: 'safe' })
    expect(first.overcommit).toEqual({
      mode: 'never',
      ratio: 41,
      requestedBytes: 100 * 266 * mib,
    })
    expect(linesOf(first, 'overcommit')).toEqual(['vm.overcommit_ratio = 41'])
    expect(first.changes).toEqual([{ path: 'host.overcommit.ratio', value: 41 }])
  })

  test('may need both: a larger pool leaves less to promise', () => {
    const result = planned({
      host: {
        memory: 64 * gib,
        hugepages: [{ pageBytes: 2 * mib, count: 8000 }],
        overcommit: { mode: 'never', ratio: 50 },
      },
      regions: { data: { size: 16 * gib, backing: 'sysv-shm', pageBytes: 2 * mib } },
      groups: { sessions: { processes: 100, private: 256 * mib, maps: [{ region: 'data' }] } },
    })
    const first = advised(result, 'resize-pool')
    // 25 GiB of 48 GiB beside the pool: 52.08 %, so 53.
    expect(first.overcommit).toMatchObject({ ratio: 53 })
    expect(linesOf(first, 'pool')).toEqual(['vm.nr_hugepages = 8192'])
    expect(linesOf(first, 'overcommit')).toEqual(['vm.overcommit_ratio = 53'])
  })

  test('is on huge pages once it starts: only what is not is put there next', () => {
    const result = planned({
      host: { memory: 64 * gib, hugepages: [{ pageBytes: 2 * mib, count: 100 }] },
      regions: {
        data: { size: 8 * gib, backing: 'sysv-shm', pageBytes: 2 * mib },
        more: { size: 8 * gib, backing: 'posix-shm' },
      },
      groups: {
        sessions: { processes: 200, maps: [{ region: 'data' }, { region: 'more' }] },
      },
    })
    const next = advised(result, 'huge-pages')
    expect(next.regions.map(({ name, isNew }) => [name, isNew])).toEqual([
      ['data', false],
      ['more', true],
    ])
  })

  test('is not mended by a pool that memory does not hold', () => {
    const result = short(8000, { size: 80 * gib })
    expect(result.advice[0]?.action).not.toBe('resize-pool')
    expect(advised(result, 'memory').safeBytes).toBeGreaterThan(80 * gib)
  })

  test('a pool that is too small for what goes on on base pages is no matter of the start', () => {
    const huge = advised(short(4000, { fallback: 'base-pages' }), 'huge-pages')
    expect(huge.purpose).toBe('headroom')
    expect(linesOf(huge, 'pool')).toEqual(['vm.nr_hugepages = 8192'])
    expect(idsOf(short(4000, { fallback: 'base-pages' }))).toEqual(['hugetlb-2m'])
  })
})
