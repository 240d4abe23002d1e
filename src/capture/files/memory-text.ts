import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { HostFiles } from './host-files.ts'
import { kibOf } from './kernel-text.ts'

/** A value in KiB; what is absent or not as the kernel writes it is not there. */
export function kib(meminfo: string, key: string): number | undefined {
  const value = kibOf(meminfo, key)
  return typeof value === 'number' ? value : undefined
}

/** As {@link kib}, of what is a part of memory: more than MemTotal is not there either. */
export function heldKib(meminfo: string, key: string): number | undefined {
  const value = kib(meminfo, key)
  return value !== undefined && value <= (kib(meminfo, 'MemTotal') ?? 0) ? value : undefined
}

/**
 * KiB as a scenario writes them.
 * @throws QuantityError past 2^53 − 1 bytes, in the words given.
 */
export function size(kibytes: number, quantity?: string): string {
  return writeSize(bytes(kibytes * 1024, quantity))
}

/** The key of {@link HostFiles} with the name of what stands in for /proc/meminfo. */
export const memorySource = 'name of proc/meminfo'

/** What the values of memory were read from: /proc/meminfo, or a command that prints a part of it. */
export function memoryFile(files: HostFiles): string {
  return files.get(memorySource) ?? '/proc/meminfo'
}
