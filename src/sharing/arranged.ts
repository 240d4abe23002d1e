import { areAlikeBut } from '../units/alike.ts'
import { remembering } from '../units/remembered.ts'
import { copiesOf } from '../workload/copies.ts'
import type { Group } from '../workload/group.ts'
import type { Host } from '../workload/host.ts'
import { mappersOf } from '../workload/mappers.ts'
import type { Workload } from '../workload/workload.ts'
import type { NamedStrategy } from './catalogue.ts'
import { withKnownParts } from './known-parts.ts'
import { asDescribed } from './ordinary.ts'
import { isInPool } from './pools/requests.ts'
import type { Arranged } from './strategy.ts'
import { unitedIn } from './threads.ts'

/**
 * Arranges a workload. Where only the number of processes or the memory of the host is another than
 * the last time, what lies where is the same, and only the numbers are filled in: a search asks that
 * hundreds of times.
 */
export function arrangedBy(named: NamedStrategy, workload: Workload): Arranged {
  const last = lastOf(workload, named)
  const known = last.known
  if (known !== undefined && isAlike(known, workload))
    return repopulated(named, known.arranged, workload)
  const arranged = withKnownParts(named, workload, named.arrange(workload))
  last.known = placesDependOnProcesses(workload, arranged)
    ? undefined
    : { workload, arranged, few: fewIn(workload) }
  return arranged
}

/** An arrangement that others may be made of. */
interface Known {
  readonly workload: Workload
  readonly arranged: Arranged
  /** Numbers of processes up to this decide who shares with whom. */
  readonly few: number
}

const lastByRegions = remembering<Workload['regions'], Map<string, { known?: Known | undefined }>>()

function lastOf({ regions }: Workload, { id }: NamedStrategy): { known?: Known | undefined } {
  const byStrategy = lastByRegions(regions, [], () => new Map())
  const last = byStrategy.get(id) ?? {}
  byStrategy.set(id, last)
  return last
}

/** True for what a pool holds of copies of their own, process by process, and instances that it treats unlike. */
export function placesDependOnProcesses(
  workload: Workload,
  { workload: { groups, regions } }: Arranged,
): boolean {
  return (
    groups.length !== workload.groups.length ||
    regions.length !== workload.regions.length ||
    workload.regions.some(
      (region) =>
        isInPool(region, workload) &&
        (region.backing === 'anonymous' ||
          mappersOf(workload, region.name).some(({ mapping }) => mapping.private)),
    )
  )
}

/** Whether a table is shared depends on whether one process of an instance is there, or two. */
export function fewIn({ groups, regions }: Workload): number {
  return 2 * [...groups, ...regions].reduce((most, one) => Math.max(most, copiesOf(one)), 1)
}

function isAlike({ workload: before, few }: Known, workload: Workload): boolean {
  return (
    workload.groups.length === before.groups.length &&
    areAlikeBut(before, workload, countedWorkload) &&
    areAlikeBut(before.host, workload.host, countedHost) &&
    workload.groups.every((group, g) => {
      const was = before.groups[g]
      return was !== undefined && (was === group || isAsPopulated(was, group, few))
    })
  )
}

const countedWorkload: ReadonlySet<keyof Workload> = new Set(['host', 'groups'])

/** No address depends on them. */
const countedHost: ReadonlySet<keyof Host> = new Set(['memory', 'cgroups'])

const countedGroup: ReadonlySet<keyof Group> = new Set(['processes'])

function isAsPopulated(before: Group, after: Group, few: number): boolean {
  const isSame = before.processes === after.processes
  const areMany = before.processes > few && after.processes > few
  return (isSame || areMany) && areAlikeBut(before, after, countedGroup)
}

function repopulated(named: NamedStrategy, arranged: Arranged, workload: Workload): Arranged {
  const { regions, groups: before } = arranged.workload
  const isUnited = named.kind === 'threads'
  const { spaces, shared } = arranged.arrangement
  return {
    ...arranged,
    workload: {
      ...workload,
      regions,
      groups: workload.groups.map((group, g): Group => {
        if (isUnited) return unitedIn(workload.host, group).group
        const was = before[g] ?? group
        return was.processes === group.processes ? was : { ...was, processes: group.processes }
      }),
    },
    arrangement: {
      shared,
      spaces: spaces.map((space, g) => {
        const group = workload.groups[g]
        if (group === undefined) return space
        const population = isUnited ? unitedIn(workload.host, group).population : asDescribed(group)
        return { ...population, mappings: space.mappings }
      }),
    },
  }
}
