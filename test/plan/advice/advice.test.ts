import { describe, expect, test } from 'vitest'
import { findLayout } from '../../../src/geometry/catalogue.ts'
import { plan } from '../../../src/plan/plan.ts'
import type { Advice, SettingKind } from '../../../src/plan/result/advice-result.ts'
import type { Result } from '../../../src/plan/result/result.ts'
import type { Program } from '../../../src/workload/region.ts'
import type { RegionParts, WorkloadParts } from '../../build.ts'
import { every, gib, kib, lkmlServer, mib, nth, planned, strategy, workload } from '../../build.ts'

/** 512 GiB hold 270 of the 1500 clients. */
const lkml = (sga: Partial<RegionParts> = {}, processes = 1500): WorkloadParts =>
  lkmlServer(processes, {}, sga)

function advised<Action extends Advice['action']>(
  { advice }: Result,
  action: Action,
): Extract<Advice, { readonly action: Action }> {
  const found = advice.find((each) => each.action === action)
  if (found === undefined) throw new RangeError(`${action} is not advised`)
  return found as Extract<Advice, { readonly action: Action }>
}

function linesOf({ settings }: Advice, kind: SettingKind): readonly string[] {
  return settings.filter((setting) => setting.kind === kind).flatMap(({ lines }) => lines)
}

function reasonFor({ rejected }: Result, id: string): string | undefined {
  return rejected.find((each) => each.id === id)?.reason
}

const idsOf = ({ advice }: Result): readonly string[] => advice.map(({ id }) => id)

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

