import type { Backing, Region, Workload } from '../workload/workload.ts'
import type { Setting, SysvLimits } from './advice-result.ts'
import { defaultPageBytes, objectBytes, paddedPages, sysctlFile } from './pool-advice.ts'

/**
 * What programs and the kernel need beside the pool, for regions on hugetlb pages. The scenario does
 * not say which program runs: each backing has the databases that make it.
 */
export function programSettings(
  workload: Workload,
  regions: readonly Region[],
  pageBytes: number,
  sysv: SysvLimits | undefined,
  memlockBytes: number | undefined,
): readonly Setting[] {
  const has = (backing: Backing): boolean => regions.some((region) => region.backing === backing)
  const isDefault = pageBytes === defaultPageBytes(workload.host.layout)
  const label = labelOf(workload, pageBytes)
  // What is in /dev/shm today is SysV only with Oracle, once MEMORY_TARGET is gone.
  const forOracle = has('sysv-shm') ? {} : ({ program: 'Oracle' } as const)
  return [
    ...(sysv === undefined
      ? []
      : [limitLines(sysv, forOracle), groupLine(workload, regions, forOracle)]),
    ...(memlockBytes === undefined ? [] : [memlockLines(memlockBytes, forOracle)]),
    ...(has('sysv-shm') || has('posix-shm')
      ? [oracle(regions), ...oracleSize(label, isDefault)]
      : []),
    ...(has('anonymous-shared') || has('sysv-shm') ? [postgresql(label, isDefault)] : []),
  ]
}

/** Regions that are, or under Oracle become, SysV segments on huge pages. */
function asSegments(regions: readonly Region[]): readonly Region[] {
  return regions.filter(({ backing }) => backing === 'sysv-shm' || backing === 'posix-shm')
}

/** Limits of ipc/shm.c newseg(): one segment, and all of them in base pages. */
export function sysvLimits(workload: Workload, onPages: readonly Region[]): SysvLimits | undefined {
  const others = workload.regions.filter(({ name }) => onPages.every((on) => on.name !== name))
  const segments = [
    ...asSegments(onPages),
    ...others.filter(({ backing }) => backing === 'sysv-shm'),
  ]
  if (asSegments(onPages).length === 0) return undefined
  const { pageBytes } = workload.host.layout
  return {
    shmmaxBytes: Math.max(...segments.map(objectBytes)),
    shmallPages: segments.reduce(
      (sum, region) => sum + region.objects * Math.ceil(objectBytes(region) / pageBytes),
      0,
    ),
  }
}

/**
 * What has to be lockable: SysV segments on huge pages, whole pages each (user_shm_lock() in
 * hugetlb_file_setup() before Linux 5.16, and Oracle asks for it), and what is locked anyway.
 */
export function memlockOf(workload: Workload, onPages: readonly Region[]): number | undefined {
  const segments = asSegments(onPages)
  const inSegments = new Set(segments.map(({ name }) => name))
  const locked = workload.regions.filter(({ name, locked: is }) => is && !inSegments.has(name))
  if (segments.length + locked.length === 0) return undefined
  return (
    segments.reduce(
      (sum, region) => sum + paddedPages(region, region.pageBytes) * region.pageBytes,
      0,
    ) +
    locked.reduce((sum, { size }) => sum + size, 0) +
    Math.max(0, ...workload.groups.map(({ lockedPrivate }) => lockedPrivate))
  )
}

function limitLines(
  { shmmaxBytes, shmallPages }: SysvLimits,
  forOracle: Partial<Setting>,
): Setting {
  const lines = [`kernel.shmmax = ${shmmaxBytes}`, `kernel.shmall = ${shmallPages}`]
  return { kind: 'shm-limits', ...forOracle, place: sysctlFile, lines }
}

/** can_do_hugetlb_shm() in fs/hugetlbfs/inode.c: this group, or CAP_IPC_LOCK. */
function groupLine(
  { groups }: Workload,
  regions: readonly Region[],
  forOracle: Partial<Setting>,
): Setting {
  const names = new Set(asSegments(regions).map(({ name }) => name))
  const user = groups.find(
    ({ uid, maps }) => uid !== 0 && maps.some(({ region }) => names.has(region)),
  )
  // Root needs no group, and a user that the scenario does not name has to be put in.
  const line =
    user === undefined ? '# vm.hugetlb_shm_group = GID' : `vm.hugetlb_shm_group = ${user.gid}`
  return { kind: 'shm-group', ...forOracle, place: sysctlFile, lines: [line] }
}

