import { bytes } from '../units/quantity.ts'
import { withTablesOf } from '../workload/base-tables.ts'
import { copiesOf } from '../workload/copies.ts'
import type { Group } from '../workload/group.ts'
import type { Host } from '../workload/host.ts'
import type { Workload } from '../workload/workload.ts'
import { linkTables } from './linked-tables.ts'
import type { Population } from './ordinary.ts'
import { ordinarySpaces, pagesAsDescribed } from './ordinary.ts'
import type { Arranged } from './strategy.ts'

/**
 * Each group becomes one process whose threads share one set of tables: what its processes drew at
 * random, each for itself, is united. It has the private memory of all of them, and the tables of that;
 * the rest of their base tables once, without those of further stacks.
 */
export function threads(workload: Workload): Arranged {
  const { host, groups } = workload
  const spaces = ordinarySpaces(workload, populationOf, pagesAsDescribed(host.layout))
  const united = groups.map((group) => unitedIn(host, group))
  return {
    workload: { ...workload, groups: united.map(({ group }) => group) },
    arrangement: linkTables(host.layout, spaces, []),
    windows: [],
    obstacles: [],
    applies: true,
  }
}

/** A group whose processes are threads of one, and how many of those there are. */
export function unitedIn(
  host: Host,
  group: Group,
): { readonly group: Group; readonly population: Population } {
  const own = bytes(
    (group.private * group.processes) / Math.max(1, mergedOf(group)),
    `private memory of ${group.name}`,
  )
  return { group: withTablesOf(host, group, own), population: populationOf(group) }
}

/** A group without processes has nothing to unite. */
function populationOf(group: Group): Population {
  const merged = mergedOf(group)
  return { processes: merged, draws: merged === 0 ? 1 : group.processes / merged }
}

/** Processes after uniting: one, or one of each instance. */
function mergedOf(group: Group): number {
  return Math.min(group.processes, copiesOf(group))
}
