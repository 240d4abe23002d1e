import type { NumberName } from './option-names.ts'
import type { Servers } from './servers.ts'
import { isSince } from './servers.ts'

/** What an option may be: the server goes on with the nearest of that, and warns. */
export interface Range {
  readonly least: number
  readonly most: number
  /** Rounded down to a multiple of it, without a word. */
  readonly block: number
}

const kib = 1024
const mib = 2 ** 20
const none = Number.POSITIVE_INFINITY

/**
 * Ranges of MySQL 8.0 to 9: its Reference Manual, and what a server 9.7.4 said to values beyond them
 * (eval_num_suffix() and getopt_ull_limit_value() of mysys/my_getopt.cc).
 */
const ofMysql: Readonly<Record<NumberName, Range>> = {
  innodb_buffer_pool_size: { least: 5 * mib, most: none, block: mib },
  innodb_buffer_pool_chunk_size: { least: mib, most: none, block: mib },
  innodb_buffer_pool_instances: { least: 0, most: 64, block: 1 },
  innodb_buffer_pool_size_max: { least: 0, most: none, block: 8 * mib },
  max_connections: { least: 1, most: 100_000, block: 1 },
  key_buffer_size: { least: 0, most: none, block: 4 * kib },
  aria_pagecache_buffer_size: { least: 128 * kib, most: none, block: kib },
  query_cache_size: { least: 0, most: none, block: kib },
  max_heap_table_size: { least: 16 * kib, most: none, block: kib },
  tmp_table_size: { least: kib, most: none, block: 1 },
  innodb_log_buffer_size: { least: 256 * kib, most: 2 ** 32 - kib, block: kib },
  sort_buffer_size: { least: 32 * kib, most: none, block: 1 },
  join_buffer_size: { least: 128, most: none, block: 128 },
  read_buffer_size: { least: 8 * kib, most: 2 ** 31 - 4 * kib, block: 4 * kib },
  read_rnd_buffer_size: { least: 1, most: 2 ** 31 - 1, block: 1 },
}

/** Where MariaDB differs: what servers 10.5.23, 10.11.19 and 11.8.6 said. */
const ofMaria: Readonly<Partial<Record<NumberName, Range>>> = {
  innodb_buffer_pool_size: { least: 2 * mib, most: none, block: mib },
  innodb_buffer_pool_chunk_size: { least: 0, most: none, block: mib },
  max_connections: { least: 10, most: 100_000, block: 1 },
  sort_buffer_size: { least: kib, most: none, block: 1 },
}
const ofLateMaria: Readonly<Partial<Record<NumberName, Range>>> = {
  ...ofMaria,
  innodb_log_buffer_size: { least: 2 * mib, most: 2 ** 31 - 4 * kib, block: 4 * kib },
}

/** The range of an option; where it may be several servers, that of MySQL. */
export function rangeOf(name: NumberName, { isMysqlPossible, release }: Servers): Range {
  if (isMysqlPossible || release === undefined || !isSince(release, '10.5')) return ofMysql[name]
  return (isSince(release, '10.11') ? ofLateMaria : ofMaria)[name] ?? ofMysql[name]
}

/** The server's own values: those of MySQL 8.0 where nothing else is known. */
const defaultsOfMysql: Readonly<Record<NumberName, number>> = {
  innodb_buffer_pool_size: 128 * mib,
  innodb_buffer_pool_chunk_size: 128 * mib,
  innodb_buffer_pool_instances: 0,
  innodb_buffer_pool_size_max: 0,
  max_connections: 151,
  key_buffer_size: 8 * mib,
  aria_pagecache_buffer_size: 128 * mib,
  query_cache_size: 0,
  max_heap_table_size: 16 * mib,
  tmp_table_size: 16 * mib,
  innodb_log_buffer_size: 16 * mib,
  sort_buffer_size: 256 * kib,
  join_buffer_size: 256 * kib,
  read_buffer_size: 128 * kib,
  read_rnd_buffer_size: 256 * kib,
}
/** As servers 9.7.4, and 10.5.23 to 11.8.6, have them. */
const defaultsOfLateMysql = { innodb_log_buffer_size: 64 * mib }
const defaultsOfMaria = { key_buffer_size: 128 * mib, sort_buffer_size: 2 * mib }

/** The default of an option. */
export function defaultOf(name: NumberName, { isMysqlPossible, release }: Servers): number {
  const differing: Readonly<Partial<Record<NumberName, number>>> = isMysqlPossible
    ? ofMysqlSince(release)
    : defaultsOfMaria
  return differing[name] ?? defaultsOfMysql[name]
}

/** MySQL Reference Manuals 5.5, 5.6 and 5.7, "Server System Variables" and "InnoDB Startup Options". */
function ofMysqlSince(release: string | undefined): Readonly<Partial<Record<NumberName, number>>> {
  if (release === undefined) return {}
  if (isSince(release, '8.4')) return defaultsOfLateMysql
  return {
    ...(isSince(release, '5.6.4') ? {} : { sort_buffer_size: 2 * mib }),
    ...(isSince(release, '5.6.6') ? {} : { join_buffer_size: 128 * kib }),
    ...(isSince(release, '5.7.6') ? {} : { innodb_log_buffer_size: 8 * mib }),
  }
}
