import type { Intervals } from '../../../space/intervals.ts'
import { lengthOf, overlap, union } from '../../../space/intervals.ts'
import type { TouchSet } from '../../../space/touch-set.ts'
import type { Group } from '../../../workload/group.ts'
import type { Action, MappedPart } from '../../../workload/timeline.ts'
import type { Workload } from '../../../workload/workload.ts'

/**
 * Mappings that some process of each group has, by group and index of the mapping: the pages that all of
 * them have unmapped since, as runs. `twice`: it was attached once more, and what is left of both is not known.
 */
export type Mapped = ReadonlyMap<string, ReadonlyMap<number, Intervals | 'twice'>>

type Ranged = Extract<Action, { readonly ranges: readonly unknown[] }>

/** A group touches a region. */
export type Touching = Extract<Action, { readonly kind: 'touch' }>

/** Processes of a group map what it says of these regions, all of it. */
export function withMapped(
  mapped: Mapped,
  { name, maps }: Group,
  isThere: (region: string) => boolean | 'twice',
): Mapped {
  const own = new Map(mapped.get(name))
  for (const [index, { region }] of maps.entries()) {
    const there = isThere(region)
    if (there === 'twice') own.set(index, there)
    else if (there && own.get(index) !== 'twice') own.set(index, [])
  }
  return new Map([...mapped, [name, own]])
}

/** After shmat() of a region, which processes of the group may map already. */
export function withAttached(mapped: Mapped, group: Group, region: string): Mapped {
  const own = mapped.get(group.name)
  const isLeft = group.maps.some((mapping, index) => {
    const gone = own?.get(index)
    if (mapping.region !== region || gone === undefined) return false
    return gone === 'twice' || lengthOf(gone) < mapping.length
  })
  return withMapped(mapped, group, (name) => name === region && (isLeft ? 'twice' : true))
}

/** Regions that some process of a group maps. */
export function regionsOf(
  mapped: Mapped,
  { groups }: Workload,
  group: string,
): ReadonlyMap<string, true | 'twice'> {
  const { maps = [] } = groups.find(({ name }) => name === group) ?? {}
  const own = mapped.get(group)
  return new Map(
    maps.flatMap(({ region }, map) => {
      const gone = own?.get(map)
      return gone === undefined ? [] : [[region, gone === 'twice' ? gone : true] as const]
    }),
  )
}

/** Without a group, whose last process has ended. */
export function withoutGroup(mapped: Mapped, group: string): Mapped {
  return new Map([...mapped].filter(([name]) => name !== group))
}

/** Without a region that is gone for all. */
export function withoutRegion(mapped: Mapped, { groups }: Workload, region: string): Mapped {
  return new Map(
    groups.flatMap(({ name, maps }) => {
      const own = [...(mapped.get(name) ?? [])].filter(([map]) => maps[map]?.region !== region)
      return mapped.has(name) ? [[name, new Map(own)] as const] : []
    }),
  )
}

/** After munmap() of some parts. */
export function withoutParts(mapped: Mapped, { group, ranges }: Ranged): Mapped {
  const own = new Map(mapped.get(group))
  for (const { map, part } of ranges) {
    const gone = own.get(map)
    if (gone !== undefined && gone !== 'twice')
      own.set(map, union([gone, [part.first, part.first + part.length]]))
  }
  return new Map([...mapped, [group, own]])
}

/** True where no process of the group has any page of what it touches. */
export function isUnmapped(mapped: Mapped, { name, maps }: Group, { touched }: Touching): boolean {
  const own = mapped.get(name)
  const isGone = ({ map, part }: MappedPart<TouchSet>): boolean => {
    const [gone, wanted] = [own?.get(map), extent(part, maps[map]?.length ?? 0)]
    if (gone === undefined || gone === 'twice') return gone === undefined
    return lengthOf(wanted) > 0 && overlap(gone, wanted) === lengthOf(wanted)
  }
  return touched.length > 0 && touched.every(isGone)
}

/** Where pages are touched; by chance, anywhere in the mapping. */
function extent(touched: TouchSet, pages: number): Intervals {
  if (touched.kind !== 'ranges') return [0, pages]
  return union(touched.ranges.map(({ first, length }) => [first, first + length]))
}
