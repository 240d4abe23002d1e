import { describe, expect, test } from 'vitest'
import type { Result } from '../../../src/plan/result/result.ts'
import type { StrategyRow } from '../../../src/render/screen/strategy-rows.ts'
import { partialObstacles, strategyRows } from '../../../src/render/screen/strategy-rows.ts'
import { gib, planned, random, strategy } from '../../build.ts'
import { lkml } from '../lkml-result.ts'
import { changed, oneRequest, plain, pooled, server } from './servers.ts'

const rowsOf = (result: Result): readonly StrategyRow[] => strategyRows(result, plain)
const labels = (result: Result): readonly string[] => rowsOf(result).map(({ label }) => label)

function row(result: Result, id: string): StrategyRow {
  const found = rowsOf(result).find(
    ({ strategy: own, alike }) => own.id === id || alike.some((other) => other.id === id),
  )
  if (found === undefined) throw new RangeError(`no row has ${id}`)
  return found
}

function textOf(result: Result, id: string): string {
  const { content } = row(result, id)
  return 'reason' in content ? content.reason : content.cells.join(' | ')
}

describe('the rows', () => {
  test('are as-described, huge pages by size, THP, threads, base pages, then what is proposed', () => {
    const parts = pooled(8192, { size: 16 * gib, backing: 'posix-shm' })
    const { strategies } = planned({
      ...parts,
      strategies: [
        'mshare',
        'base-pages',
        'threads',
        'thp-2m',
        'hugetlb-1g',
        'hugetlb-2m',
        'as-described',
      ],
    })
    const result = planned(parts)
    const all = rowsOf({ ...result, strategies }).flatMap(({ strategy: own, alike }) => [
      own.id,
      ...alike.map(({ id }) => id),
    ])
    const order = ['as-described', 'hugetlb-2m', 'hugetlb-1g', 'thp-2m', 'threads', 'base-pages']
    expect(all).toEqual([...order, 'mshare'])
  })

  test('that print the same are one', () => {
    const result = planned(server(200))
    expect(row(result, 'base-pages').strategy.id).toBe('as-described')
    expect(labels(result)).not.toContain('base-pages')
  })

  test('of what is proposed are never one with a row of what exists', () => {
    const twin = changed(server(200), ({ strategies }) => ({
      strategies: strategies.map((each) =>
        each.id === 'mshare'
          ? { ...strategy({ strategies }, 'base-pages'), id: 'mshare', status: 'proposed' }
          : each,
      ),
    }))
    expect(row(twin, 'mshare').label).toBe('mshare (proposed)')
    expect(row(twin, 'mshare').strategy.id).toBe('mshare')
  })

  test('have page tables, savings, headroom, safe to, at most and risk', () => {
    const result = planned(server(2000))
    expect(textOf(result, 'as-described')).toBe('62.6 GiB | - | -14.6 GiB | 1,328 | 1,532 | oom')
    // A pud and a pgd table each, 16 pmd tables shared: 2,000 * 8 KiB + 64 KiB. Linux has 2^22 ids.
    expect(textOf(result, 'hugetlb-2m')).toBe(
      '15.7 MiB | 62.6 GiB | 48.0 GiB | 4,194,304 | 4,194,304 | safe',
    )
  })

  test('have negative savings where a row costs more', () => {
    // 200 * 33,628,160 B against 200 * 8 KiB + 64 KiB.
    expect(textOf(planned(pooled(8192)), 'base-pages')).toMatch(/^6\.3 GiB \| -6\.3 GiB \| /)
  })

  test('compare with base pages where as-described does not start', () => {
    const result = planned(pooled(8000))
    expect(textOf(result, 'base-pages')).toMatch(/^6\.3 GiB \| - \| /)
    expect(textOf(result, 'hugetlb-2m')).toMatch(/^1\.6 MiB \| 6\.3 GiB \| /)
  })

  test('name the cgroup whose risk it is', () => {
    const result = planned(
      server(200, {
        host: { cgroups: { 'db\u001b': 20 * gib } },
        group: { cgroup: 'db\u001b', maps: [{ region: 'data' }] },
      }),
    )
    expect(textOf(result, 'as-described')).toMatch(/ \| oom in db\\x1b$/)
    expect(textOf(result, 'hugetlb-2m')).toMatch(/ \| safe$/)
  })

  test('mark what chance decides, and what follows from it', () => {
    const touched = random(1000)
    const result = planned(server(200, { group: { maps: [{ region: 'data', touched }] } }))
    expect(textOf(result, 'as-described')).toMatch(/^~[\d.]+ [MG]iB \| - \| /)
    expect(textOf(result, 'threads')).toMatch(/^~[\d.]+ MiB \| ~[\d.]+ [MG]iB \| /)
    expect(textOf(planned(server(200)), 'hugetlb-2m')).not.toContain('~')
  })

  test('have a limit that was not found as unknown', () => {
    const result = changed(server(200), ({ strategies }) => ({
      strategies: strategies.map((each) =>
        each.id === 'threads' && each.applies
          ? {
              ...each,
              limits: each.limits.map(({ safe: _safe, swapping: _swapping, ...limit }) => ({
                ...limit,
                swapping: { value: 9, atLeast: true as const },
              })),
            }
          : each,
      ),
    }))
    expect(textOf(result, 'threads')).toMatch(/ \| 0 \| - \| safe$/)
  })
})