function memlockLines(memlockBytes: number, forOracle: Partial<Setting>): Setting {
  const kib = Math.ceil(memlockBytes / 1024)
  const lines = ['soft', 'hard'].map((which) => `* ${which} memlock ${kib}`)
  return {
    kind: 'memlock',
    ...forOracle,
    place: '/etc/security/limits.d/99-hugepages.conf',
    lines,
  }
}

/** Oracle keeps what MEMORY_TARGET manages in /dev/shm, where there are no huge pages. */
function oracle(regions: readonly Region[]): Setting {
  const managed = regions.filter(({ backing }) => backing === 'posix-shm')
  const [only, another] = asSegments(regions)
  const target =
    managed.length === 0 || only === undefined || another !== undefined
      ? []
      : [`sga_target=${inMib(only.size)}`]
  const manual = managed.length === 0 ? [] : ['memory_target=0', 'memory_max_target=0', ...target]
  return {
    kind: 'database',
    program: 'Oracle',
    place: 'init.ora',
    lines: ["use_large_pages='ONLY'", ...manual],
  }
}

/** shmget() without a size asks for pages of the default size: hstate_sizelog(0). */
function oracleSize(label: string, isDefault: boolean): readonly Setting[] {
  if (isDefault) return []
  const lines = [`default_hugepagesz=${label}`]
  return [{ kind: 'default-page-size', program: 'Oracle', place: 'kernel command line', lines }]
}

/** PostgreSQL has huge pages with shared_memory_type = mmap only; other sizes since version 14. */
function postgresql(label: string, isDefault: boolean): Setting {
  const size = isDefault ? [] : [`huge_page_size = ${label}B`]
  const lines = ['shared_memory_type = mmap', 'huge_pages = on', ...size]
  return { kind: 'database', program: 'PostgreSQL', place: 'postgresql.conf', lines }
}

function labelOf({ host }: Workload, pageBytes: number): string {
  const size = host.layout.hugePages.find(({ bytes }) => bytes === pageBytes)
  return (size?.label ?? '').toUpperCase()
}

function inMib(size: number): string {
  return size % 2 ** 20 === 0 ? `${size / 2 ** 20}M` : `${size}`
}

const internalMount: readonly Backing[] = ['sysv-shm', 'memfd', 'anonymous-shared']

/** mm/shmem.c: shmem_enabled is for the kernel's own mount, tmpfs has an option of its own. */
export function transparentPageSettings(regions: readonly Region[]): readonly Setting[] {
  const lines = [
    ...(regions.some(({ backing }) => internalMount.includes(backing))
      ? ['echo always > /sys/kernel/mm/transparent_hugepage/shmem_enabled']
      : []),
    ...(regions.some(({ backing }) => backing === 'posix-shm')
      ? ['mount -o remount,huge=always /dev/shm']
      : []),
  ]
  if (lines.length === 0) return []
  return [{ kind: 'transparent-huge-pages', place: 'root shell', lines }]
}

/** How many server processes a pooler may have, by the databases that make such regions. */
export function poolerSettings(regions: readonly Region[], processes: number): readonly Setting[] {
  const has = (...backings: readonly Backing[]): boolean =>
    regions.some(({ backing }) => backings.includes(backing))
  const oracleLine = `EXECUTE DBMS_CONNECTION_POOL.ALTER_PARAM('', 'MAXSIZE', '${processes}')`
  const forOracle: Setting = {
    kind: 'connections',
    program: 'Oracle',
    place: 'SQL*Plus',
    lines: [oracleLine],
  }
  const forPostgresql: Setting = {
    kind: 'connections',
    program: 'PostgreSQL',
    place: 'pgbouncer.ini',
    lines: [`max_db_connections = ${processes}`],
  }
  return [
    ...(has('sysv-shm', 'posix-shm') ? [forOracle] : []),
    ...(has('anonymous-shared', 'sysv-shm') ? [forPostgresql] : []),
  ]
}
