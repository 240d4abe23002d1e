import { describe, expect, test } from 'vitest'
import { findLayout } from '../../src/geometry/catalogue.ts'
import type { Advice, SettingKind } from '../../src/plan/advice-result.ts'
import { plan } from '../../src/plan/plan.ts'
import type { Result } from '../../src/plan/result.ts'
import type { TouchSet } from '../../src/space/touch-set.ts'
import { pages } from '../../src/units/quantity.ts'
import type { RegionParts, WorkloadParts } from '../build.ts'
import { gib, kib, lkmlServer, mib, nth, planned, strategy, workload } from '../build.ts'

/** 512 GiB hold 270 of the 1500 clients. */
const lkml = (sga: Partial<RegionParts> = {}, processes = 1500): WorkloadParts =>
  lkmlServer(processes, {}, sga)

function advised<Action extends Advice['action']>(
  { advice }: Result,
  id: string,
  action: Action,
): Extract<Advice, { readonly action: Action }> {
  const found = advice.find((each) => each.id === id)
  if (found?.action !== action) throw new RangeError(`${id} is not advised`)
  return found as Extract<Advice, { readonly action: Action }>
}

function linesOf({ settings }: Advice, kind: SettingKind): readonly string[] {
  return settings.filter((setting) => setting.kind === kind).flatMap(({ lines }) => lines)
}

function reasonFor({ notAdvised }: Result, id: string): string | undefined {
  return notAdvised.find((each) => each.id === id)?.reason
}

describe('300 GiB of SysV memory for 1500 clients', () => {
  const result = planned(lkml({ backing: 'sysv-shm' }))
  const huge = advised(result, 'hugetlb-2m', 'huge-pages')

  test('need 153,600 huge pages of 2 MiB: 300 GiB and not one more', () => {
    expect(nth(huge.pools, 0)).toMatchObject({ pages: 153_600, paddingPages: 0 })
    expect(huge.regions).toEqual([{ name: 'sga', backing: 'sysv-shm', pages: 153_600 }])
    expect(linesOf(huge, 'pool')).toEqual(['vm.nr_hugepages = 153600'])
    expect(linesOf(huge, 'pool-at-boot-instead')).toEqual(['hugepagesz=2M hugepages=153600'])
  })

  test('are 153,601 to hugepages_settings.sh: ⌊300 GiB / 2 MiB⌋ + 1 for the segment', () => {
    expect(nth(huge.pools, 0).recipe).toEqual({ pages: 153_601, segments: 1, difference: 1 })
  })

  test('win what two plans differ by: 945,819,648,000 B less 259,276,800 B', () => {
    expect(huge.wonBytes).toBe(945_560_371_200)
    expect(huge.pageTableBytes).toBe(259_276_800)
    expect(huge.riskLevel).toBe('safe')
  })

  test('need limits of one segment of 322,122,547,200 B and 78,643,200 pages', () => {
    expect(linesOf(huge, 'shm-limits')).toEqual([
      'kernel.shmmax = 322122547200',
      'kernel.shmall = 78643200',
    ])
    expect(linesOf(huge, 'memlock')).toEqual([
      '* soft memlock 314572800',
      '* hard memlock 314572800',
    ])
    expect(linesOf(huge, 'shm-group')).toEqual(['vm.hugetlb_shm_group = 1000'])
  })

  test('have lines for Oracle, and for PostgreSQL, which has huge pages with mmap only', () => {
    const of = (program: string) =>
      huge.settings.filter((setting) => setting.kind === 'database' && setting.program === program)
    expect(of('Oracle').flatMap(({ lines }) => lines)).toEqual(["use_large_pages='ONLY'"])
    expect(of('PostgreSQL').flatMap(({ lines }) => lines)).toEqual([
      'shared_memory_type = mmap',
      'huge_pages = on',
    ])
  })

  test('can be on 300 pages of 1 GiB, which the boot line sets aside', () => {
    const gigantic = advised(result, 'hugetlb-1g', 'huge-pages')
    expect(linesOf(gigantic, 'pool-at-boot')).toEqual(['hugepagesz=1G hugepages=300'])
    expect(linesOf(gigantic, 'pool-now')).toEqual([
      'echo 300 > /sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages',
    ])
    expect(linesOf(gigantic, 'default-page-size')).toEqual(['default_hugepagesz=1G'])
    expect(linesOf(gigantic, 'database')).toContain('huge_page_size = 1GB')
    // vm.nr_hugepages would mean pages of 1 GiB then.
    expect(gigantic.settings.flatMap(({ lines }) => lines).join()).not.toContain('vm.nr_hugepages')
    expect(nth(gigantic.pools, 0)).not.toHaveProperty('recipe')
  })

  test('cannot be shared through mshare of 2025: it has no SysV segments', () => {
    expect(reasonFor(result, 'mshare')).toBe('refused')
    const rfc = planned({ ...lkml({ backing: 'sysv-shm' }), mshareRevision: 'rfc-2022' })
    expect(advised(rfc, 'mshare', 'mshare')).toMatchObject({ status: 'proposed', settings: [] })
  })
})

