import { describe, expect, test } from 'vitest'
import type { Result } from '../../../src/plan/result/result.ts'
import { every, gib, mib, nth, planned, strategy } from '../../build.ts'
import { advised, idsOf, linesOf, lkml, reasonFor } from './advised.ts'

describe('300 GiB of SysV memory of Oracle for 1500 clients', () => {
  const result = planned(lkml({ backing: 'sysv-shm', program: 'oracle' }))
  const huge = advised(result, 'huge-pages')

  test('go on huge pages first, then a pooler, then more memory; never threads or mshare', () => {
    expect(idsOf(result)).toEqual(['hugetlb-2m', 'pooler', 'memory'])
    expect(result.advice.every(({ purpose }) => purpose === 'level')).toBe(true)
  })

  test('need 153,600 huge pages of 2 MiB: 300 GiB and not one more', () => {
    expect(nth(huge.pools, 0)).toMatchObject({ pages: 153_600, paddingPages: 0, sparePages: 0 })
    expect(huge.regions).toMatchObject([{ name: 'sga', pages: 153_600, isNew: true }])
    expect(linesOf(huge, 'pool')).toEqual(['vm.nr_hugepages = 153600'])
    expect(linesOf(huge, 'pool-at-boot-instead')).toEqual(['hugepagesz=2M hugepages=153600'])
  })

  test('are 153,601 to hugepages_settings.sh: ⌊300 GiB / 2 MiB⌋ + 1 for the segment', () => {
    expect(nth(huge.pools, 0).recipe).toEqual({ pages: 153_601, segments: 1, difference: 1 })
  })

  test('save what two plans differ by: 945,819,648,000 B less 259,276,800 B', () => {
    expect(huge).toMatchObject({
      savedBytes: 945_560_371_200,
      pageTableBytes: 259_276_800,
      riskLevel: 'safe',
      efforts: ['restart'],
    })
    expect(huge.addedHeadroomBytes).toBe(945_560_371_200)
  })

  test('have the lines of Oracle alone, nothing behind a setting', () => {
    expect(linesOf(huge, 'database')).toEqual(['use_large_pages = only'])
    expect(linesOf(huge, 'memlock')).toEqual([
      '* soft memlock 314572800',
      '* hard memlock 314572800',
    ])
    expect(linesOf(huge, 'shm-group')).toEqual(['vm.hugetlb_shm_group = 1000'])
    expect(linesOf(huge, 'shm-limits')).toEqual([
      'kernel.shmmax = 322122547200',
      'kernel.shmall = 78643200',
    ])
    const programs = huge.settings.flatMap(({ program }) => program ?? [])
    expect(new Set(programs)).toEqual(new Set(['oracle']))
  })

  test('could be on 300 pages of 1 GiB as well, which have as much headroom', () => {
    expect(huge.largerPages).toMatchObject([{ pageBytes: gib, pages: 300 }])
  })

  test('fit into 1322 GiB: the least memory of which a tenth is left', () => {
    const { safeBytes, efforts } = advised(result, 'memory')
    expect(efforts).toEqual(['new-hardware'])
    const at = (memory: number) =>
      strategy(planned({ ...lkml({ backing: 'sysv-shm' }), host: { memory } }), 'as-described')
    expect(at(safeBytes).risk.level).toBe('safe')
    expect(at(safeBytes - 4096).risk.level).toBe('tight')
    expect(Math.round(safeBytes / gib)).toBe(1322)
  })
})

test('300 GiB in /dev/shm of Oracle have to become SysV: MEMORY_TARGET off, SGA_TARGET set', () => {
  const huge = advised(planned(lkml({ program: 'oracle' })), 'huge-pages')
  expect(linesOf(huge, 'database')).toEqual([
    'use_large_pages = only',
    'memory_target = 0',
    'memory_max_target = 0',
    'sga_target = 307200M',
  ])
  expect(huge.changes).toContainEqual({ path: 'regions.sga.backing', value: 'sysv-shm' })
})

describe('what is worth doing where it is safe', () => {
  /** 16 GiB on huge pages, 4 GiB on base pages in 200 processes: 1.6 GiB of page tables. */
  const pools = (count: number, memory = 64 * gib): Result =>
    planned({
      host: { memory, hugepages: [{ pageBytes: 2 * mib, count }] },
      regions: {
        data: { size: 16 * gib, backing: 'sysv-shm', pageBytes: 2 * mib },
        cache: { size: 4 * gib, backing: 'anonymous-shared' },
      },
      groups: { sessions: { processes: 200, maps: [{ region: 'data' }, { region: 'cache' }] } },
    })

  test('is what adds a hundredth of memory; a pool counts what it holds already: 8192 + 2048', () => {
    const huge = advised(pools(8192), 'huge-pages')
    expect(huge.purpose).toBe('headroom')
    expect(nth(huge.pools, 0)).toMatchObject({ pages: 10_240, configuredPages: 8192 })
    expect(linesOf(huge, 'pool')).toEqual(['vm.nr_hugepages = 10240'])
    expect(huge.regions.map(({ name, isNew }) => [name, isNew])).toEqual([
      ['data', false],
      ['cache', true],
    ])
  })

  test('is nothing where the same bytes are less than that', () => {
    const result = pools(8192, 256 * gib)
    expect(result.advice).toEqual([])
    expect(result.nothingToDo?.reason).toBe('too-little')
    expect(reasonFor(result, 'hugetlb-2m')).toBe('too-little')
  })

  test('is an idle pool, before anything else: 2048 pages are 4 GiB', () => {
    const [first] = pools(10_240).advice
    expect(first).toMatchObject({ id: 'resize-pool-2m', addedHeadroomBytes: 4 * gib, efforts: [] })
    expect(first === undefined ? [] : linesOf(first, 'pool')).toEqual(['vm.nr_hugepages = 8192'])
  })

  test('is not a larger page that costs more than it saves', () => {
    // 1 GiB pages round 4.15 GiB up to 5 GiB, to save kilobytes of page tables.
    const result = planned({
      regions: { data: { size: 4250 * mib, backing: 'memfd' } },
      groups: { sessions: { processes: 200, maps: [{ region: 'data' }] } },
    })
    expect(advised(result, 'huge-pages')).toMatchObject({ pageBytes: 2 * mib, largerPages: [] })
  })

  test('is not memory that nothing touches: huge pages set all of it aside', () => {
    const result = planned({
      host: { memory: 384 * gib },
      regions: { index: { size: 300 * gib, backing: 'memfd' } },
      groups: {
        lookups: {
          processes: 20,
          maps: [{ region: 'index', touched: every(512) }],
        },
      },
    })
    expect(result.advice).toEqual([])
    expect(result.nothingToDo?.reason).toBe('untouched-pages')
  })
})

test('mshare is not counted on: advice is against what it would be without', () => {
  const result = planned(lkml({ mshare: { mode: 0o600 } }))
  expect(strategy(result, 'as-described').risk.level).toBe('safe')
  expect(result.advice[0]).toMatchObject({ id: 'hugetlb-2m', purpose: 'level' })
  expect(result.findings.map(({ kind }) => kind)).toContain('huge-pages-do-it-today')
})

test('without as-described there is nothing to set advice against', () => {
  const result = planned({ ...lkml(), strategies: ['base-pages', 'hugetlb-2m'] })
  expect([result.advice, result.rejected, result.nothingToDo]).toEqual([[], [], undefined])
})
