import type { SpaceFault } from '../files/fault.ts'
import { frameKib } from '../files/mapping.ts'
import type { ProcessStatus } from '../files/process-status.ts'
import type { Unusable } from '../files/smaps.ts'
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
  const { mappings } = counted
  return { fault: { kind: 'fewer-mappings', mappings, listed: listed.mappings } }
}

/**
 * Without the stack, which is among the last, and with less than VmSize: the end may be missing. With
 * the stack it is of another moment than status.
 */
export function shortOf(
  { space: { frames, stackEnd } }: GatheredSpace,
  { size }: ProcessStatus,
): SpaceFault | undefined {
  const kib = frames * frameKib
  if (size === undefined || stackEnd !== undefined || kib >= size) return undefined
  return { kind: 'no-stack', kib, sizeKib: size }
}
