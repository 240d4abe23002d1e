import { groupedBy } from '../units/grouped.ts'
import type { Mapping } from './group.ts'
import type { Workload } from './workload.ts'

/** A mapping of a region, and whose it is. */
export interface Mapper {
  readonly mapping: Mapping
  /** Index of its group. */
  readonly group: number
  /** Index of the mapping in its group. */
  readonly map: number
}

/** The mappings of the region of that name, in file order; those of groups without processes too. */
export function mappersOf({ groups }: Pick<Workload, 'groups'>, region: string): readonly Mapper[] {
  const known = mappers.get(groups) ?? byRegion(groups)
  mappers.set(groups, known)
  return known.get(region) ?? []
}

/** True where a process that runs maps the region of that name. */
export function isMapped(workload: Pick<Workload, 'groups'>, region: string): boolean {
  return mappersOf(workload, region).some(
    ({ group }) => (workload.groups[group]?.processes ?? 0) > 0,
  )
}

/** Asked for every region, so made once for a list of groups. */
const mappers = new WeakMap<Workload['groups'], ReadonlyMap<string, readonly Mapper[]>>()

function byRegion(groups: Workload['groups']): ReadonlyMap<string, readonly Mapper[]> {
  const all = groups.flatMap(({ maps }, group) =>
    maps.map((mapping, map): Mapper => ({ mapping, group, map })),
  )
  return groupedBy(all, ({ mapping }) => mapping.region)
}
