import type { LevelName } from '../../geometry/layout.ts'
import { describedStrategy } from '../../sharing/catalogue.ts'
import { partCopies } from '../../sharing/pools/copies.ts'
import { sumBy } from '../../units/sum.ts'
import type { Workload } from '../../workload/workload.ts'
import type { PlannedStrategy } from '../result/result.ts'
import { isPlanned, planOne } from '../strategy/plans.ts'

/** What a plan takes of a workload as described: what capture compares with what it measured. */
export interface PlannedDemand {
  /** VmPTE of one process of each group, in bytes. */
  readonly vmPte: ReadonlyMap<string, number>
  /** The tables of one process of each group, by level, without those that it links to. */
  readonly tables: ReadonlyMap<string, Readonly<Partial<Record<LevelName, number>>>>
  /** Tables of hugetlb that several processes link to: bytes that VmPTE counts more than once. */
  readonly linkedBytes: number
  /** What PageTables of /proc/meminfo counts of all tables, in bytes. */
  readonly pageTablesBytes: number
  /** Resident bytes of each region that is shmem. */
  readonly shared: ReadonlyMap<string, number>
}

/**
 * @returns `undefined` if the workload cannot run as described.
 * @throws QuantityError if a number passes 2^53 − 1.
 */
export function plannedDemand(workload: Workload): PlannedDemand | undefined {
  const planned = planOne(partCopies(workload), describedStrategy, new Set())
  if (!isPlanned(planned)) return undefined
  const { groups, memory } = planned.result
  return {
    vmPte: new Map(groups.map(({ name, perProcess }) => [name, perProcess.vmPteBytes])),
    tables: new Map(groups.map(({ name, perProcess }) => [name, perProcess.levels])),
    linkedBytes: linkedBytes(planned.result),
    pageTablesBytes: planned.result.counters.pageTablesBytes,
    shared: new Map(
      memory.lines.flatMap((line) => (line.kind === 'shared' ? [[line.region, line.bytes]] : [])),
    ),
  }
}

/** What VmPTE counts in several processes and exists once. */
function linkedBytes({ pageTables, counters }: PlannedStrategy): number {
  const { pte, pmd, pud } = pageTables.levels
  const once = sumBy([pte, pmd, pud], (level) => level?.bytes ?? 0)
  const more = counters.sumVmPteBytes - once - pageTables.baseBytes
  // Expectations are rounded one by one; the smallest table has 2 KiB.
  return more < 1024 ? 0 : more
}
