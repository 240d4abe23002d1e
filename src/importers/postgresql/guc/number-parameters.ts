import type { ByRelease, Existence } from './existence.ts'
import { since } from './existence.ts'
import type { GucUnit } from './guc-number.ts'

/** A parameter that is a number: what it counts and its range. */
export interface NumberParameter extends Existence<number> {
  readonly unit?: GucUnit
  readonly least: number
  readonly most: number
}

const mostInteger = 2 ** 31 - 1
/** MAX_BACKENDS, src/include/postmaster/postmaster.h. */
const mostBackends = 2 ** 18 - 1
/** MAX_IO_WORKERS, src/include/storage/proc.h. */
const mostIoWorkers = 32
/** MAX_PARALLEL_WORKER_LIMIT, src/include/postmaster/bgworker_internals.h. */
const mostParallelWorkers = 1024

/** A count of processes or slots, none of which a server without the parameter has. */
function slots(defaults: ByRelease<number>): NumberParameter {
  return { least: 0, most: mostBackends, defaults, without: 0 }
}

/** Pages of 8 kB of a cache that has been fixed before. */
function pagesSince17(value: number): NumberParameter {
  const least = value === 0 ? 0 : 16
  return { unit: '8kB', least, most: 2 ** 17, defaults: since(17, value) }
}

/**
 * Parameters that shared memory, processes and their memory depend on: ranges of PostgreSQL 18
 * (src/backend/utils/misc/guc_tables.c), defaults by the release notes of the releases that changed
 * them. The default of shared_buffers is what initdb writes.
 */
export const numberParameters: Readonly<Record<NumberName, NumberParameter>> = {
  shared_buffers: {
    unit: '8kB',
    least: 16,
    most: 2 ** 30 - 1,
    defaults: since(0, 4096, 9.3, 16384),
  },
  max_connections: { least: 1, most: mostBackends, defaults: since(0, 100) },
  max_worker_processes: slots(since(9.4, 8)),
  max_parallel_workers: {
    least: 0,
    most: mostParallelWorkers,
    defaults: since(10, 8),
    without: 0,
  },
  max_parallel_workers_per_gather: {
    least: 0,
    most: mostParallelWorkers,
    defaults: since(9.6, 0, 10, 2),
    without: 0,
  },
  max_wal_senders: slots(since(9, 0, 10, 10)),
  max_prepared_transactions: {
    least: 0,
    most: mostBackends,
    defaults: since(0, 5, 8.4, 0),
  },
  max_locks_per_transaction: {
    least: 10,
    most: mostInteger,
    defaults: since(0, 64, 19, 128),
  },
  max_pred_locks_per_transaction: {
    least: 10,
    most: mostInteger,
    defaults: since(9.1, 64),
    without: 0,
  },
  max_replication_slots: slots(since(9.4, 0, 10, 10)),
  max_repack_replication_slots: slots(since(19, 5)),
  max_logical_replication_workers: slots(since(10, 4)),
  max_active_replication_origins: slots(since(18, 10)),
  autovacuum_max_workers: { least: 1, most: mostBackends, defaults: since(8.3, 3), without: 1 },
  autovacuum_worker_slots: { least: 1, most: mostBackends, defaults: since(18, 16), without: 0 },
  wal_buffers: {
    unit: '8kB',
    least: -1,
    most: mostBackends,
    defaults: since(0, 8, 9.1, -1),
  },
  track_activity_query_size: {
    unit: 'B',
    least: 100,
    most: 2 ** 20,
    defaults: since(8.4, 1024),
    without: 1024,
  },
  min_dynamic_shared_memory: {
    unit: 'MB',
    least: 0,
    most: mostInteger,
    defaults: since(14, 0),
    without: 0,
  },
  transaction_buffers: pagesSince17(0),
  subtransaction_buffers: pagesSince17(0),
  commit_timestamp_buffers: pagesSince17(0),
  multixact_offset_buffers: pagesSince17(16),
  multixact_member_buffers: pagesSince17(32),
  notify_buffers: pagesSince17(16),
  serializable_buffers: pagesSince17(32),
  io_max_concurrency: { least: -1, most: 1024, defaults: since(18, -1) },
  io_max_combine_limit: { unit: '8kB', least: 1, most: 128, defaults: since(18, 16) },
  io_workers: { least: 1, most: mostIoWorkers, defaults: since(18, 3), until: 19, without: 0 },
  io_min_workers: { least: 1, most: mostIoWorkers, defaults: since(19, 2), without: 0 },
  io_max_workers: { least: 1, most: mostIoWorkers, defaults: since(19, 8), without: 0 },
  work_mem: {
    unit: 'kB',
    least: 64,
    most: mostInteger,
    defaults: since(0, 1024, 9.4, 4096),
  },
  maintenance_work_mem: {
    unit: 'kB',
    least: 64,
    most: mostInteger,
    defaults: since(0, 16384, 9.4, 65536),
  },
  autovacuum_work_mem: {
    unit: 'kB',
    least: -1,
    most: mostInteger,
    defaults: since(9.4, -1),
    without: -1,
  },
  huge_page_size: { unit: 'kB', least: 0, most: mostInteger, defaults: since(14, 0), without: 0 },
}

export type NumberName =
  | 'shared_buffers'
  | 'max_connections'
  | 'max_worker_processes'
  | 'max_parallel_workers'
  | 'max_parallel_workers_per_gather'
  | 'max_wal_senders'
  | 'max_prepared_transactions'
  | 'max_locks_per_transaction'
  | 'max_pred_locks_per_transaction'
  | 'max_replication_slots'
  | 'max_repack_replication_slots'
  | 'max_logical_replication_workers'
  | 'max_active_replication_origins'
  | 'autovacuum_max_workers'
  | 'autovacuum_worker_slots'
  | 'wal_buffers'
  | 'track_activity_query_size'
  | 'min_dynamic_shared_memory'
  | 'transaction_buffers'
  | 'subtransaction_buffers'
  | 'commit_timestamp_buffers'
  | 'multixact_offset_buffers'
  | 'multixact_member_buffers'
  | 'notify_buffers'
  | 'serializable_buffers'
  | 'io_max_concurrency'
  | 'io_max_combine_limit'
  | 'io_workers'
  | 'io_min_workers'
  | 'io_max_workers'
  | 'work_mem'
  | 'maintenance_work_mem'
  | 'autovacuum_work_mem'
  | 'huge_page_size'
