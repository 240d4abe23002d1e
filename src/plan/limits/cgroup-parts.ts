import { isInPool } from '../../sharing/pools/requests.ts'
import { groupedBy } from '../../units/grouped.ts'
import type { Workload } from '../../workload/workload.ts'

/**
 * For each cgroup the part of a workload that decides what it is charged with: groups and regions that
 * are tied to it, directly or through others. Who maps a region may touch it first, so it changes
 * what the others pay; so may an owner, a region in the same huge-page pool, and whom a cut of
 * copies takes along, the groups of one cgroup. The host is the same, its other cgroups are left out.
 */
export function cgroupParts(workload: Workload): ReadonlyMap<string, Workload> {
  const { groups, regions, host } = workload
  const setOf = setsOf(tiesOf(workload))
  const groupsIn = groupedBy(groups, (group) => setOf(`group ${group.name}`))
  const regionsIn = groupedBy(regions, (region) => setOf(`region ${region.name}`))
  return new Map(
    host.cgroups.map((cgroup) => {
      const set = setOf(`cgroup ${cgroup.name}`)
      const part = {
        ...workload,
        host: { ...host, cgroups: [cgroup] },
        groups: groupsIn.get(set) ?? [],
        regions: regionsIn.get(set) ?? [],
      }
      return [cgroup.name, part]
    }),
  )
}

/** Two things of which one may change what the other is charged with. */
type Tie = readonly [string, string]

function tiesOf(workload: Workload): readonly Tie[] {
  const { groups, regions } = workload
  return [
    ...groups.flatMap(({ name, cgroup, maps }): readonly Tie[] => [
      ...(cgroup === undefined ? [] : [[`group ${name}`, `cgroup ${cgroup}`] as const]),
      ...maps.map(({ region }) => [`group ${name}`, `region ${region}`] as const),
    ]),
    ...regions.flatMap((region): readonly Tie[] => {
      const { name, mshare, after, pageBytes } = region
      const others = [
        ...(mshare?.owner === undefined ? [] : [`group ${mshare.owner}`]),
        ...(after === undefined ? [] : [`region ${after}`]),
        ...(isInPool(region, workload) ? [`pool ${pageBytes}`] : []),
      ]
      return others.map((other) => [`region ${name}`, other])
    }),
  ]
}

/** A name for the set of all things that ties hold together, one thing asked at a time. */
function setsOf(ties: readonly Tie[]): (thing: string) => string {
  const next = new Map<string, string>()
  const setOf = (thing: string): string => {
    let last = thing
    for (let on = next.get(last); on !== undefined; on = next.get(last)) last = on
    // The way is short the next time.
    if (last !== thing) next.set(thing, last)
    return last
  }
  for (const [one, other] of ties) {
    const [from, to] = [setOf(one), setOf(other)]
    if (from !== to) next.set(from, to)
  }
  return setOf
}
