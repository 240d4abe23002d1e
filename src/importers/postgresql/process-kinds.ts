import type { TouchedText } from '../../scenario/schema/scenario-text.ts'
import { formatBytes } from '../../units/format.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import { isIn } from './guc/defaults.ts'
import type { ParameterName } from './guc/parameters.ts'
import type { Settings } from './guc/settings.ts'
import type { Preloaded } from './libraries.ts'
import type { SharedMemory } from './shared-memory.ts'

/** Processes of a server that are alike. */
export interface ProcessKind {
  readonly name: string
  readonly who: string
  readonly processes: number
  /** The parameters that say how many; none: they are always there. */
  readonly by: readonly ParameterName[]
  /** In words, what else decides how many. */
  readonly alsoBy: readonly string[]
  /** The user says how many. */
  readonly isTyped?: true
  readonly privateBytes: number
  readonly privateWhy: string
  /** Absent: what --touched says, all of it by default. */
  readonly touched?: TouchedText
}

/** Program data, caches of relations and plans: 2.5 MB on an idle backend, more on a busy one. */
const cacheBytes = 6 * 2 ** 20
const pageBytes = 4096

/**
 * Every process that maps the shared memory, as many as there may be. Those that read and write
 * table pages reach all of it in time; the others only what lies around the buffers.
 */
export function processKinds(
  settings: Settings,
  memory: SharedMemory,
  connections: number | undefined,
): readonly ProcessKind[] {
  const structures = aroundBuffers(memory)
  const { numberOf, release } = settings
  const kinds: readonly ProcessKind[] = [
    {
      name: 'backends',
      who: 'a process for each client connection',
      processes: connections ?? numberOf('max_connections'),
      by: ['max_connections'],
      alsoBy: [],
      ...(connections === undefined ? {} : { isTyped: true }),
      ...working(numberOf('work_mem') * 1024, 'work_mem'),
    },
    {
      name: 'autovacuum-workers',
      who: 'autovacuum workers, all at once',
      processes: autovacuumWorkers(settings),
      by: inRelease(release, ['autovacuum_max_workers', 'autovacuum_worker_slots']),
      alsoBy: [],
      ...vacuuming(settings),
    },
    {
      name: 'background-workers',
      who: 'workers of parallel queries, of replication and of extensions, all at once',
      ...backgroundWorkers(settings, memory.libraries),
      ...working(numberOf('work_mem') * 1024, 'work_mem'),
    },
    {
      name: 'wal-senders',
      who: 'senders to standby servers, all at once',
      processes: numberOf('max_wal_senders'),
      by: ['max_wal_senders'],
      alsoBy: [],
      ...idle,
      touched: structures,
    },
    { ...writers(settings), ...idle },
    { ...auxiliary(settings, memory.libraries), ...idle, touched: structures },
  ]
  return kinds.filter(({ processes }) => processes > 0)
}

type Count = Pick<ProcessKind, 'processes' | 'by' | 'alsoBy'>

function inRelease(release: number, names: readonly ParameterName[]): readonly ParameterName[] {
  return names.filter((name) => isIn(name, release))
}

/** AutoVacuumingActive(), av_worker_available(): since 18 at most as many as there are slots. */
function autovacuumWorkers({ numberOf, wordOf, release }: Settings): number {
  if (wordOf('autovacuum') === 'off') return 0
  const most = numberOf('autovacuum_max_workers')
  return release < 18 ? most : Math.min(most, numberOf('autovacuum_worker_slots'))
}

/**
 * Slots are many more than what runs: parallel workers (RegisterDynamicBackgroundWorker(), bgworker.c),
 * which 9.6 bounds by the slots alone, those of logical replication, and those of known libraries.
 */
function backgroundWorkers(settings: Settings, libraries: readonly Preloaded[]): Count {
  const { numberOf, release } = settings
  const starting = libraries.filter(({ workers = 0 }) => workers > 0)
  const wanted = wantedWorkers(settings, libraries)
  const processes = release < 9.4 ? wanted : Math.min(wanted, numberOf('max_worker_processes'))
  const alsoBy = starting.map(({ name, workers }) => `${name} starts ${workers}`)
  const names = [
    'max_worker_processes',
    release < 10 ? 'max_parallel_workers_per_gather' : 'max_parallel_workers',
    'max_logical_replication_workers',
  ] as const
  return { processes, by: inRelease(release, names), alsoBy }
}