describe('300 GiB in /dev/shm', () => {
  const result = planned(lkml())
  const huge = advised(result, 'hugetlb-2m', 'huge-pages')

  test('is MEMORY_TARGET of Oracle, which has no huge pages: SGA_TARGET does', () => {
    expect(linesOf(huge, 'database')).toEqual([
      "use_large_pages='ONLY'",
      'memory_target=0',
      'memory_max_target=0',
      'sga_target=307200M',
    ])
    expect(huge.settings.some(({ program }) => program === 'PostgreSQL')).toBe(false)
  })

  test('would need a window of 512 GiB under mshare', () => {
    const { windows, wonBytes, status } = advised(result, 'mshare', 'mshare')
    expect(windows).toEqual([
      {
        name: 'sga',
        backing: 'posix-shm',
        windowBytes: 512 * gib,
        alignmentBytes: 512 * gib,
        owner: 'clients',
        mode: '0600',
      },
    ])
    expect(status).toBe('proposed')
    expect(wonBytes).toBe(945_819_648_000 - 882_286_592)
  })

  test('as transparent huge pages is an option of the mount', () => {
    const thp = advised(result, 'thp-2m', 'transparent-huge-pages')
    expect(linesOf(thp, 'transparent-huge-pages')).toEqual([
      'mount -o remount,huge=always /dev/shm',
    ])
  })
})

describe('a pooler', () => {
  test('is safe with the number it is given, and not with one more', () => {
    const { safeProcesses, wonBytes, settings } = advised(planned(lkml()), 'pooler', 'pooler')
    expect(safeProcesses).toBe(270)
    const at = (processes: number) => strategy(planned(lkml({}, processes)), 'as-described')
    expect(at(safeProcesses).risk.level).toBe('safe')
    expect(at(safeProcesses + 1).risk.level).not.toBe('safe')
    // 1230 clients fewer: 153,902 tables and base tables each.
    expect(wonBytes).toBe(1230 * (153_902 * 4096 + 160 * kib))
    expect(settings.flatMap(({ lines }) => lines)).toEqual([
      "EXECUTE DBMS_CONNECTION_POOL.ALTER_PARAM('', 'MAXSIZE', '270')",
    ])
  })

  test('finds its number where a cgroup decides: half the slope of the host', () => {
    const parts = (processes: number): WorkloadParts => ({
      host: { memory: 512 * gib, cgroups: { db: 64 * gib } },
      regions: { data: { size: 16 * gib } },
      groups: {
        sessions: { processes, cgroup: 'db', private: 64 * mib, maps: [{ region: 'data' }] },
      },
    })
    const { safeProcesses } = advised(planned(parts(5000)), 'pooler', 'pooler')
    expect(safeProcesses).toBeGreaterThan(10)
    const at = (processes: number) => strategy(planned(parts(processes)), 'as-described')
    expect(at(safeProcesses).risk.level).toBe('safe')
    expect(at(safeProcesses + 1).risk.level).not.toBe('safe')
  })

  test('cuts the group with the most page tables, the others as they are', () => {
    const maps = [{ region: 'data' }]
    const result = planned({
      host: { memory: 64 * gib },
      regions: { data: { size: 16 * gib } },
      groups: { few: { processes: 10, maps }, many: { processes: 4000, maps } },
    })
    expect(advised(result, 'pooler', 'pooler')).toMatchObject({ group: 'many', processes: 4000 })
  })

  test('is not advised where all is safe, or to one process', () => {
    const safe = planned(lkml({}, 200))
    const mysql = planned({
      host: { memory: 8 * gib },
      regions: { buffers: { size: 12 * gib, backing: 'anonymous' } },
      groups: { mysqld: { processes: 1, threads: 4000, maps: [{ region: 'buffers' }] } },
    })
    for (const result of [safe, mysql]) {
      expect(result.advice.map(({ action }) => action)).not.toContain('pooler')
      expect(reasonFor(result, 'pooler')).toBeUndefined()
    }
    expect(
      mysql.advice.flatMap(({ settings }) => settings.flatMap(({ program = [] }) => program)),
    ).toEqual([])
  })

  test('says that it is no help where not even one process is safe', () => {
    const result = planned({
      host: { memory: 8 * gib, reserves: { everything: 8 * gib } },
      regions: { data: { size: gib } },
      groups: { sessions: { processes: 100, maps: [{ region: 'data' }] } },
    })
    expect(reasonFor(result, 'pooler')).toBe('never-safe')
  })
})

