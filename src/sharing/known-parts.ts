import type { PlacedMapping, SharedTables } from '../accounting/arrangement.ts'
import { areAlikeBut } from '../units/alike.ts'
import { areSame, remembering } from '../units/remembered.ts'
import type { Group } from '../workload/group.ts'
import type { Region } from '../workload/region.ts'
import type { Workload } from '../workload/workload.ts'
import type { NamedStrategy } from './catalogue.ts'
import type { Arranged } from './strategy.ts'

/**
 * The same arrangement, in which what is equal to a part of the last one is that part itself: where one
 * region of many has another size, the bills of all others are known.
 * @param workload what was arranged.
 */
export function withKnownParts(
  { id }: NamedStrategy,
  { regions, groups }: Workload,
  arranged: Arranged,
): Arranged {
  const { workload, arrangement } = arranged
  // Parts of copies have no place of their own in the workload.
  const areParted =
    groups.length !== workload.groups.length || regions.length !== workload.regions.length
  if (areParted || groups.length < 2) return arranged
  const spaces = arrangement.spaces.map((space, g) => {
    const { maps } = groups[g] ?? {}
    if (maps === undefined) return space
    return { ...space, mappings: known(mappingsOf(maps, [], newMap), id, space.mappings, areEqual) }
  })
  const placed = new Map(
    arrangement.spaces.flatMap(({ mappings }, s) =>
      mappings.map((mapping, m) => [mapping, spaces[s]?.mappings[m] ?? mapping] as const),
    ),
  )
  const shared = arrangement.shared.map((tables, index) => {
    const region = regions[tables.region]
    const members = tables.members.map(({ space, mapping }) => ({
      space,
      mapping: placed.get(mapping) ?? mapping,
    }))
    const own = { ...tables, members }
    if (region === undefined) return own
    return known(tablesOf(region, [], newMap), `${id} ${index}`, own, areEqualTables)
  })
  return {
    ...arranged,
    workload: {
      ...workload,
      regions: workload.regions.map((region, r) => {
        const described = regions[r]
        if (described === undefined || described === region) return region
        return known(regionsOf(described, [], newMap), id, region, isEqual)
      }),
    },
    arrangement: { spaces, shared },
  }
}

const mappingsOf = remembering<Group['maps'], Map<string, readonly PlacedMapping[]>>()
const tablesOf = remembering<Region, Map<string, SharedTables>>()
const regionsOf = remembering<Region, Map<string, Region>>()

function newMap<T>(): Map<string, T> {
  return new Map()
}

/** What is known under a key, if it equals a value; else the value, which is known from now on. */
function known<T>(
  all: Map<string, T>,
  key: string,
  value: T,
  isSame: (one: T, other: T) => boolean,
): T {
  const last = all.get(key)
  if (last !== undefined && isSame(last, value)) return last
  all.set(key, value)
  return value
}

function areEqual(one: readonly PlacedMapping[], other: readonly PlacedMapping[]): boolean {
  return (
    one.length === other.length &&
    one.every((mapping, index) => {
      const then = other[index]
      return (
        then !== undefined &&
        areAlikeBut(mapping, then, objectsOfMapping) &&
        isEqual(mapping.paging, then.paging) &&
        isEqual(mapping.within, then.within)
      )
    })
  )
}

const objectsOfMapping: ReadonlySet<keyof PlacedMapping> = new Set(['paging', 'within'])

function areEqualTables(one: SharedTables, other: SharedTables): boolean {
  const membersOf = ({ members }: SharedTables): readonly unknown[] =>
    members.flatMap(({ space, mapping }) => [space, mapping])
  return (
    areAlikeBut(one, other, objectsOfTables) &&
    isEqual(one.paging, other.paging) &&
    areSame(membersOf(one), membersOf(other))
  )
}

const objectsOfTables: ReadonlySet<keyof SharedTables> = new Set(['paging', 'members'])

/** Members that are objects are the same ones. */
function isEqual<T extends object | undefined>(one: T, other: T): boolean {
  return one === undefined || other === undefined
    ? one === other
    : areAlikeBut<object>(one, other, new Set())
}
