import { frameKib } from './mapping.ts'
import type { ProcessStatus } from './process-status.ts'
import type { GatheredSpace } from './space-gathering.ts'
import type { Fault } from './tree.ts'

/**
 * Smaps that ends between two mappings looks whole. The uppermost mappings, of the stack and the
 * vdso, stay where they are: where maps reaches further, smaps was cut off.
 */
export function cutOffAgainst(smaps: GatheredSpace, maps: GatheredSpace): Fault | undefined {
  if (maps.space.end <= smaps.space.end) return undefined
  return `is cut off: it has ${smaps.space.mappings} mappings, maps ${maps.space.mappings}, and is not used`
}

/**
 * Without the stack, which is among the last, and with less than VmSize: the end may be missing. With
 * the stack it is of another moment than status.
 */
export function shortOf(
  { space: { frames, stackEnd } }: GatheredSpace,
  { size }: ProcessStatus,
): Fault | undefined {
  if (size === undefined || stackEnd !== undefined || frames * frameKib >= size) return undefined
  return `may be cut off: its mappings have ${frames * frameKib} kB and no stack, VmSize is ${size} kB`
}
