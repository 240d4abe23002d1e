import { canonicalJson } from '../../workload/identity.ts'
import type { Workload } from '../../workload/workload.ts'

/**
 * A workload in which the parts that are as in another one are the same objects: what was worked out of
 * them is known.
 */
export function withPartsOf(last: Workload, next: Workload): Workload {
  const isKept = (one: unknown, other: unknown): boolean =>
    canonicalJson(one) === canonicalJson(other)
  if (!isKept(last.regions, next.regions)) return next
  const groups = next.groups.map((group, index) => {
    const maps = last.groups[index]?.maps
    return maps !== undefined && isKept(maps, group.maps) ? { ...group, maps } : group
  })
  return { ...next, regions: last.regions, groups }
}
