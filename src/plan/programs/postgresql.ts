import type { Region } from '../../workload/region.ts'
import type { Setting } from '../result/advice-result.ts'
import { defaultSizeLine, memlockLines } from './kernel-limits.ts'
import type { Asked, HugeUse, ProgramRules } from './rules.ts'
import { isSince } from './rules.ts'

/**
 * PostgreSQL: the main shared memory segment, with shared_memory_type = mmap only
 * (PGSharedMemoryCreate() of src/backend/port/sysv_shmem.c). Work memory of backends, and dynamic
 * shared memory in /dev/shm, stay on base pages.
 */
export const postgresql: ProgramRules = {
  onHugePages: ({ backing, programRelease }, exact) =>
    isSince(programRelease, '9.4') && (backing === 'anonymous-shared' || backing === 'sysv-shm')
      ? { backing: 'anonymous-shared', fallback: exact ? 'fail' : 'base-pages' }
      : undefined,
  overheadBytes: segmentOverhead,
  takesTransparentPages: true,
  settings: (use) => [
    parameters(use),
    ...memlockLines(use),
    ...(takesItsSize(use) ? [] : defaultSizeLine(use)),
    ask(use),
    ...checks(use),
  ],
  ask,
  pooling: (processes) => [
    {
      kind: 'connections',
      program: 'postgresql',
      place: 'pgbouncer.ini',
      lines: [`max_db_connections = ${processes}`],
    },
  ],
}

const blockBytes = 8192
/**
 * Beside each buffer at most: descriptor 64, condition variable 16 (before PostgreSQL 14 a lock, 32),
 * place in a checkpoint 20 (BufferManagerShmemSize()), entry and bucket of the lookup table 72, request
 * to the checkpointer 24.
 */
const bytesOfBuffer = 224
/** For each connection: locks, predicate locks, transactions, PGPROC, asynchronous I/O since 18. */
const bytesOfConnection = 88 * 1024
/** WAL buffers 16 MiB, caches of transaction states up to 24 MiB, and what is fixed. */
const fixedBytes = 64 * 2 ** 20
/** max_connections, where fewer processes are planned. */
const usualConnections = 100

/**
 * What the segment takes beside shared_buffers, which people write for its size: a bound from above
 * for settings that are not out of the ordinary (CalculateShmemSize() of src/backend/storage/ipc/ipci.c).
 */
function segmentOverhead({ size }: Region, processes: number): number {
  return (
    Math.ceil(size / blockBytes) * bytesOfBuffer +
    Math.max(usualConnections, processes) * bytesOfConnection +
    fixedBytes
  )
}

/** huge_page_size is of PostgreSQL 14; before that the kernel's default size is taken. */
function takesItsSize({ regions }: Pick<HugeUse, 'regions'>): boolean {
  return isSince(regions[0]?.programRelease, '14')
}

/** A parameter that the release does not know keeps the server from starting. */
function parameters(use: HugeUse): Setting {
  const { regions, exact, label, isDefault } = use
  // shared_memory_type is of PostgreSQL 12; before that there are only mappings.
  const isSysv = regions.some(
    ({ backing, programRelease }) => backing === 'sysv-shm' && isSince(programRelease, '12'),
  )
  return {
    kind: 'database',
    program: 'postgresql',
    place: 'postgresql.conf',
    lines: [
      `huge_pages = ${exact ? 'on' : 'try'}`,
      ...(isSysv ? ['shared_memory_type = mmap'] : []),
      ...(isDefault || !takesItsSize(use) ? [] : [`huge_page_size = ${label}B`]),
    ],
  }
}

/** Before PostgreSQL 15 the documentation looks at the map of the running server, which is in kB. */
function ask({ regions, pageBytes }: Asked): Setting {
  const about = { kind: 'ask', program: 'postgresql' } as const
  if (isSince(regions[0]?.programRelease, '15')) {
    const lines = ['postgres -D DIR -C shared_memory_size_in_huge_pages']
    return { ...about, place: 'shell, PostgreSQL stopped', lines }
  }
  const kib = pageBytes / 1024
  const pages = `int(($2 + ${kib - 1}) / ${kib})`
  const segment = '/rw-s/ && /zero|anon_hugepage/'
  const lines = [`pmap $(head -1 DIR/postmaster.pid) | awk '${segment} {print ${pages}}'`]
  return { ...about, place: 'shell, PostgreSQL running', lines }
}

/** meminfo has the pages of the default size only. */
function checks(use: HugeUse): readonly Setting[] {
  const { regions, pageBytes, isDefault } = use
  const about = { kind: 'check', program: 'postgresql' } as const
  const lines =
    isDefault || !takesItsSize(use)
      ? ['grep HugePages_Rsvd /proc/meminfo']
      : [`cat /sys/kernel/mm/hugepages/hugepages-${pageBytes / 1024}kB/resv_hugepages`]
  return [
    ...(isSince(regions[0]?.programRelease, '17')
      ? [{ ...about, place: 'psql', lines: ['SHOW huge_pages_status;'] }]
      : []),
    { ...about, place: 'shell, PostgreSQL running', lines },
  ]
}
