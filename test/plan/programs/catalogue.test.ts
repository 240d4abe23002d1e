import { describe, expect, test } from 'vitest'
import type { Result } from '../../../src/plan/result/result.ts'
import type { Program } from '../../../src/workload/region.ts'
import type { RegionParts, WorkloadParts } from '../../build.ts'
import { gib, kib, mib, nth, planned } from '../../build.ts'
import { advised, linesOf, lkml, reasonFor } from '../advice/advised.ts'

describe('programs', () => {
  const of = (program: Program, more: Partial<RegionParts> = {}): Result =>
    planned(lkml({ backing: 'anonymous-shared', program, ...more }))

  test('PostgreSQL: a round size is shared_buffers, and the segment a little more: `try`', () => {
    const huge = advised(of('postgresql'), 'huge-pages')
    const [region] = huge.regions
    // 39,321,600 buffers · 224 B + 1,500 · 88 KiB + 64 MiB = 9,010,315,264 B: 4,296.5 pages.
    expect(region).toMatchObject({ overheadPages: 4297, pages: 153_600 + 4297, exact: false })
    expect(linesOf(huge, 'database')).toEqual(['huge_pages = try'])
    expect(linesOf(huge, 'pool')).toEqual(['vm.nr_hugepages = 157897'])
    expect(linesOf(huge, 'ask')).toEqual(['postgres -D DIR -C shared_memory_size_in_huge_pages'])
    expect(linesOf(huge, 'check')).toEqual([
      'SHOW huge_pages_status;',
      'grep HugePages_Rsvd /proc/meminfo',
    ])
    expect(huge).not.toHaveProperty('sysv')
    expect(huge).not.toHaveProperty('memlockBytes')
  })

  test('PostgreSQL: the segment as it is measured is exact: `on`, and not a page more', () => {
    const size = 300 * gib + 6 * mib + 8 * kib
    const huge = advised(of('postgresql', { size }), 'huge-pages')
    expect(linesOf(huge, 'database')).toEqual(['huge_pages = on'])
    expect(linesOf(huge, 'pool')).toEqual(['vm.nr_hugepages = 153604'])
  })

  test('PostgreSQL: a size that is assumed is not exact, and no margin is added to it', () => {
    const size = 300 * gib
    const assumption = { path: 'regions.sga.size', value: '', source: '', stated: true } as const
    const result = planned(lkml({ backing: 'anonymous-shared', program: 'postgresql', size }), [
      assumption,
    ])
    const huge = advised(result, 'huge-pages')
    expect(linesOf(huge, 'database')).toEqual(['huge_pages = try'])
    expect(linesOf(huge, 'pool')).toEqual(['vm.nr_hugepages = 153600'])
  })

  test('PostgreSQL: older servers are asked, and looked at, in other ways', () => {
    const at = (programRelease: string) =>
      advised(of('postgresql', { programRelease, backing: 'sysv-shm' }), 'huge-pages')
    expect(linesOf(at('14'), 'ask')).toEqual([
      "pmap $(head -1 DIR/postmaster.pid) | awk '/rw-s/ && /zero|anon_hugepage/ {print int(($2 + 2047) / 2048)}'",
    ])
    expect(linesOf(at('11'), 'database')).toEqual(['huge_pages = try'])
    expect(linesOf(at('16'), 'check')).toEqual(['grep HugePages_Rsvd /proc/meminfo'])
    expect(linesOf(at('16'), 'database')).toEqual(['huge_pages = try', 'shared_memory_type = mmap'])
    expect(reasonFor(of('postgresql', { programRelease: '9.3' }), 'hugetlb-2m')).toBe('refused')
  })

  test('PostgreSQL: pages that are not the default size are named only where a release can', () => {
    const on = (programRelease: string) =>
      advised(
        planned(
          lkml({
            backing: 'anonymous-shared',
            program: 'postgresql',
            pageBytes: gib,
            fallback: 'base-pages',
            programRelease,
          }),
        ),
        'huge-pages',
      )
    expect(linesOf(on('14'), 'database')).toEqual(['huge_pages = try', 'huge_page_size = 1GB'])
    expect(linesOf(on('14'), 'check')).toEqual([
      'cat /sys/kernel/mm/hugepages/hugepages-1048576kB/resv_hugepages',
    ])
    expect(linesOf(on('13'), 'database')).toEqual(['huge_pages = try'])
    expect(linesOf(on('13'), 'default-page-size')).toEqual(['default_hugepagesz=1G'])
    expect(linesOf(on('13'), 'check')).toEqual(['grep HugePages_Rsvd /proc/meminfo'])
  })

  /** shared_buffers of 2 GiB: 262,144 · 224 B + 300 · 88 KiB + 64 MiB = 152,862,720 B: 73 pages. */
  const buffers = (pool: number, more: Partial<RegionParts> = {}): Result =>
    planned({
      host: { memory: 24 * gib, hugepages: [{ pageBytes: 2 * mib, count: pool }] },
      regions: {
        sb: {
          size: 2 * gib,
          backing: 'anonymous-shared',
          pageBytes: 2 * mib,
          program: 'postgresql',
          ...more,
        },
      },
      groups: { backends: { processes: 300, maps: [{ region: 'sb' }] } },
    })

  test('Oracle: what lay in /dev/shm by granules is one segment, and shmmax all of it', () => {
    const parts = lkml({ backing: 'posix-shm', program: 'oracle', objects: 2400 })
    const huge = advised(planned(parts), 'huge-pages')
    expect(linesOf(huge, 'shm-limits')[0]).toBe(`kernel.shmmax = ${300 * gib}`)
    expect(huge.changes).toContainEqual({ path: 'regions.sga.objects', value: 1 })
    expect(huge.pools).toMatchObject([{ pages: 153_600, recipe: { segments: 1 } }])
    // Granules of 128 MiB would take a page of 1 GiB each.
    expect(huge.largerPages).toMatchObject([{ pages: 300 }])
  })

  test('PostgreSQL: a pool that it needs to start has room for what it adds to a round size', () => {
    const start = nth(buffers(0).advice, 0)
    expect(start.purpose).toBe('start')
    expect(start.pools).toMatchObject([{ pages: 1024 + 73, overheadPages: 73 }])
    expect(linesOf(start, 'pool')).toEqual(['vm.nr_hugepages = 1097'])
    expect(linesOf(start, 'ask')).toEqual(['postgres -D DIR -C shared_memory_size_in_huge_pages'])
    expect(start.changes).toContainEqual({ path: 'regions.sb.size', value: '2194 MiB' })
  })

  test('PostgreSQL: a pool that was too small for it is raised by that too, and `try`', () => {
    const huge = advised(buffers(1000, { fallback: 'base-pages' }), 'huge-pages')
    expect(linesOf(huge, 'pool')).toEqual(['vm.nr_hugepages = 1097'])
    expect(linesOf(huge, 'database')).toEqual(['huge_pages = try'])
  })

  test('PostgreSQL: an idle pool is lowered only so far, and what is left is not called idle', () => {
    const [lower] = buffers(1500).advice
    expect(lower?.pools).toMatchObject([{ pages: 1097, overheadPages: 73 }])
    const done = buffers(1097)
    expect(done.advice).toEqual([])
    expect(done.findings.map(({ kind }) => kind)).not.toContain('stranded-huge-pages')
    expect(buffers(1098).findings.map(({ kind }) => kind)).toContain('stranded-huge-pages')
  })

  test('PostgreSQL: without a backing the buffers are meant, not /dev/shm', () => {
    const parts = lkml({ backing: 'posix-shm', program: 'postgresql' })
    const path = 'regions.sga.backing'
    const huge = advised(planned(parts, [{ path, value: '', source: 'default' }]), 'huge-pages')
    expect(huge.regions).toMatchObject([{ name: 'sga', backing: 'anonymous-shared' }])
    expect(huge.changes).toContainEqual({ path, value: 'anonymous-shared' })
    expect(reasonFor(planned(parts), 'hugetlb-2m')).toBe('refused')
  })

  test('private memory of backends is not in the pool', () => {
    const parts: WorkloadParts = {
      host: { memory: 64 * gib },
      regions: {
        buffers: { size: 16 * gib + 8192, backing: 'anonymous-shared', program: 'postgresql' },
        work: { size: 64 * mib, backing: 'anonymous' },
      },
      groups: { backends: { processes: 400, maps: [{ region: 'buffers' }, { region: 'work' }] } },
    }
    const huge = advised(planned(parts), 'huge-pages')
    expect(huge.regions.map(({ name, pages }) => [name, pages])).toEqual([['buffers', 8193]])
    expect(linesOf(huge, 'pool')).toEqual(['vm.nr_hugepages = 8193'])
  })

  test('one that is not known has no lines of any program', () => {
    const huge = advised(of('other', { backing: 'memfd' }), 'huge-pages')
    expect(huge.settings.map(({ kind }) => kind)).toEqual(['pool', 'pool-at-boot-instead'])
  })

  test('Redis and SAP HANA take no huge pages of the pool, Redis and Oracle no transparent ones', () => {
    for (const program of ['redis', 'hana'] as const) {
      expect(reasonFor(of(program), 'hugetlb-2m')).toBe('refused')
    }
    expect(reasonFor(of('redis'), 'thp-2m')).toBe('refused')
    expect(reasonFor(of('oracle', { backing: 'sysv-shm' }), 'thp-2m')).toBe('refused')
  })

  /** 2 GiB, of which the pool holds none: the server is on base pages, and half of memory idle. */
  const sql = (program: Program, more: Partial<RegionParts> = {}) =>
    advised(
      planned({
        host: { memory: 8 * gib, hugepages: [{ pageBytes: 2 * mib, count: 1000 }] },
        regions: {
          'buffer-pool': {
            size: 2 * gib,
            backing: 'anonymous',
            pageBytes: 2 * mib,
            fallback: 'base-pages',
            program,
            ...more,
          },
        },
        groups: { mysqld: { maps: [{ region: 'buffer-pool' }] } },
      }),
      'huge-pages',
    )

  test('MariaDB has three pages to spare, and 131 for its other caches, as measured', () => {
    const huge = sql('mariadb')
    expect(nth(huge.pools, 0)).toMatchObject({ pages: 1158, sparePages: 3 })
    expect(linesOf(huge, 'database')).toEqual([
      'large_pages = ON',
      'loose_innodb_buffer_pool_size_max = 2048M',
    ])
    expect(linesOf(huge, 'for-segments')).toEqual([
      '[Service]',
      'LimitMEMLOCK=infinity',
      'vm.hugetlb_shm_group = 1000',
    ])
  })

  test('MySQL that takes segments needs the limit and the group, later releases neither', () => {
    const old = sql('mysql', { backing: 'sysv-shm', programRelease: '5.7' })
    expect(linesOf(old, 'service')).toEqual(['[Service]', 'LimitMEMLOCK=infinity'])
    expect(linesOf(old, 'shm-group')).toEqual(['vm.hugetlb_shm_group = 1000'])
    const late = sql('mysql', { programRelease: '8.4' })
    expect(late.settings.map(({ kind }) => kind)).toEqual([
      'pool',
      'pool-at-boot-instead',
      'database',
      'check',
    ])
  })

  test('Java has its options, and pages for what it takes beside the heap', () => {
    const huge = sql('java')
    expect(linesOf(huge, 'command-line')).toEqual(['-XX:+UseLargePages'])
    expect(linesOf(huge, 'check')).toEqual(['-Xlog:pagesize'])
    expect(linesOf(sql('java', { programRelease: '8' }), 'check')).toEqual([])
    // 2 GiB: 1,024 pages, 120 of code cache, 32 + 6 of G1, and 5 for rounding.
    expect(nth(huge.regions, 0)).toMatchObject({ pages: 1024 + 163, overheadPages: 163 })
    const z = nth(sql('java', { backing: 'memfd' }).regions, 0)
    expect(z).toMatchObject({ pages: 1024 + 120 })
  })
})
