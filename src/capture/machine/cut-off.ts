import { frameKib } from '../files/mapping.ts'
import type { ProcessStatus } from '../files/process-status.ts'
import type { Unusable } from '../files/smaps.ts'
import type { Fault } from '../files/tree.ts'
import type { GatheredSpace } from './space-gathering.ts'

/** An address space that was read, or why it cannot be used. */
export type SpaceOutcome = (GatheredSpace & { readonly fault?: never }) | Unusable

/**
 * Smaps that ends between two mappings looks whole. The uppermost mappings, of the stack and the
 * vdso, stay where they are: where maps reaches further, smaps was cut off.
 */
export function uncut(smaps: SpaceOutcome, maps: SpaceOutcome): SpaceOutcome {
  if (smaps.fault !== undefined || maps.fault !== undefined) return smaps
  const [counted, listed] = [smaps.space, maps.space]
  if (counted.mappings === 0 || listed.end <= counted.end) return smaps
  return {
    fault: `is cut off: it has ${counted.mappings} mappings, maps ${listed.mappings}, and is not used`,
  }
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
