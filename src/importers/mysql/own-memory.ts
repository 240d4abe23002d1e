import { formatBytes } from '../../units/format.ts'
import type { Wishes } from '../imported.ts'
import { placeOf } from '../remarks.ts'
import type { NumberName } from './option-names.ts'
import type { Settings } from './settings.ts'

const mib = 2 ** 20

/**
 * What an idle server has of its own besides its buffers, and what the performance schema adds. A server
 * of MySQL 9.7.4 had 160 to 180 MiB without and 244 MiB more with it; those of MariaDB 10.5.23 to 11.8.6 70 to
 * 90 MiB, and 87 MiB more, which grows with max_connections (130 MiB at 2000).
 */
const ofMysql = { program: 160 * mib, schema: 240 * mib, isUsual: true }
const ofMaria = { program: 90 * mib, schema: 90 * mib, isUsual: false }

export const perServer = ['key_buffer_size', 'innodb_log_buffer_size'] as const
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

/** What all connections share, and what each has. */
export function ownMemoryOf(settings: Settings, wishes: Wishes): OwnMemory {
  const { numberOf, servers } = settings
  const sum = (names: readonly NumberName[]) =>
    names.reduce((total, name) => total + numberOf(name), 0)
  const of = servers.isMysqlPossible ? ofMysql : ofMaria
  const hasSchema = schemaOf(settings, of.isUsual)
  const own = of.program + (hasSchema ? of.schema : 0) + sum(perServer)
  const each = sum(perThread)
  return {
    own,
    each,
    connections: wishes.connections ?? numberOf('max_connections'),
    reason: `${formatBytes(own)} of the program and buffers that all share${schemaText(settings, hasSchema, of.schema)}, and ${formatBytes(each)} of sort, join and read buffers for each connection`,
  }
}

function schemaOf({ lineOf, isOn }: Settings, isUsual: boolean): boolean {
  return lineOf('performance_schema') === undefined ? isUsual : isOn('performance_schema')
}

/** Said where the files have it: its memory depends on the load and on options of its own. */
function schemaText({ lineOf }: Settings, hasSchema: boolean, size: number): string {
  const line = lineOf('performance_schema')
  const by =
    line === undefined
      ? "the server's default"
      : `performance_schema = ${line.value ?? 'on'}, ${placeOf(line.nameSpot)}`
  return hasSchema
    ? `, ${formatBytes(size)} of it for the performance schema (${by})`
    : ` without the performance schema (${by})`
}