describe('segments that do not end on a huge page', () => {
  // 3 GiB + 3 MiB in three segments: 513 pages each, 1539, and 1538 in one piece.
  const result = planned({
    host: { memory: 64 * gib },
    regions: { data: { size: 3 * gib + 3 * mib, backing: 'sysv-shm', objects: 3 } },
    groups: { sessions: { processes: 100, maps: [{ region: 'data' }] } },
  })
  const huge = advised(result, 'hugetlb-2m', 'huge-pages')

  test('take whole pages each', () => {
    expect(nth(huge.pools, 0)).toMatchObject({ pages: 1539, paddingPages: 1 })
    expect(huge.regions).toEqual([{ name: 'data', backing: 'sysv-shm', pages: 1539 }])
    expect(linesOf(huge, 'pool')).toEqual(['vm.nr_hugepages = 1539'])
    expect(huge.memlockBytes).toBe(1539 * 2 * mib)
  })

  test('are what the recipe adds its page for', () => {
    expect(nth(huge.pools, 0).recipe).toEqual({ pages: 1539, segments: 3, difference: 0 })
  })

  test('are limited by the largest, and by all', () => {
    expect(huge.sysv).toEqual({ shmmaxBytes: 1025 * mib, shmallPages: 3 * 1025 * 256 })
  })
})

test('files that are mapped in part reserve what is mapped, and no padding is claimed', () => {
  const result = planned({
    host: { memory: 64 * gib, hugepages: [{ pageBytes: 2 * mib, count: 512 }] },
    regions: {
      data: { size: 3 * gib + 3 * mib, backing: 'hugetlbfs', pageBytes: 2 * mib, objects: 3 },
    },
    groups: { readers: { processes: 9, maps: [{ region: 'data', length: gib }] } },
  })
  expect(result.advice.filter(({ action }) => action === 'resize-pool')).toEqual([])
})

