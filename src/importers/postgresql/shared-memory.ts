import { hashTableBytes, powerOfTwo } from './hash-table.ts'
import { blockBytes, pageCacheBytes } from './page-caches.ts'
import type { Settings } from './settings.ts'
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
}

/** The settings that decide, in numbers of things. */
interface Counts {
  readonly release: Release
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
 * are preloaded add to it and are not counted.
 * @param connections room for so many client connections: max_connections.
 */
export function sharedMemoryOf(
  release: Release,
  settings: Settings,
  connections: number,
): SharedMemory {
  const counts = countsOf(release, settings, connections)
  const parts = [
    { name: 'buffers', bytes: bufferBytes(counts) },
    { name: 'WAL buffers', bytes: walBytes(counts) },
    { name: 'locks', bytes: lockBytes(counts) },
    { name: 'predicate locks', bytes: predicateLockBytes(counts) },
    { name: 'processes', bytes: processBytes(counts) },
    { name: 'page caches', bytes: pageCacheBytes(release, counts.buffers, settings.numberOf) },
    { name: 'replication and workers', bytes: workerBytes(counts) },
    { name: 'asynchronous I/O', bytes: release < 18 ? 0 : ioBytes(counts) },
    {
      name: 'dynamic shared memory',
      bytes: settings.numberOf('min_dynamic_shared_memory') * 2 ** 20,
    },
    { name: 'fixed', bytes: counts.of.fixed },
  ]
  const sum = parts.reduce((total, { bytes }) => total + bytes, 0)
  const rounding = { name: 'rounding', bytes: blockBytes - (sum % blockBytes) }
  return { bytes: sum + rounding.bytes, buffers: counts.buffers, parts: [...parts, rounding] }
}

function countsOf(release: Release, settings: Settings, connections: number): Counts {
  const { numberOf } = settings
  const of = structures[release]
  const senders = numberOf('max_wal_senders')
  const workers = numberOf('max_worker_processes')
  const autovacuumWorkers = numberOf(
    release < 18 ? 'autovacuum_max_workers' : 'autovacuum_worker_slots',
  )
  const backends = connections + autovacuumWorkers + workers + senders + of.specialBackends
  return {
    release,
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

/** Block, descriptor (64), I/O condition variable (16) and place in a checkpoint (20) of each buffer. */
function bufferBytes({ buffers, of }: Counts): number {
  const table = hashTableBytes(buffers + 128, 24)
  const requests = Math.min(buffers, 10_000_000) * of.checkpointRequest
  return buffers * (blockBytes + 64 + 16 + 20) + table + requests + of.bufferAlignment + 288
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
function predicateLockBytes({ settings, backends, prepared }: Counts): number {
  const targets = settings.numberOf('max_pred_locks_per_transaction') * (backends + prepared)
  const transactions = (backends + prepared) * 10
  const locks = withTenth(hashTableBytes(targets, 32) + hashTableBytes(targets * 2, 56))
  const conflicts = transactions * 5 * 48
  return locks + transactions * 168 + hashTableBytes(transactions, 16) + conflicts
}

/** What each process has: PGPROC, its lock slots, semaphore, state, messages, transaction ids. */
function processBytes(counts: Counts): number {
  const { of, settings, backends, processes, prepared } = counts
  const state = of.backendStatus + 64 + 64 + 324 + settings.numberOf('track_activity_query_size')
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
  const slots = settings.numberOf('max_replication_slots')
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
