import { count } from '../../src/units/quantity.ts'
import { copiesOf } from '../../src/workload/copies.ts'
import type { Group } from '../../src/workload/group.ts'
import type { Region } from '../../src/workload/region.ts'
import type { Workload } from '../../src/workload/workload.ts'

/** The same workload without copies: every instance written out, one after another. */
export function writtenOut(workload: Workload): Workload {
  const { regions, groups, host } = workload
  const many = new Set(regions.filter((region) => copiesOf(region) > 1).map(({ name }) => name))
  return {
    ...workload,
    host: { ...host, cgroups: host.cgroups.flatMap((one) => cgroupsOf(one, groups)) },
    regions: regions.flatMap((region) =>
      instances(region).map((k) =>
        single({ ...region, name: nameOf(region.name, k, region), ...owned(region, k) }),
      ),
    ),
    groups: groups.flatMap((group) =>
      instances(group).map((k) =>
        single({
          ...group,
          name: nameOf(group.name, k, group),
          processes: count(group.processes / copiesOf(group)),
          ...(group.cgroup === undefined ? {} : { cgroup: nameOf(group.cgroup, k, group) }),
          maps: group.maps.map((map) =>
            many.has(map.region) ? { ...map, region: `${map.region}#${k}` } : map,
          ),
        }),
      ),
    ),
  }
}

function owned({ mshare }: Region, k: number): Partial<Region> {
  return mshare?.owner === undefined ? {} : { mshare: { ...mshare, owner: `${mshare.owner}#${k}` } }
}

function cgroupsOf(
  cgroup: Workload['host']['cgroups'][number],
  groups: readonly Group[],
): Workload['host']['cgroups'] {
  const inside = groups.find((group) => group.cgroup === cgroup.name)
  if (inside === undefined) return [cgroup]
  return instances(inside).map((k) => ({ ...cgroup, name: nameOf(cgroup.name, k, inside) }))
}

function instances(one: Group | Region): readonly number[] {
  return Array.from({ length: copiesOf(one) }, (_, k) => k)
}

function nameOf(name: string, k: number, one: Group | Region): string {
  return copiesOf(one) === 1 ? name : `${name}#${k}`
}

function single<T extends Group | Region>({ copies: _, ...one }: T): T {
  return one as T
}
