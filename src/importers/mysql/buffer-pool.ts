import { formatBytes } from '../../units/format.ts'
import { bytes } from '../../units/quantity.ts'
import { parseSize } from '../../units/size.ts'
import type { ImportOptions } from '../importer.ts'
import { placeText } from '../place.ts'
import type { NumberName } from './option-names.ts'
import type { PoolRule } from './pool-rule.ts'
import { poolRuleOf } from './pool-rule.ts'
import type { Servers } from './servers.ts'
import { isSince } from './servers.ts'
import type { Settings } from './settings.ts'

const gib = 2 ** 30
const mib = 2 ** 20
const pageBytes = bytes(4096)
const hugePage = 2 * mib

/** The buffer pool, as the server makes it. */
export interface Pool {
  readonly bytes: number
  /** Equal pieces that are mapped one by one. */
  readonly chunks: number
  /** Why it is not what was written, to follow on that; absent: it is. */
  readonly rounding?: string
  /** What the rounding depends on and no file says; absent: it is exact. */
  readonly guess?: string
}

/** The pool that the files ask for, in the chunks that such a server makes. */
export function poolOf(settings: Settings, options: ImportOptions): Pool {
  const rule = poolRuleOf(settings.servers)
  const size =
    dedicatedPool(settings, options)?.bytes ?? settings.numberOf('innodb_buffer_pool_size')
  const { unit, guess } = unitOf(settings, rule, size)
  const rounded = unit === 0 ? size : Math.ceil(size / unit) * unit
  const whole = Math.ceil(rounded / pageBytes) * pageBytes
  const chunks = chunksOf(settings, rule, unit, whole)
  if (rounded === size) return { bytes: whole, chunks }
  const text = `rounded up to a multiple of ${formatBytes(unit)}, ${roundingText(settings, rule, size, unit)}`
  return { bytes: whole, chunks, rounding: text, ...(guess === undefined ? {} : { guess }) }
}

/** Before there were chunks each instance was one. */
function chunksOf(settings: Settings, rule: PoolRule, unit: number, bytes: number): number {
  const instances = instancesOf(settings, rule, bytes)
  return unit === 0 ? instances : Math.round((bytes / unit) * instances)
}

/** What the pool is a multiple of: chunk size · instances; 0 where it is of nothing. */
function unitOf(
  settings: Settings,
  rule: PoolRule,
  size: number,
): { readonly unit: number; readonly guess?: string } {
  if (rule.chunks === 'none') return { unit: 0 }
  const chunk = chunkOf(settings, rule, size)
  const count = instancesOf(settings, rule, size)
  const unit = roundingUnit(size, chunk, count)
  const guess = guessOf(settings, rule, count)
  return { unit, ...(guess === undefined ? {} : { guess }) }
}

/** Chunk size · instances; a chunk is at most an instance's part of the pool. */
export function roundingUnit(size: number, chunk: number, instances: number): number {
  return Math.min(chunk, Math.floor(size / instances)) * instances
}

/** By default MariaDB makes 64 of them, with huge pages in whole ones: 1 MiB is the least. */
function chunkOf({ numberOf, lineOf, isOn }: Settings, { chunks }: PoolRule, size: number): number {
  const name = 'innodb_buffer_pool_chunk_size'
  const isAutomatic = lineOf(name) === undefined || numberOf(name) === 0
  if (chunks === 'fixed' || !isAutomatic) return Math.max(mib, numberOf(name))
  const part = Math.floor(size / 64)
  return Math.max(mib, isOn('large_pages') ? Math.floor(part / hugePage) * hugePage : part)
}

/** Below 1 GiB there is one instance; otherwise 8 unless the files say. */
function instancesOf(
  { numberOf, servers }: Settings,
  { instances }: PoolRule,
  size: number,
): number {
  if (instances === 'one' || size < gib) return 1
  const written = numberOf('innodb_buffer_pool_instances')
  if (written > 0 || instances === 'files') return written || defaultInstances(servers)
  if (size === gib) return 1
  const half = Math.floor(size / numberOf('innodb_buffer_pool_chunk_size') / 2)
  return Math.min(8, Math.max(1, half))
}

/** MySQL 5.5 and MariaDB up to 5.5 make one unless the files say more. */
function defaultInstances({ release = '8.0' }: Servers): number {
  return isSince(release, '5.6') ? 8 : 1
}

function guessOf(
  { numberOf, isOn }: Settings,
  { instances, chunks }: PoolRule,
  count: number,
): string | undefined {
  if (chunks === 'of-pool' && isOn('large_pages')) {
    return 'estimated: the server sizes chunks by the pool and its largest huge page'
  }
  const byProcessors = instances === 'processors' && numberOf('innodb_buffer_pool_instances') === 0
  return byProcessors && count > 1
    ? `estimated: since MySQL 8.4 instances are at most a quarter of the CPUs, and ${count} are assumed`
    : undefined
}

/** `chunks of 128 MiB for each of 16 instances (my.cnf:3)`. */
function roundingText(settings: Settings, rule: PoolRule, size: number, unit: number): string {
  const count = instancesOf(settings, rule, size)
  const place = (name: NumberName) => {
    const line = settings.lineOf(name)
    return line === undefined ? '' : ` (${placeText(line.nameSpot)})`
  }
  const chunks = `chunks of ${formatBytes(unit / count)}${place('innodb_buffer_pool_chunk_size')}`
  if (count === 1) return `${chunks} of one instance`
  return `${chunks} for each of ${count} instances${place('innodb_buffer_pool_instances')}`
}

/**
 * What innodb_dedicated_server makes of the memory of the host: MySQL 8.0 Reference Manual, "Enabling
 * Automatic InnoDB Configuration for a Dedicated MySQL Server".
 * @returns `undefined` where it is off, the files say the size, or `--memory` is no size.
 */
export function dedicatedPool(
  { isOn, lineOf }: Settings,
  { memory }: ImportOptions,
): { readonly bytes: number; readonly reason: string } | undefined {
  const line = lineOf('innodb_dedicated_server')
  const isGiven = lineOf('innodb_buffer_pool_size') !== undefined
  const reading = parseSize(memory, pageBytes)
  if (line === undefined || isGiven || !isOn('innodb_dedicated_server') || !reading.ok)
    return undefined
  const source = `innodb_dedicated_server = ${line.value ?? 'on'} (${placeText(line.nameSpot)})`
  if (reading.bytes < gib) {
    return { bytes: 128 * mib, reason: `${source}: 128 MiB where --memory is below 1 GiB` }
  }
  const part = reading.bytes <= 4 * gib ? 0.5 : 0.75
  return {
    bytes: Math.floor(reading.bytes * part),
    reason: `${source}: ${part * 100} % of --memory`,
  }
}
