import { misspelt } from '../unknown-name.ts'
import type { Servers } from './servers.ts'

/** All that is looked at. */
export const numberNames = [
  'innodb_buffer_pool_size',
  'innodb_buffer_pool_chunk_size',
  'innodb_buffer_pool_instances',
  'innodb_buffer_pool_size_max',
  'max_connections',
  'key_buffer_size',
  'aria_pagecache_buffer_size',
  'innodb_log_buffer_size',
  'query_cache_size',
  'max_heap_table_size',
  'tmp_table_size',
  'sort_buffer_size',
  'join_buffer_size',
  'read_buffer_size',
  'read_rnd_buffer_size',
] as const
export const switchNames = [
  'large_pages',
  'innodb_dedicated_server',
  'performance_schema',
  'query_cache_type',
] as const

export type NumberName = (typeof numberNames)[number]
export type SwitchName = (typeof switchNames)[number]

/** Those of them that MySQL does not have. */
const ofMariaAlone: readonly string[] = [
  'innodb_buffer_pool_size_max',
  'aria_pagecache_buffer_size',
]

const usedNames: readonly string[] = [...numberNames, ...switchNames]

/** Options that only MariaDB has and that are spelt much like one of these, or begin so. */
const ofMaria: readonly string[] = [
  'aria_pagecache_age_threshold',
  'aria_pagecache_division_limit',
  'aria_pagecache_file_hash_size',
  'aria_pagecache_segments',
  'aria_sort_buffer_size',
  'extra_max_connections',
  'innodb_buffer_pool_evict',
  'innodb_buffer_pool_populate',
  'innodb_buffer_pool_size_auto_min',
  'innodb_log_block_size',
  'join_buffer_space_limit',
  'join_cache_level',
  'mrr_buffer_size',
  'query_cache_strip_comments',
  'read_binlog_speed_limit',
  'tmp_disk_table_size',
  'tmp_memory_table_size',
]

/** Other options of MySQL 5.7 to 9 and MariaDB that are spelt much like one of these, or begin so. */
const ofBoth: readonly string[] = [
  'audit_log',
  'audit_log_buffer_size',
  'innodb',
  'innodb_buffer_page',
  'innodb_buffer_page_lru',
  'innodb_buffer_pool_debug',
  'innodb_buffer_pool_dump_at_shutdown',
  'innodb_buffer_pool_dump_now',
  'innodb_buffer_pool_dump_pct',
  'innodb_buffer_pool_filename',
  'innodb_buffer_pool_in_core_dump',
  'innodb_buffer_pool_in_core_file',
  'innodb_buffer_pool_load_abort',
  'innodb_buffer_pool_load_at_startup',
  'innodb_buffer_pool_load_now',
  'innodb_buffer_pool_stats',
  'innodb_change_buffer_max_size',
  'innodb_ddl_buffer_size',
  'innodb_log_file_size',
  'innodb_log_files_in_group',
  'innodb_sort_buffer_size',
  'key_cache_age_threshold',
  'key_cache_block_size',
  'key_cache_division_limit',
  'max_connect_errors',
  'max_tmp_tables',
  'max_user_connections',
  'myisam_sort_buffer_size',
  'mysqlx',
  'mysqlx_max_connections',
  'preload_buffer_size',
  'query_alloc_block_size',
  'query_cache_limit',
  'query_cache_min_res_unit',
  'query_cache_wlock_invalidate',
  'query_prealloc_size',
  'read_only',
  'temptable_use_mmap',
]

const others: ReadonlySet<string> = new Set([...ofBoth, ...ofMaria])
const namesOfMysql = [...usedNames, ...ofBoth].filter((name) => !ofMariaAlone.includes(name))
const namesOfMaria = [...usedNames, ...ofBoth, ...ofMaria]

export function isUsed(name: string): boolean {
  return usedNames.includes(name)
}

export function isKnown(name: string): boolean {
  return others.has(name) || isUsed(name)
}

/**
 * The name that one of the servers takes a beginning for: the only one that begins so. findopt() of
 * mysys/my_getopt.cc in MariaDB, and in MySQL up to 5.6.
 */
export function wholeOf(name: string, servers: Servers): string | undefined {
  const { isEarlyMysqlPossible, isMariaPossible } = servers
  return (
    (isEarlyMysqlPossible ? onlyOne(name, namesOfMysql) : undefined) ??
    (isMariaPossible ? onlyOne(name, namesOfMaria) : undefined)
  )
}

function onlyOne(beginning: string, names: readonly string[]): string | undefined {
  const [first, second] = names.filter((name) => name.startsWith(beginning))
  return second === undefined ? first : undefined
}

/**
 * The name that was most likely meant by one that the server does not have; `undefined` where it has
 * it, or nothing that is used is near. `skip_` and the like may precede switches, and `maximum_`
 * before a variable whose value sessions may set: special_opt_prefix of mysys/my_getopt.cc.
 */
export function nearTo(name: string): string | undefined {
  const [, word, rest] = /^((?:skip|disable|enable|maximum)_)(.+)$/.exec(name) ?? []
  if (word === undefined || rest === undefined) return misspelt(name, usedNames, others)
  const isLimit = word === 'maximum_'
  if (isLimit && isKnown(rest)) return undefined
  const near = misspelt(rest, isLimit ? usedNames : switchNames, others)
  if (near !== undefined) return `${word}${near}`
  return isLimit ? misspelt(name, usedNames, others) : undefined
}