describe('a row without figures', () => {
  test('is not possible, for the first region that keeps it from it', () => {
    const result = planned(server(200, { region: { backing: 'sysv-shm' } }))
    expect(textOf(result, 'mshare')).toBe('not possible: data is a SysV segment')
    const log = { size: gib, backing: 'sysv-shm' } as const
    const two = server(200, {
      region: { backing: 'sysv-shm' },
      group: { maps: [{ region: 'data' }, { region: 'log' }] },
    })
    expect(textOf(planned({ ...two, regions: { ...two.regions, log } }), 'mshare')).toBe(
      'not possible: data is a SysV segment, and 1 more',
    )
  })

  test('has no regions to judge', () => {
    const result = planned({ groups: { sessions: { processes: 3, private: gib } } })
    expect(textOf(result, 'mshare')).toBe('not possible: there are no regions')
  })

  test('has regions that no process maps', () => {
    const idle = { ...server(0), strategies: ['as-described', 'mshare'] as const }
    expect(textOf(planned(idle), 'mshare')).toBe('not possible: no process maps data')
  })

  test('does not start for want of pages of two sizes', () => {
    const parts = pooled(8000)
    const also = { size: 2 * gib, backing: 'sysv-shm', pageBytes: gib } as const
    const sessions = { processes: 200, maps: [{ region: 'data' }, { region: 'also' }] }
    const result = planned({ ...parts, regions: { ...parts.regions, also }, groups: { sessions } })
    expect(textOf(result, 'as-described')).toBe(
      'does not start: huge pages are missing, 192 of 2 MiB and 2 of 1 GiB',
    )
  })

  test('does not start', () => {
    expect(textOf(planned(pooled(8000)), 'as-described')).toBe(
      'does not start: 192 huge pages are missing',
    )
    expect(textOf(planned(pooled(8191)), 'as-described')).toBe(
      'does not start: 1 huge page is missing',
    )
    expect(textOf(planned(oneRequest()), 'as-described')).toBe(
      'does not start: the kernel refuses a request',
    )
    const never = server(200, { host: { overcommit: { mode: 'never', ratio: 20 } } })
    expect(textOf(planned(never), 'as-described')).toBe(
      'does not start: the kernel refuses more than CommitLimit',
    )
  })

  test('needs a pool that is larger than memory', () => {
    const result = planned(server(20, { host: { memory: 12 * gib }, region: { backing: 'memfd' } }))
    expect(textOf(result, 'hugetlb-2m')).toBe('not possible: its pool of 16.0 GiB exceeds memory')
  })
})

describe('a region that stays as it is', () => {
  const log = { size: gib, backing: 'sysv-shm' } as const
  const parts = server(200, { group: { maps: [{ region: 'data' }, { region: 'log' }] } })
  const result = planned({ ...parts, regions: { ...parts.regions, log } })

  test('marks the row', () => {
    expect(labels(result)).toContain('mshare (proposed) *')
    expect(labels(result)).toContain('as-described')
    expect(partialObstacles(strategy(result, 'mshare'))).toMatchObject([
      { kind: 'backing', region: 'log' },
    ])
    expect(partialObstacles(strategy(result, 'as-described'))).toEqual([])
  })

  test('marks no row that has no figures', () => {
    const file = { size: gib, backing: 'file' } as const
    const small = server(20, {
      host: { memory: 12 * gib },
      region: { backing: 'memfd' },
      group: { maps: [{ region: 'data' }, { region: 'log' }] },
    })
    const without = planned({ ...small, regions: { ...small.regions, log: file } })
    expect(row(without, 'hugetlb-2m')).toMatchObject({
      label: 'hugetlb-2m',
      content: { reason: expect.stringMatching(/exceeds memory$/) },
    })
  })
})

test('mshare is labelled as proposed', () => {
  expect(labels(lkml)).toEqual(['as-described', 'threads', 'mshare (proposed)'])
})
