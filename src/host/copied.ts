import { groupedBy } from '../units/grouped.ts'
import type { Region } from '../workload/region.ts'
import type { Resident } from './resident.ts'

/** What the processes of a space copied, by region, all processes of it together. */
export interface Copied {
  readonly region: Region
  readonly bytes: number
}

/** The copies of each address space, in the order of regions. */
export function copiesBySpace(
  resident: readonly Resident[],
): ReadonlyMap<number, readonly Copied[]> {
  const all = resident.flatMap(({ region, copyBytes }) =>
    [...copyBytes].map(([space, bytes]) => ({ space, region, bytes })),
  )
  return groupedBy(all, ({ space }) => space)
}