function wantedWorkers({ numberOf, release }: Settings, libraries: readonly Preloaded[]): number {
  // Background workers exist since 9.3, their slots since 9.4, parallel queries since 9.6.
  if (release < 9.3) return 0
  const ofLibraries = libraries.reduce((sum, { workers = 0 }) => sum + workers, 0)
  const isParallel = numberOf('max_parallel_workers_per_gather') > 0
  const parallel =
    release < 10
      ? numberOf('max_worker_processes') * Number(isParallel)
      : numberOf('max_parallel_workers')
  return parallel + numberOf('max_logical_replication_workers') + ofLibraries
}

/** Until 9.2 the background writer did what the checkpointer does. */
function writers(settings: Settings): Count & Pick<ProcessKind, 'name' | 'who'> {
  const { release } = settings
  const ioWorkers = ioWorkersOf(settings)
  const names = [
    ...(release < 9.2 ? [] : ['checkpointer']),
    'background writer',
    ...(ioWorkers > 0 ? ['I/O workers'] : []),
  ]
  return {
    name: 'writers',
    who: names.join(', '),
    processes: names.length - Number(ioWorkers > 0) + ioWorkers,
    by: inRelease(release, ['io_method', 'io_workers', 'io_min_workers', 'io_max_workers']),
    alsoBy: [],
  }
}

/** Since 19 as many as there is work for, from io_min_workers to io_max_workers. */
function ioWorkersOf({ numberOf, wordOf }: Settings): number {
  if (wordOf('io_method') !== 'worker') return 0
  return Math.max(...(['io_workers', 'io_min_workers', 'io_max_workers'] as const).map(numberOf))
}

/** Other processes of every server, which map its memory and do not work with blocks. */
function auxiliary(
  settings: Settings,
  libraries: readonly Preloaded[],
): Count & Pick<ProcessKind, 'name' | 'who'> {
  const { wordOf, numberOf, release } = settings
  const spare = numberOf('max_worker_processes') - wantedWorkers(settings, libraries)
  const names = [
    'postmaster',
    ...(release < 8.3 ? [] : ['WAL writer']),
    ...(release >= 8.3 && wordOf('autovacuum') === 'on' ? ['autovacuum launcher'] : []),
    // Since 14 an auxiliary process; before, it gave the shared memory back (PgArchiverMain()).
    ...(release >= 14 && wordOf('archive_mode') !== 'off' ? ['archiver'] : []),
    ...(wordOf('summarize_wal') === 'on' ? ['WAL summarizer'] : []),
    // ApplyLauncherRegister() of launcher.c takes a slot, which counts above where all are in use.
    ...(numberOf('max_logical_replication_workers') > 0 && spare > 0
      ? ['logical replication launcher']
      : []),
  ]
  return { name: 'auxiliary', who: names.join(', '), processes: names.length, by: [], alsoBy: [] }
}

function working(extra: number, name: string): Pick<ProcessKind, 'privateBytes' | 'privateWhy'> {
  return {
    privateBytes: cacheBytes + extra,
    privateWhy: `${formatBytes(cacheBytes)} of program data and caches, and ${name} once (${formatBytes(extra)}); the real size depends on the work of the process`,
  }
}

function vacuuming({ numberOf }: Settings): Pick<ProcessKind, 'privateBytes' | 'privateWhy'> {
  const own = numberOf('autovacuum_work_mem')
  return own === -1
    ? working(numberOf('maintenance_work_mem') * 1024, 'maintenance_work_mem')
    : working(own * 1024, 'autovacuum_work_mem')
}

const idle: Pick<ProcessKind, 'privateBytes' | 'privateWhy'> = {
  privateBytes: 2 * 2 ** 20,
  privateWhy: 'measured on lightly loaded servers: 1.2 to 1.6 MiB',
}

/**
 * All but the blocks of the buffers: what lies before them (WAL buffers, page caches,
 * descriptors of 64 bytes each) and behind them, as the server lays it out.
 */
function aroundBuffers({ bytes: size, before, buffers }: SharedMemory): TouchedText {
  const start = Math.ceil(before / pageBytes) * pageBytes
  const end = Math.floor((start + buffers * 8192) / pageBytes) * pageBytes
  const range = (offset: number, length: number) => ({
    offset: writeSize(bytes(offset)),
    length: writeSize(bytes(length)),
  })
  return { ranges: [range(0, start), range(end, size - end)] }
}
