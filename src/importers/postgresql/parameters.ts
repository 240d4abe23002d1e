import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { GucUnit } from './guc-number.ts'
import { bytesOfUnit } from './guc-number.ts'

/** A parameter that is a number: what it counts, its range and its default (boot_val of pg_settings). */
export interface NumberParameter {
  readonly unit?: GucUnit
  readonly least: number
  readonly most: number
  readonly usual: number
}

const mostInteger = 2 ** 31 - 1
/** MAX_BACKENDS, src/include/postmaster/postmaster.h. */
const mostBackends = 2 ** 18 - 1

/**
 * Parameters of PostgreSQL 15 to 18 that shared memory, processes and their memory depend on; as
 * `pg_settings` of these releases has them (src/backend/utils/misc/guc_tables.c).
 */
export const numberParameters: Readonly<Record<NumberName, NumberParameter>> = {
  shared_buffers: { unit: '8kB', least: 16, most: 2 ** 30 - 1, usual: 16384 },
  max_connections: { least: 1, most: mostBackends, usual: 100 },
  max_worker_processes: { least: 0, most: mostBackends, usual: 8 },
  max_wal_senders: { least: 0, most: mostBackends, usual: 10 },
  max_prepared_transactions: { least: 0, most: mostBackends, usual: 0 },
  max_locks_per_transaction: { least: 10, most: mostInteger, usual: 64 },
  max_pred_locks_per_transaction: { least: 10, most: mostInteger, usual: 64 },
  max_replication_slots: { least: 0, most: mostBackends, usual: 10 },
  max_logical_replication_workers: { least: 0, most: mostBackends, usual: 4 },
  max_active_replication_origins: { least: 0, most: mostBackends, usual: 10 },
  autovacuum_max_workers: { least: 1, most: mostBackends, usual: 3 },
  autovacuum_worker_slots: { least: 1, most: mostBackends, usual: 16 },
  wal_buffers: { unit: '8kB', least: -1, most: mostBackends, usual: -1 },
  track_activity_query_size: { unit: 'B', least: 100, most: 2 ** 20, usual: 1024 },
  min_dynamic_shared_memory: { unit: 'MB', least: 0, most: mostInteger, usual: 0 },
  transaction_buffers: { unit: '8kB', least: 0, most: 2 ** 17, usual: 0 },
  subtransaction_buffers: { unit: '8kB', least: 0, most: 2 ** 17, usual: 0 },
  commit_timestamp_buffers: { unit: '8kB', least: 0, most: 2 ** 17, usual: 0 },
  multixact_offset_buffers: { unit: '8kB', least: 16, most: 2 ** 17, usual: 16 },
  multixact_member_buffers: { unit: '8kB', least: 16, most: 2 ** 17, usual: 32 },
  notify_buffers: { unit: '8kB', least: 16, most: 2 ** 17, usual: 16 },
  serializable_buffers: { unit: '8kB', least: 16, most: 2 ** 17, usual: 32 },
  io_max_concurrency: { least: -1, most: 1024, usual: -1 },
  io_max_combine_limit: { unit: '8kB', least: 1, most: 128, usual: 16 },
  io_workers: { least: 1, most: 32, usual: 3 },
  work_mem: { unit: 'kB', least: 64, most: mostInteger, usual: 4096 },
  maintenance_work_mem: { unit: 'kB', least: 64, most: mostInteger, usual: 65536 },
  autovacuum_work_mem: { unit: 'kB', least: -1, most: mostInteger, usual: -1 },
  huge_page_size: { unit: 'kB', least: 0, most: mostInteger, usual: 0 },
}

export type NumberName =
  | 'shared_buffers'
  | 'max_connections'
  | 'max_worker_processes'
  | 'max_wal_senders'
  | 'max_prepared_transactions'
  | 'max_locks_per_transaction'
  | 'max_pred_locks_per_transaction'
  | 'max_replication_slots'
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
  | 'work_mem'
  | 'maintenance_work_mem'
  | 'autovacuum_work_mem'
  | 'huge_page_size'

/** A parameter that is a word. */
export interface WordParameter {
  readonly words: readonly string[]
  /** A boolean takes beginnings of words as well; an enum none, and some take the words for on and off. */
  readonly kind: 'boolean' | 'enum' | 'enum-with-boolean'
  readonly usual: string
}

const boolean: Pick<WordParameter, 'words' | 'kind'> = { words: ['on', 'off'], kind: 'boolean' }

export const wordParameters: Readonly<Record<WordName, WordParameter>> = {
  huge_pages: { words: ['off', 'on', 'try'], kind: 'enum-with-boolean', usual: 'try' },
  shared_memory_type: { words: ['mmap', 'sysv'], kind: 'enum', usual: 'mmap' },
  archive_mode: { words: ['always', 'on', 'off'], kind: 'enum-with-boolean', usual: 'off' },
  io_method: { words: ['worker', 'io_uring', 'sync'], kind: 'enum', usual: 'worker' },
  hot_standby: { ...boolean, usual: 'on' },
  autovacuum: { ...boolean, usual: 'on' },
  summarize_wal: { ...boolean, usual: 'off' },
}

export type WordName =
  | 'huge_pages'
  | 'shared_memory_type'
  | 'archive_mode'
  | 'io_method'
  | 'hot_standby'
  | 'autovacuum'
  | 'summarize_wal'

/** Parameters that are text. */
export const textParameters = ['data_directory', 'shared_preload_libraries'] as const

export type TextName = (typeof textParameters)[number]

export type ParameterName = NumberName | WordName | TextName

/** All that is looked at, in the order above. */
export const parameterNames: readonly ParameterName[] = [
  ...(Object.keys(numberParameters) as NumberName[]),
  ...(Object.keys(wordParameters) as WordName[]),
  ...textParameters,
]

/** The default of a parameter as a person writes it: `128 MiB`, `on`; nothing for text. */
export function usualText(name: ParameterName): string {
  if (name in wordParameters) return wordParameters[name as WordName].usual
  if (!(name in numberParameters)) return ''
  const { unit, usual } = numberParameters[name as NumberName]
  return unit === undefined || usual < 0
    ? String(usual)
    : writeSize(bytes(usual * bytesOfUnit[unit]))
}
