import type { Instance, NumberName } from './instance.ts'
import { poolNames } from './instance.ts'

/** The SGA: how large, made of what, and which parameters say so. */
export interface SystemArea {
  readonly bytes: number
  readonly granule: number
  /** With automatic memory management it is files in /dev/shm, one for each granule. */
  readonly inFiles: boolean
  /** For the memory of processes: what MEMORY_TARGET leaves, or PGA_AGGREGATE_TARGET. */
  readonly programBytes?: number
  readonly by: readonly NumberName[]
  /** The size is a guess and not what the parameters say. */
  readonly guess?: string
}

/** The SGA of an instance; `undefined` where nothing says how large it is. */
export function systemAreaOf(instance: Instance): SystemArea | undefined {
  const { numberOf } = instance
  if ((numberOf('memory_target') || numberOf('memory_max_target') || 0) > 0) {
    return automaticArea(instance)
  }
  const target = Math.max(numberOf('sga_target') ?? 0, numberOf('sga_max_size') ?? 0)
  const program = numberOf('pga_aggregate_target')
  const rest = {
    inFiles: false,
    ...(program === undefined || program === 0 ? {} : { programBytes: program }),
  }
  if (target > 0) {
    return {
      ...inGranules(target, target),
      ...rest,
      by: set(instance, ['sga_target', 'sga_max_size']),
    }
  }
  const sum = poolNames.reduce((total, name) => total + (numberOf(name) ?? 0), 0)
  return sum === 0 ? undefined : { ...inGranules(sum, sum), ...rest, by: set(instance, poolNames) }
}

/** What was given to the SGA last time, or its minimum; otherwise 60 % of the whole. */
function automaticArea(instance: Instance): SystemArea {
  const { numberOf } = instance
  const target = numberOf('memory_target') || numberOf('memory_max_target') || 0
  const largest = Math.max(target, numberOf('memory_max_target') ?? 0)
  const known = Math.max(numberOf('__sga_target') ?? 0, numberOf('sga_target') ?? 0)
  const size = Math.min(largest, known > 0 ? known : Math.floor(target * 0.6))
  const part = 'Oracle starts with 60 % of MEMORY_TARGET for the SGA and 40 % for processes'
  return {
    ...inGranules(size, largest),
    inFiles: true,
    programBytes: Math.max(0, target - size),
    by: set(instance, ['memory_target', 'memory_max_target', 'sga_target', '__sga_target']),
    ...(known > 0 ? {} : { guess: part }),
  }
}

/** A size rounded up to whole granules, those of the largest size of the SGA. */
export function inGranules(size: number, largest: number): Pick<SystemArea, 'bytes' | 'granule'> {
  const granule = granuleBytes(largest)
  return { bytes: Math.ceil(size / granule) * granule, granule }
}

function set({ entryOf }: Instance, names: readonly NumberName[]): readonly NumberName[] {
  return names.filter((name) => entryOf(name) !== undefined)
}

const gib = 2 ** 30
const mib = 2 ** 20

/**
 * The unit in which Oracle 11.2 and later hands out the SGA, by its largest size (MEMORY_MAX_TARGET
 * or SGA_MAX_SIZE): My Oracle Support, "How To Determine Granule Size" (947152.1).
 */
export function granuleBytes(largest: number): number {
  return steps.find(([most]) => largest <= most)?.[1] ?? 512 * mib
}

const steps: readonly (readonly [most: number, granule: number])[] = [
  [gib, 4 * mib],
  [8 * gib, 16 * mib],
  [16 * gib, 32 * mib],
  [32 * gib, 64 * mib],
  [64 * gib, 128 * mib],
  [128 * gib, 256 * mib],
]
