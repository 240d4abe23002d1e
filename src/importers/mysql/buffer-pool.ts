import { bytes } from '../../units/quantity.ts'
import { parseSize } from '../../units/size.ts'
import type { Wishes } from '../imported.ts'
import { placeOf } from '../remarks.ts'
import type { Settings } from './settings.ts'

const gib = 2 ** 30
const pageBytes = bytes(4096)

/** Bytes of the buffer pool, as the server makes it. */
export function poolBytes(settings: Settings, wishes: Wishes): number {
  const { numberOf } = settings
  const rounded = roundedPool(
    dedicatedPool(settings, wishes)?.bytes ?? numberOf('innodb_buffer_pool_size'),
    numberOf('innodb_buffer_pool_chunk_size'),
    numberOf('innodb_buffer_pool_instances'),
  )
  return Math.ceil(rounded / pageBytes) * pageBytes
}

/**
 * Rounded up to a multiple of chunk size · instances; a chunk is at most an instance's part of the
 * pool. Below 1 GiB there is one instance: MySQL 8.0 Reference Manual, "Configuring InnoDB Buffer
 * Pool Size".
 */
export function roundedPool(size: number, chunk: number, instances: number): number {
  const count = size < gib ? 1 : instances || 8
  const unit = Math.min(chunk, Math.floor(size / count)) * count
  return unit === 0 ? size : Math.ceil(size / unit) * unit
}

/**
 * What innodb_dedicated_server makes of the memory of the host: MySQL 8.0 Reference Manual, "Enabling
 * Automatic InnoDB Configuration for a Dedicated MySQL Server".
 * @returns `undefined` where it is off, the files say the size, or `--memory` is none.
 */
export function dedicatedPool(
  { isOn, lineOf }: Settings,
  { memory }: Wishes,
): { readonly bytes: number; readonly reason: string } | undefined {
  const line = lineOf('innodb_dedicated_server')
  const isGiven = lineOf('innodb_buffer_pool_size') !== undefined
  const reading = parseSize(memory, pageBytes)
  if (line === undefined || isGiven || !isOn('innodb_dedicated_server') || !reading.ok)
    return undefined
  const said = `innodb_dedicated_server = ${line.value ?? 'on'} (${placeOf(line.nameSpot)})`
  if (reading.bytes < gib) {
    return { bytes: 128 * 2 ** 20, reason: `${said}: 128 MiB where --memory is below 1 GiB` }
  }
  const part = reading.bytes <= 4 * gib ? 0.5 : 0.75
  return {
    bytes: Math.floor(reading.bytes * part),
    reason: `${said}: ${part * 100} % of --memory`,
  }
}
