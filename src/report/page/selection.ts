import type { Workload } from '../../workload/workload.ts'
import type { Selection } from '../sections/fields.ts'

/** The group with most processes that maps something, and what it maps first. */
export function firstSelection({ groups, regions }: Workload): Selection {
  const [group] = groups
    .filter(({ maps }) => maps.length > 0)
    .toSorted((a, b) => b.processes - a.processes)
  return {
    group: group?.name ?? groups[0]?.name ?? '',
    mapping: 0,
    region: group?.maps[0]?.region ?? regions[0]?.name ?? '',
  }
}
