import { count } from '../../units/quantity.ts'
import { copiesOf } from '../../workload/copies.ts'
import type { Group } from '../../workload/group.ts'
import type { Region } from '../../workload/region.ts'
import type { Workload } from '../../workload/workload.ts'
import type { PoolNeed } from './needs.ts'
import { isShort, poolNeeds } from './needs.ts'
import { pagesReserved } from './requests.ts'

/**
 * The workload with copies that the huge-page pool treats alike: where it holds some copies of a
 * region and not the others, the first ones have it, and the workload lists them and the rest one
 * after another, with the groups that map them.
 */
export function partCopies(workload: Workload): Workload {
  for (const need of poolNeeds(workload).filter(isShort)) {
    for (const place of [placeInRegion(workload, need), ...placesInGroups(workload, need)]) {
      if (place !== undefined) return partCopies(cut(workload, place))
    }
  }
  return workload
}

/** A region or group to cut, and how many of its copies the pool treats unlike the others: the first ones. */
interface Place {
  readonly region?: string
  readonly group?: string
  readonly first: number
}

function placeInRegion(workload: Workload, need: PoolNeed): Place | undefined {
  const copies = copiesOf(need.region)
  if (copies === 1) return undefined
  const each = pagesReserved(workload, need.region) / copies
  const whole = Math.floor(need.available / each)
  // None is held whole, but the first one may be held in part.
  const first = whole > 0 || need.granted === 0 ? whole : 1
  return first === 0 ? undefined : { region: need.region.name, first }
}

/** Instances whose processes have private copies of a region that they all share. */
function placesInGroups({ groups }: Workload, { region, grants }: PoolNeed): readonly Place[] {
  if (copiesOf(region) > 1) return []
  return grants.flatMap(({ request, shares }): readonly Place[] => {
    const group = groups[request.copies?.group ?? -1]
    const [share, another] = shares
    if (group === undefined || share === undefined || another === undefined) return []
    if (copiesOf(group) === 1) return []
    const whole = Math.floor((share.processes * copiesOf(group)) / group.processes)
    return [{ group: group.name, first: Math.max(1, whole) }]
  })
}

/** Cuts all that belongs to the same instances into the first ones and the rest. */
function cut(workload: Workload, place: Place): Workload {
  const { regions, groups } = instancesWith(workload, place)
  const { first } = place
  return {
    ...workload,
    regions: workload.regions.flatMap((one) =>
      regions.has(one.name)
        ? [
            partOfRegion(one, groups, 0, first),
            partOfRegion(one, groups, first, copiesOf(one) - first),
          ]
        : [one],
    ),
    groups: workload.groups.flatMap((one) =>
      groups.has(one.name)
        ? [
            partOfGroup(one, regions, 0, first),
            partOfGroup(one, regions, first, copiesOf(one) - first),
          ]
        : [one],
    ),
  }
}

/** Regions and groups by name. */
interface Instances {
  readonly regions: ReadonlyMap<string, Region>
  readonly groups: ReadonlyMap<string, Group>
}

/** Groups that map a region, their other regions, and the groups in their cgroups: they are cut together. */
function instancesWith(workload: Workload, place: Place): Instances {
  const seed = workload.regions.find(({ name }) => name === place.region)
  const regions = new Map(seed === undefined ? [] : [[seed.name, seed]])
  const groups = new Map<string, Group>()
  const isWith = (group: Group, other: Group): boolean =>
    group.cgroup !== undefined &&
    group.cgroup === other.cgroup &&
    group.part?.first === other.part?.first
  const belongs = (group: Group): boolean =>
    group.copies !== undefined &&
    !groups.has(group.name) &&
    (group.name === place.group ||
      group.maps.some((map) => regions.has(map.region)) ||
      [...groups.values()].some((other) => isWith(group, other)))
  for (let group = workload.groups.find(belongs); group; group = workload.groups.find(belongs)) {
    groups.set(group.name, group)
    for (const map of group.maps) {
      const one = workload.regions.find(({ name }) => name === map.region)
      if (one?.copies !== undefined) regions.set(one.name, one)
    }
  }
  return { regions, groups }
}

function partOfRegion(
  region: Region,
  groups: Instances['groups'],
  skipped: number,
  copies: number,
): Region {
  const part = { ...region, ...partNamed(region, skipped, copies) }
  const { mshare } = region
  const owner = groups.get(mshare?.owner ?? '')
  if (owner === undefined || mshare === undefined) return part
  return { ...part, mshare: { ...mshare, owner: partNamed(owner, skipped, copies).name } }
}

function partOfGroup(
  group: Group,
  regions: Instances['regions'],
  skipped: number,
  copies: number,
): Group {
  return {
    ...group,
    ...partNamed(group, skipped, copies),
    processes: count((group.processes / copiesOf(group)) * copies),
    maps: group.maps.map((map) => {
      const region = regions.get(map.region)
      return region === undefined
        ? map
        : { ...map, region: partNamed(region, skipped, copies).name }
    }),
  }
}

type Part = Required<Pick<Region, 'name' | 'copies' | 'part'>>

/** Copies of a region or group from the `skipped`th on. */
function partNamed(one: Region | Group, skipped: number, copies: number): Part {
  const name = one.part?.name ?? one.name
  const first = (one.part?.first ?? 0) + skipped
  const which = copies === 1 ? `copy ${first + 1}` : `copies ${first + 1}–${first + copies}`
  return { name: `${name} (${which})`, copies: count(copies), part: { name, first } }
}
