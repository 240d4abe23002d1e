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