describe('a pool that is there', () => {
  const pools = (count: number, more: Partial<RegionParts> = {}): Result =>
    planned({
      host: { memory: 64 * gib, hugepages: [{ pageBytes: 2 * mib, count }] },
      regions: {
        data: { size: 16 * gib, backing: 'sysv-shm', pageBytes: 2 * mib, ...more },
        cache: { size: 4 * gib, backing: 'anonymous-shared' },
      },
      groups: { sessions: { processes: 200, maps: [{ region: 'data' }, { region: 'cache' }] } },
    })

  test('counts what is used already and what comes to it: 8192 + 2048', () => {
    const huge = advised(pools(8192), 'hugetlb-2m', 'huge-pages')
    expect(nth(huge.pools, 0)).toMatchObject({ pages: 10_240, configuredPages: 8192 })
    expect(linesOf(huge, 'pool')).toEqual(['vm.nr_hugepages = 10240'])
  })

  test('needs no line where it is large enough', () => {
    const huge = advised(pools(10_240), 'hugetlb-2m', 'huge-pages')
    expect(nth(huge.pools, 0)).toMatchObject({ pages: 10_240, configuredPages: 10_240 })
    expect(linesOf(huge, 'pool')).toEqual([])
  })

  test('is to be made smaller where it is idle: 2048 pages are 4 GiB', () => {
    const smaller = advised(pools(10_240), 'resize-pool-2m', 'resize-pool')
    expect(smaller.wonBytes).toBe(4 * gib)
    expect(linesOf(smaller, 'pool')).toEqual(['vm.nr_hugepages = 8192'])
  })

  test('comes first where a region cannot be mapped without', () => {
    const result = pools(8000)
    const first = nth(result.advice, 0)
    expect(first).toMatchObject({ id: 'resize-pool-2m', wonBytes: 0 })
    expect(linesOf(first, 'pool')).toEqual(['vm.nr_hugepages = 8192'])
  })

  test('goes where its region leaves it', () => {
    expect(reasonFor(pools(8192), 'thp-2m')).toBe('hugetlb-in-use')
    const gigantic = advised(pools(8192), 'hugetlb-1g', 'huge-pages')
    expect(linesOf(gigantic, 'pool')).toContain('hugepagesz=2M hugepages=0')
  })
})

describe('huge pages that do not fit', () => {
  test('are not advised', () => {
    // Ten copies of 1 GiB and a page: 11 GiB on base pages, 20 GiB on pages of 1 GiB.
    const result = planned({
      host: { memory: 16 * gib },
      regions: { work: { size: gib + 4096, backing: 'anonymous' } },
      groups: { sorts: { processes: 10, maps: [{ region: 'work' }] } },
    })
    expect(reasonFor(result, 'hugetlb-1g')).toBe('pool-does-not-fit')
    expect(reasonFor(result, 'thp-2m')).toBe('wins-nothing')
    advised(result, 'hugetlb-2m', 'huge-pages')
  })

  test('are not advised where only their padding does not', () => {
    // 40 files of 128 MiB: 5 GiB, 5 pages in one piece, but 40 of 1 GiB.
    const result = planned({
      host: { memory: 16 * gib },
      regions: { files: { size: 5 * gib, backing: 'hugetlbfs', pageBytes: 2 * mib, objects: 40 } },
      groups: { readers: { processes: 400, maps: [{ region: 'files' }] } },
    })
    expect(reasonFor(result, 'hugetlb-1g')).toBe('pool-does-not-fit')
  })

  test('are not advised where the risk gets worse', () => {
    // 9 segments of 1 GiB + 1 MiB: 9.01 GiB, and 18 pages of 1 GiB, of 20 GiB.
    const result = planned({
      host: { memory: 20 * gib },
      regions: { data: { size: 9 * (gib + mib), backing: 'sysv-shm', objects: 9 } },
      groups: { sessions: { processes: 20, maps: [{ region: 'data' }] } },
    })
    expect(strategy(result, 'as-described').risk.level).toBe('safe')
    expect(reasonFor(result, 'hugetlb-1g')).toBe('risk-worse')
  })
})

describe('NUMA nodes', () => {
  const on = (kernel: { major: number; minor: number }) =>
    plan(workload({ ...lkml({ size: 301 * gib }), host: { memory: 512 * gib, kernel } }), {
      tool: { name: 'mshare-plan', version: '0.0.0' },
      scenario: { name: 'test', file: '-', fingerprint: '' },
      assumptions: [],
      numaNodes: 2,
    })

  test('share the pages, exactly, the first the odd one', () => {
    const gigantic = advised(on({ major: 6, minor: 18 }), 'hugetlb-1g', 'huge-pages')
    expect(nth(gigantic.pools, 0).nodePages).toEqual([151, 150])
    expect(linesOf(gigantic, 'pool-at-boot')).toEqual(['hugepagesz=1G hugepages=0:151,1:150'])
    expect(linesOf(gigantic, 'pool-by-node')).toEqual([
      'echo 151 > /sys/devices/system/node/node0/hugepages/hugepages-1048576kB/nr_hugepages',
      'echo 150 > /sys/devices/system/node/node1/hugepages/hugepages-1048576kB/nr_hugepages',
    ])
  })

  test('are no matter of the boot line before Linux 5.16', () => {
    const gigantic = advised(on({ major: 5, minor: 15 }), 'hugetlb-1g', 'huge-pages')
    expect(linesOf(gigantic, 'pool-at-boot')).toEqual(['hugepagesz=1G hugepages=301'])
  })
})

