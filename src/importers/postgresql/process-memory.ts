import type { Counts } from './counts.ts'
import { hashTableBytes, powerOfTwo } from './hash-table.ts'

/** LockManagerShmemSize(): LOCK and PROCLOCK, and a tenth for safety. */
export function lockBytes({ settings, backends, prepared }: Counts): number {
  const locks = settings.numberOf('max_locks_per_transaction') * (backends + prepared)
  return withTenth(hashTableBytes(locks, 152) + hashTableBytes(locks * 2, 64))
}

/** PredicateLockShmemSize(). */
export function predicateLockBytes({ release, settings, backends, prepared }: Counts): number {
  if (release < 9.1) return 0
  const targets = settings.numberOf('max_pred_locks_per_transaction') * (backends + prepared)
  const transactions = (backends + prepared) * 10
  const locks = withTenth(hashTableBytes(targets, 32) + hashTableBytes(targets * 2, 56))
  const conflicts = transactions * 5 * 48
  return locks + transactions * 168 + hashTableBytes(transactions, 16) + conflicts
}

/** What each process has: PGPROC, its lock slots, semaphore, state, messages, transaction ids. */
export function processBytes(counts: Counts): number {
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

/** Workers, WAL senders, replication slots and prepared transactions. */
export function workerBytes({ release, of, settings, ...counts }: Counts): number {
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
export function ioBytes({ settings, buffers, processes }: Counts): number {
  const written = settings.numberOf('io_max_concurrency')
  const automatic = Math.min(64, Math.max(1, Math.floor(buffers / processes)))
  const handles = processes * (written === -1 ? automatic : written)
  return processes * 328 + handles * (144 + settings.numberOf('io_max_combine_limit') * 24)
}

function withTenth(bytes: number): number {
  return bytes + Math.floor(bytes / 10)
}
