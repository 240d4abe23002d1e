import { groupedBy } from '../units/grouped.ts'
import { remembering } from '../units/remembered.ts'
import type { Group, Mapping } from './group.ts'
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
  return mappers(groups, [], () => byRegion(groups)).get(region) ?? []
}

/** True where a process that runs maps the region of that name. */
export function isMapped(workload: Pick<Workload, 'groups'>, region: string): boolean {
  return mappersOf(workload, region).some(
    ({ group }) => (workload.groups[group]?.processes ?? 0) > 0,
  )
}

type Mappers = ReadonlyMap<string, readonly Mapper[]>

/** Asked for every region, so made once for a list of groups, whatever their processes. */
const mappers = remembering<Workload['groups'], Mappers>()
const mappersOfMaps = remembering<Group['maps'], Mappers>()

function byRegion(groups: Workload['groups']): Mappers {
  const [first] = groups
  if (first === undefined) return new Map()
  const lists = groups.map(({ maps }) => maps)
  return mappersOfMaps(first.maps, lists, () => {
    const all = lists.flatMap((maps, group) =>
      maps.map((mapping, map): Mapper => ({ mapping, group, map })),
    )
    return groupedBy(all, ({ mapping }) => mapping.region)
  })
}