describe('programs', () => {
  test('PostgreSQL maps shared anonymous memory: no SysV limit, no memlock', () => {
    const huge = advised(planned(lkml({ backing: 'anonymous-shared' })), 'hugetlb-2m', 'huge-pages')
    expect(linesOf(huge, 'database')).toEqual(['shared_memory_type = mmap', 'huge_pages = on'])
    expect(huge).not.toHaveProperty('sysv')
    expect(huge).not.toHaveProperty('memlockBytes')
    expect(nth(huge.pools, 0).recipe).toEqual({ pages: 0, segments: 0, difference: -153_600 })
  })

  test('whatever is locked needs its limit', () => {
    const locked = lkml({ backing: 'anonymous-shared', locked: true })
    const huge = advised(planned(locked), 'hugetlb-2m', 'huge-pages')
    expect(linesOf(huge, 'memlock')).toContain('* hard memlock 314572800')
  })

  test('where the default huge page is 512 MiB, vm.nr_hugepages is about that', () => {
    const layout = findLayout('arm64-64k-48')
    if (layout === undefined) throw new RangeError('no such layout')
    const result = planned({
      ...lkml({ backing: 'sysv-shm' }),
      host: { memory: 512 * gib, layout },
    })
    const huge = advised(result, 'hugetlb-512m', 'huge-pages')
    expect(linesOf(huge, 'pool')).toEqual(['vm.nr_hugepages = 600'])
    expect(nth(huge.pools, 0).recipe).toEqual({ pages: 601, segments: 1, difference: 1 })
  })
})

test('without as-described there is nothing to set advice against', () => {
  const { advice, notAdvised } = planned({ ...lkml(), strategies: ['base-pages', 'hugetlb-2m'] })
  expect([advice, notAdvised]).toEqual([[], []])
})

describe('what the kernel would refuse', () => {
  const quarter = firstPages((4 * gib) / 4096)
  // CommitLimit 50 % of 64 GiB; a pool of 16 GiB brings it to 24 GiB, and 25.4 GiB are private.
  const parts: WorkloadParts = {
    host: { memory: 64 * gib, overcommit: { mode: 'never', ratio: 50 } },
    regions: { cache: { size: 16 * gib } },
    groups: {
      clients: {
        processes: 100,
        private: 260 * mib,
        maps: [{ region: 'cache', touched: quarter }],
      },
    },
  }

  test('is not advised', () => {
    const result = planned(parts)
    expect(strategy(result, 'as-described').memory.commit.granted).toBe(true)
    for (const id of ['hugetlb-2m', 'hugetlb-1g']) {
      expect(strategy(result, id).memory.commit.granted, id).toBe(false)
      expect(reasonFor(result, id)).toBe('commit-refused')
    }
    expect(
      result.findings
        .filter(({ kind }) => kind === 'overcommit-refuses')
        .map((finding) => finding.strategy),
    ).toEqual(['hugetlb-2m', 'hugetlb-1g'])
  })

  test('is not what a pooler is sized by', () => {
    const groups = { clients: { processes: 200, private: 260 * mib, maps: [{ region: 'cache' }] } }
    const result = planned({ ...parts, groups })
    const { safeProcesses } = advised(result, 'pooler', 'pooler')
    // 16 GiB of tmpfs are promised as they are touched: 16 GiB are left for clients of 260 MiB.
    expect(safeProcesses).toBe(Math.floor((16 * gib) / (260 * mib)))
  })
})

function firstPages(length: number): TouchSet {
  return { kind: 'ranges', ranges: [{ first: pages(0), length: pages(length) }] }
}
