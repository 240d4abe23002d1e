import { formatBytes } from '../../units/format.ts'
import type { ImportOptions } from '../importer.ts'
import { placeText } from '../place.ts'
import { queryCacheOf } from './query-cache.ts'
import { isSince } from './servers.ts'
import type { Settings } from './settings.ts'

const mib = 2 ** 20

/**
 * What an idle server has of its own besides its buffers, and what the performance schema adds. A server
 * of MySQL 9.7.4 had 160 to 180 MiB without and 244 MiB more with it; those of MariaDB 10.5.23 to 11.8.6 70 to
 * 90 MiB, and 87 MiB more, which grows with max_connections (130 MiB at 2000).
 */
const ofMysql = { program: 160 * mib, schema: 240 * mib }
const ofMaria = { program: 90 * mib, schema: 90 * mib }

export const perServer = [
  'key_buffer_size',
  'aria_pagecache_buffer_size',
  'innodb_log_buffer_size',
  'query_cache_size',
] as const
export const perThread = [
  'sort_buffer_size',
  'join_buffer_size',
  'read_buffer_size',
  'read_rnd_buffer_size',
] as const

/** Memory of the server besides its buffer pool, in bytes. */
export interface OwnMemory {
  readonly own: number
  readonly each: number
  readonly connections: number
  readonly reason: string
}

/**
 * What all connections share, and what each has.
 * @param elsewhere memory of the buffers that is in regions of its own.
 */
export function ownMemoryOf(settings: Settings, options: ImportOptions, elsewhere = 0): OwnMemory {
  const { numberOf, servers } = settings
  const of = servers.isMysqlPossible ? ofMysql : ofMaria
  const hasSchema = schemaOf(settings)
  const cache = queryCacheOf(settings)
  const own =
    of.program + (hasSchema ? of.schema : 0) + buffersOf(settings) + cache.bytes - elsewhere
  const each = perThread.reduce((total, name) => total + numberOf(name), 0)
  const cacheText = cache.text === undefined ? '' : `, ${cache.text}`
  return {
    own,
    each,
    connections: options.connections ?? numberOf('max_connections'),
    reason: `${formatBytes(own)} for the program and shared buffers${schemaText(settings, hasSchema, of.schema)}${cacheText}, and ${formatBytes(each)} of sort, join and read buffers for each connection`,
  }
}

/** Buffers of the whole server; MariaDB since 10.2 has two for its log (log_t::create()), and Aria's page cache. */
function buffersOf({ numberOf, servers }: Settings): number {
  const { isMysqlPossible, release = '8.0' } = servers
  const aria = isMysqlPossible ? 0 : numberOf('aria_pagecache_buffer_size')
  const logs = !isMysqlPossible && isSince(release, '10.2') ? 2 : 1
  return numberOf('key_buffer_size') + aria + logs * numberOf('innodb_log_buffer_size')
}

/** In MySQL it is on since 5.6.6 unless the files say otherwise, in MariaDB off. */
function schemaOf({ lineOf, isOn, servers }: Settings): boolean {
  const { isMysqlPossible, release = '8.0' } = servers
  const isUsual = isMysqlPossible && isSince(release, '5.6.6')
  return lineOf('performance_schema') === undefined ? isUsual : isOn('performance_schema')
}

/** Said where the files have it: its memory depends on the load and on options of its own. */
function schemaText({ lineOf }: Settings, hasSchema: boolean, size: number): string {
  const line = lineOf('performance_schema')
  const by =
    line === undefined
      ? "the server's default"
      : `performance_schema = ${line.value ?? 'on'}, ${placeText(line.nameSpot)}`
  return hasSchema
    ? `, ${formatBytes(size)} of it for the performance schema (${by})`
    : ` without the performance schema (${by})`
}
