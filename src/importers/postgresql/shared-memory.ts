import type { Settings } from './guc/settings.ts'
import { hashTableBytes, powerOfTwo } from './hash-table.ts'
import type { Preloaded } from './libraries.ts'
import { preloaded } from './libraries.ts'
import { blockBytes, pageCacheBytes } from './page-caches.ts'
import type { Release, Structures } from './structures.ts'
import { structures } from './structures.ts'

/** The main shared memory of a server and what it is made of. */
export interface SharedMemory {
  /** What the server maps, before it is rounded up to huge pages. */
  readonly bytes: number
  /** Buffers of 8 kB in it. */
  readonly buffers: number
  /** Adds up to `bytes`. */
  readonly parts: readonly { readonly name: string; readonly bytes: number }[]
  readonly libraries: readonly Preloaded[]
  /** Processes that have a place in it. */
  readonly processes: number
}

/** Whose shared memory it is. */
export interface ServerSpec {
  /** Whose rules and structures. */
  readonly rules: Release
  /** Whose parameters there are: 9.6, 18. */
  readonly release: number
  /** Room for so many client connections: max_connections. */
  readonly connections: number
  /** Built with GSSAPI, as distributions do. */
  readonly gssapi: boolean
}

/** The settings that decide, in numbers of things. */
interface Counts {
  readonly release: number
  readonly gssapi: boolean
  readonly of: Structures
  readonly settings: Settings
  /** NBuffers. */
  readonly buffers: number
  /** Client connections that there is room for. */
  readonly connections: number
  readonly prepared: number
  readonly senders: number
  readonly workers: number
  readonly autovacuumWorkers: number
  /** MaxBackends. */
  readonly backends: number
  /** Backends and auxiliary processes. */
  readonly processes: number
}

/**
 * The size that CalculateShmemSize() of src/backend/storage/ipc/ipci.c asks for, by the rules of
 * that release on 64-bit Linux: what `postgres -C shared_memory_size` rounds to MB. Libraries that
 * are preloaded are in it as far as what they take is known.
 */
export function sharedMemoryOf(spec: ServerSpec, settings: Settings): SharedMemory {
  const counts = countsOf(spec, settings)
  const { release, backends } = counts
  const libraries = preloaded({ release, settings, backends })
  const parts = [
    { name: 'buffers', bytes: bufferBytes(counts) },
    { name: 'WAL buffers', bytes: walBytes(counts) },
    { name: 'locks', bytes: lockBytes(counts) },
    { name: 'predicate locks', bytes: predicateLockBytes(counts) },
    { name: 'processes', bytes: processBytes(counts) },
    { name: 'page caches', bytes: pageCacheBytes(spec.rules, counts.buffers, settings.numberOf) },
    { name: 'replication and workers', bytes: workerBytes(counts) },
    { name: 'asynchronous I/O', bytes: release < 18 ? 0 : ioBytes(counts) },
    {
      name: 'dynamic shared memory',
      bytes: settings.numberOf('min_dynamic_shared_memory') * 2 ** 20,
    },
    ...libraries.map(({ name, bytes }) => ({ name, bytes })),
    { name: 'fixed', bytes: counts.of.fixed },
  ]
  const sum = parts.reduce((total, { bytes }) => total + bytes, 0)
  const rounding = { name: 'rounding', bytes: blockBytes - (sum % blockBytes) }
  return {
    bytes: sum + rounding.bytes,
    buffers: counts.buffers,
    parts: [...parts, rounding],
    libraries,
    processes: counts.processes,
  }
}

function countsOf({ rules, release, connections, gssapi }: ServerSpec, settings: Settings): Counts {
  const { numberOf } = settings
  const of = structures[rules]
  const senders = numberOf('max_wal_senders')
  const workers = numberOf('max_worker_processes')
  const autovacuumWorkers = numberOf(
    release < 18 ? 'autovacuum_max_workers' : 'autovacuum_worker_slots',
  )
  const backends = connections + autovacuumWorkers + workers + senders + of.specialBackends
  return {
    release,
    gssapi,
    of,
    settings,
    buffers: numberOf('shared_buffers'),
    connections,
    prepared: numberOf('max_prepared_transactions'),
    senders,
    workers,
    autovacuumWorkers,
    backends,
    processes: backends + of.auxiliaryProcesses,
  }
}

/** Block, descriptor (64), locks, place in a checkpoint, and lookup table of each buffer. */
function bufferBytes({ release, buffers, of }: Counts): number {
  const [locks, sorting] = besidesBlocks(release)
  const table = hashTableBytes(buffers + 128, 24)
  const requests = Math.min(buffers, release < 13 ? buffers : 10_000_000) * of.checkpointRequest
  const each = blockBytes + 64 + locks + sorting
  return buffers * each + table + requests + of.bufferAlignment + 288
}

/**
 * Locks of a buffer, and its place in a checkpoint, which is sorted since 9.6 (CkptSortItem). Until 9.5
 * two locks of 32 bytes (NumLWLocks()), until 13 one beside that in the descriptor, then a condition variable.
 */
