import type { Grouping } from '../estimate/grouping.ts'
import { namesOf } from '../estimate/names.ts'
import { classesOf, mappingsOf } from '../estimate/process-classes.ts'
import type { KnownProgram } from '../estimate/region-program.ts'
import { knownProgram } from '../estimate/region-program.ts'
import type { AttachedGroup } from '../host/attached-groups.ts'
import type { AloneRegion } from './alone-regions.ts'
import type { Listed, ListedProcesses } from './listed-processes.ts'

/** Processes that are planned as one group, without their mappings; sizes are KiB of one on average. */
export interface AloneGroup {
  readonly name: string
  readonly processes: number
  /** Where their number comes from. */
  readonly why: string
  /** The number is derived, not counted. */
  readonly isAssumed: boolean
  /** It was selected; the others are only of use to find out what it has. */
  readonly isChosen: boolean
  readonly uid?: number
  readonly threads: number
  readonly regions: readonly AloneRegion[]
  readonly rss?: number
  readonly shared?: number
  readonly size?: number
  readonly program?: KnownProgram
}

/** Groups of the listed processes: by program, user and role, as of a captured machine. */
export function listedGroups(
  { chosen, others, source }: Pick<ListedProcesses, 'chosen' | 'others' | 'source'>,
  regionsOf: (one: Listed) => readonly AloneRegion[],
  grouping: Grouping | undefined,
): readonly AloneGroup[] {
  return [
    ...groupsIn(chosen, regionsOf, grouping, source),
    ...groupsIn(others, regionsOf, grouping, source).map((one) => ({ ...one, isChosen: false })),
  ]
}

function groupsIn(
  listed: readonly Listed[],
  regionsOf: (one: Listed) => readonly AloneRegion[],
  grouping: Grouping | undefined,
  source: string,
): readonly AloneGroup[] {
  const classified = listed.map((one) => ({
    listed: one,
    seen: one.seen,
    parts: regionsOf(one).map((region) => ({
      region: { name: region.name, pages: region.bytes },
      offset: 0,
      pages: region.bytes,
      writable: true,
    })),
  }))
  const classes = classesOf(classified, grouping, () => undefined).flatMap(({ name, processes }) =>
    byMappings(processes).map((alike, index) => ({
      // Rarely: some processes of a role have attached a segment, the others not.
      name: index === 0 ? name : `${name}, other mappings`,
      members: alike.map((one) => one.listed),
    })),
  )
  const names = namesOf(classes.map(({ name }) => name))
  return classes.map(({ members }, index) =>
    groupOf(
      names[index] ?? '',
      members,
      members[0] === undefined ? [] : regionsOf(members[0]),
      source,
    ),
  )
}

function byMappings<T extends Parameters<typeof mappingsOf>[0]>(
  processes: readonly T[],
): readonly (readonly T[])[] {
  const kinds = new Map<string, T[]>()
  for (const process of processes) {
    const key = mappingsOf(process)
    const kind = kinds.get(key)
    if (kind === undefined) kinds.set(key, [process])
    else kind.push(process)
  }
  return [...kinds.values()].toSorted((left, right) => right.length - left.length)
}

function groupOf(
  name: string,
  members: readonly Listed[],
  regions: readonly AloneRegion[],
  source: string,
): AloneGroup {
  const [first] = members
  const uid = first?.seen.status.uid ?? 0
  const isOneUser = members.every(({ seen }) => seen.status.uid === uid)
  const program = first === undefined ? undefined : knownProgram(first.seen)
  return {
    name,
    processes: members.length,
    why: `listed in ${source}`,
    isAssumed: false,
    isChosen: true,
    ...(isOneUser && uid > 0 ? { uid } : {}),
    threads: Math.max(1, Math.round(meanOf(members, ({ seen }) => seen.status.threads) ?? 1)),
    regions,
    ...(program === undefined ? {} : { program }),
    ...meansOf({
      rss: meanOf(members, ({ seen }) => seen.status.rss),
      size: meanOf(members, ({ seen }) => seen.status.size),
      shared: meanOf(members, ({ shared }) => shared),
    }),
  }
}

function meansOf(values: Readonly<Record<'rss' | 'size' | 'shared', number | undefined>>) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    readonly rss?: number
    readonly size?: number
    readonly shared?: number
  }
}

/** The mean of those that are known; `undefined` if none is. */
function meanOf(
  members: readonly Listed[],
  of: (one: Listed) => number | undefined,
): number | undefined {
  let [sum, known] = [0, 0]
  for (const one of members) {
    const value = of(one)
    if (value === undefined) continue
    sum += value
    known += 1
  }
  return known === 0 ? undefined : sum / known
}

/** Processes that are counted by nattch alone, taken to be like the listed ones that map the same. */
export function attachedGroup(
  { name, processes, uid, segments }: AttachedGroup,
  regionOf: ReadonlyMap<number, AloneRegion>,
  source: string,
  listed: readonly AloneGroup[],
  isChosen: boolean,
): AloneGroup {
  const regions = segments.flatMap(({ id }) => regionOf.get(id) ?? [])
  const [main] = regions
  const alike = listed
    .filter((one) => main !== undefined && one.regions.includes(main))
    .reduce<AloneGroup | undefined>(
      (most, one) => (most === undefined || one.processes > most.processes ? one : most),
      undefined,
    )
  const why = `nattch of ${source}: one process for each attachment`
  const rest = listed.length === 0 ? why : `${why} that no listed process has`
  const { rss, size, shared, program } = alike ?? {}
  return {
    name,
    processes,
    why: rest,
    isAssumed: true,
    isChosen,
    ...(uid > 0 ? { uid } : {}),
    threads: 1,
    regions,
    ...(rss === undefined ? {} : { rss }),
    ...(size === undefined ? {} : { size }),
    ...(shared === undefined ? {} : { shared }),
    ...(program === undefined ? {} : { program }),
  }
}