describe('a pooler', () => {
  test('is safe with the number it is given, and not with one more', () => {
    const { safeProcesses, pageTableBytes } = advised(planned(lkml()), 'pooler')
    expect(safeProcesses).toBe(270)
    expect(strategy(planned(lkml({}, 270)), 'as-described')).toMatchObject({
      risk: { level: 'safe' },
      pageTables: { bytes: pageTableBytes },
    })
    expect(strategy(planned(lkml({}, 271)), 'as-described').risk.level).not.toBe('safe')
  })

  test('is not advised where all is safe, nor to one process', () => {
    expect(idsOf(planned(lkml({}, 200)))).not.toContain('pooler')
    expect(idsOf(planned(lkml({ size: 520 * gib }, 1)))).not.toContain('pooler')
  })

  test('is no help where not even one process is safe', () => {
    expect(reasonFor(planned(lkml({ size: 500 * gib })), 'pooler')).toBe('never-safe')
  })

  test('has the lines of the program whose memory the group maps', () => {
    const of = (program: Program) =>
      advised(planned(lkml({ backing: 'anonymous-shared', program })), 'pooler')
    expect(linesOf(of('postgresql'), 'connections')).toEqual(['max_db_connections = 270'])
    expect(of('other').settings).toEqual([])
  })
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

describe('what is safe only with more room', () => {
  test('a cgroup gets the least limit of which a tenth is left: ⌈10/9 of its demand⌉', () => {
    const result = planned({
      host: { memory: 64 * gib, cgroups: { small: 4 * gib } },
      groups: { workers: { processes: 10, private: 450 * mib, cgroup: 'small' } },
    })
    const { cgroups } = advised(result, 'cgroup-limit')
    const [{ safeBytes = 0 } = {}] = cgroups
    const at = (limit: number) =>
      strategy(
        planned({
          host: { memory: 64 * gib, cgroups: { small: limit } },
          groups: { workers: { processes: 10, private: 450 * mib, cgroup: 'small' } },
        }),
        'as-described',
      ).risk.level
    expect([at(safeBytes), at(safeBytes - 2 * 4096)]).toEqual(['safe', 'tight'])
    expect(safeBytes / gib).toBeCloseTo((4500 / 1024 / 9) * 10, 4)
  })

  test('huge pages that help without being enough come first, and the rest is built on them', () => {
    // 150 MiB each make 220 GiB: with the SGA and no page tables still more than is safe.
    const parts = lkmlServer(1500, {}, { program: 'oracle', backing: 'sysv-shm' })
    const groups = { clients: { ...parts.groups?.['clients'], private: 150 * mib } }
    const result = planned({ ...parts, groups })
    const pooler = advised(result, 'pooler')
    expect(idsOf(result)).toEqual(['pooler', 'memory'])
    expect(reasonFor(result, 'hugetlb-2m')).toBe('not-enough')
    expect(pooler.onHugePages?.regions).toMatchObject([{ name: 'sga', pages: 153_600 }])
    expect(pooler.safeProcesses).toBeGreaterThan(270)
    expect(linesOf(pooler, 'pool')).toEqual(['vm.nr_hugepages = 153600'])
    expect(advised(result, 'memory').safeBytes).toBeLessThan(640 * gib)
  })
})

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

describe('the machine', () => {
  test('without pages of 1 GiB is advised none, and their strategy is not possible', () => {
    const parts = lkml({ backing: 'sysv-shm' })
    const result = planned({ ...parts, host: { memory: 512 * gib, hugepageSizes: [2 * mib] } })
    expect(advised(result, 'huge-pages').largerPages).toEqual([])
    expect(result.strategies.find(({ id }) => id === 'hugetlb-1g')).toEqual({
      id: 'hugetlb-1g',
      status: 'mainline',
      applies: false,
      obstacles: [{ kind: 'page-size', region: 'sga', need: '1 GiB', found: '2 MiB' }],
    })
  })

  test('with 1 GiB pages alone takes those, from the boot line', () => {
    const parts = lkml({ backing: 'sysv-shm', program: 'oracle' })
    const result = planned({ ...parts, host: { memory: 512 * gib, hugepageSizes: [gib] } })
    const huge = advised(result, 'huge-pages')
    expect(huge).toMatchObject({ id: 'hugetlb-1g', efforts: ['reboot', 'restart'] })
    expect(linesOf(huge, 'pool-at-boot')).toEqual(['hugepagesz=1G hugepages=300'])
    expect(linesOf(huge, 'default-page-size')).toEqual(['default_hugepagesz=1G'])
    expect(huge.settings.flatMap(({ lines }) => lines).join()).not.toContain('vm.nr_hugepages')
  })

  test('where the default huge page is 512 MiB, vm.nr_hugepages is about that', () => {
    const layout = findLayout('arm64-64k-48')
    if (layout === undefined) throw new RangeError('no such layout')
    const result = planned({
      ...lkml({ backing: 'sysv-shm' }),
      host: { memory: 512 * gib, layout },
    })
    expect(linesOf(advised(result, 'huge-pages'), 'pool')).toEqual(['vm.nr_hugepages = 600'])
  })

  test('NUMA nodes share the pages, exactly, the first the odd one', () => {
    const result = plan(workload(lkml({ size: 300 * gib + 2 * mib, backing: 'memfd' })), {
      tool: { name: 'mshare-plan', version: '0.0.0' },
      scenario: { name: 'test', file: '-', fingerprint: '' },
      assumptions: [],
      numaNodes: 2,
    })
    const huge = advised(result, 'huge-pages')
    expect(nth(huge.pools, 0).nodePages).toEqual([76_801, 76_800])
    expect(linesOf(huge, 'pool-at-boot')).toEqual(['hugepagesz=2M hugepages=0:76801,1:76800'])
    expect(linesOf(huge, 'pool-by-node')).toContain(
      'echo 76801 > /sys/devices/system/node/node0/hugepages/hugepages-2048kB/nr_hugepages',
    )
  })

  test('a container asks Kubernetes for the huge pages that its cgroup is charged for', () => {
    const parts = lkml({ backing: 'memfd' })
    const groups = { clients: { ...parts.groups?.['clients'], cgroup: 'db' } }
    const host = { memory: 512 * gib, cgroups: { db: 480 * gib } }
    const huge = advised(planned({ ...parts, groups, host }), 'huge-pages')
    expect(huge.pods).toEqual([{ cgroup: 'db', pageBytes: 2 * mib, bytes: 300 * gib }])
    expect(linesOf(huge, 'kubernetes')).toEqual(['hugepages-2Mi: 300Gi'])
  })
})

test('segments of 100 MiB + 1 KiB take whole pages each: 8 · 51, of which 7 are padding', () => {
  const result = planned({
    host: { memory: 4 * gib },
    regions: { logs: { size: 8 * (100 * mib + kib), backing: 'sysv-shm', objects: 8 } },
    groups: { readers: { processes: 500, maps: [{ region: 'logs' }] } },
  })
  const huge = advised(result, 'huge-pages')
  expect(nth(huge.pools, 0)).toMatchObject({ pages: 408, paddingPages: 7 })
})

test('mshare is not counted on: advice is against what it would be without', () => {
  const result = planned(lkml({ mshare: { mode: 0o600 } }))
  expect(strategy(result, 'as-described').risk.level).toBe('safe')
  expect(result.advice[0]).toMatchObject({ id: 'hugetlb-2m', purpose: 'level' })
  expect(result.findings.map(({ kind }) => kind)).toContain('huge-pages-do-it-today')
})

test('only mshare would help: then there is nothing to do, and it says so', () => {
  const result = planned(lkml({ backing: 'file' }, 150))
  expect(result.advice).toEqual([])
  expect(result.nothingToDo?.reason).toBe('only-proposed')
})

test('without regions no sharing can be judged', () => {
  const none = planned({ groups: { idle: { processes: 3, private: mib } } })
  expect(none.nothingToDo?.reason).toBe('no-regions')
})

test('without processes there is nothing to advise', () => {
  const none = planned({ regions: {}, groups: {} })
  expect(none.nothingToDo?.reason).toBe('no-processes')
})

test('without as-described there is nothing to set advice against', () => {
  const result = planned({ ...lkml(), strategies: ['base-pages', 'hugetlb-2m'] })
  expect([result.advice, result.rejected, result.nothingToDo]).toEqual([[], [], undefined])
})