function besidesBlocks(release: number): readonly [locks: number, sorting: number] {
  if (release < 9.6) return [64, 0]
  return release < 14 ? [32, 20] : [16, 20]
}

/** XLOGShmemSize(), XLOGChooseNumBuffers(): by default 1/32 of the buffers, from 8 to a segment of 16 MB. */
function walBytes({ buffers, settings }: Counts): number {
  const written = settings.numberOf('wal_buffers')
  const automatic = Math.min(2048, Math.max(8, Math.floor(buffers / 32)))
  const blocks = written === -1 ? automatic : Math.max(4, written)
  return blocks * (blockBytes + 8) + 9 * 128 + blockBytes
}

/** LockManagerShmemSize(): LOCK and PROCLOCK, and a tenth for safety. */
function lockBytes({ settings, backends, prepared }: Counts): number {
  const locks = settings.numberOf('max_locks_per_transaction') * (backends + prepared)
  return withTenth(hashTableBytes(locks, 152) + hashTableBytes(locks * 2, 64))
}

/** PredicateLockShmemSize(). */
function predicateLockBytes({ release, settings, backends, prepared }: Counts): number {
  if (release < 9.1) return 0
  const targets = settings.numberOf('max_pred_locks_per_transaction') * (backends + prepared)
  const transactions = (backends + prepared) * 10
  const locks = withTenth(hashTableBytes(targets, 32) + hashTableBytes(targets * 2, 56))
  const conflicts = transactions * 5 * 48
  return locks + transactions * 168 + hashTableBytes(transactions, 16) + conflicts
}

/** What each process has: PGPROC, its lock slots, semaphore, state, messages, transaction ids. */
function processBytes(counts: Counts): number {
  const { of, settings, backends, processes, prepared } = counts
  const state =
    of.backendStatus +
    64 +
    64 +
    secureBytes(counts) +
    settings.numberOf('track_activity_query_size')
  const known = settings.wordOf('hot_standby') === 'on' ? 65 * 5 : 0
  return (
    (processes + prepared) * (of.process + fastPathBytes(counts)) +
    processes * (128 + state + of.procSignal + of.sharedInvalidation) +
    (backends + prepared) * (4 + known) +
    backends * (8 + 12 + of.notifyListener) +
    prepared * of.multixactOfPrepared +
    childBytes(counts)
  )
}

/**
 * BackendStatusShmemSize(): PgBackendSSLStatus since 9.5 and PgBackendGSSStatus since 12, which holds
 * a name and, since 16, three flags.
 */
function secureBytes({ release, gssapi }: Counts): number {
  const ssl = release < 9.5 ? 0 : 324
  return gssapi && release >= 12 ? ssl + 64 + (release < 16 ? 2 : 3) : ssl
}

/** FastPathLockShmemSize(), since 18: 16 locks to a group, of 4 bytes, and 8 bytes for the group. */
function fastPathBytes({ release, settings }: Counts): number {
  if (release < 18) return 0
  const locks = powerOfTwo(settings.numberOf('max_locks_per_transaction'))
  return Math.min(1024, Math.max(1, Math.floor(locks / 16))) * (8 + 16 * 4)
}

/** PMSignalShmemSize(): children that may live, connections twice for those still logging in. */
function childBytes(counts: Counts): number {
  const { release, connections, senders, autovacuumWorkers, workers } = counts
  const others = autovacuumWorkers + workers
  return release < 18
    ? 8 * (connections + senders + others + 2)
    : 8 * (connections + senders) + 4 * (others + 32)
}

function workerBytes({ release, of, settings, ...counts }: Counts): number {
  const slots =
    settings.numberOf('max_replication_slots') + settings.numberOf('max_repack_replication_slots')
  const origins = release < 18 ? slots : settings.numberOf('max_active_replication_origins')
  const prepared = Math.ceil((16 + counts.prepared * 8) / 8) * 8 + counts.prepared * 256
  return (
    counts.workers * of.backgroundWorker +
    counts.autovacuumWorkers * of.autovacuumWorker +
    counts.senders * of.walSender +
    settings.numberOf('max_logical_replication_workers') * of.logicalWorker +
    slots * of.replicationSlot +
    (origins === 0 ? 0 : 8 + origins * 56) +
    prepared
  )
}

/** AioShmemSize(), AioChooseMaxConcurrency(): handles of each process with their vectors. */
function ioBytes({ settings, buffers, processes }: Counts): number {
  const written = settings.numberOf('io_max_concurrency')
  const automatic = Math.min(64, Math.max(1, Math.floor(buffers / processes)))
  const handles = processes * (written === -1 ? automatic : written)
  return processes * 328 + handles * (144 + settings.numberOf('io_max_combine_limit') * 24)
}

function withTenth(bytes: number): number {
  return bytes + Math.floor(bytes / 10)
}
