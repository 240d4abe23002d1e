import type { Arrangement } from '../accounting/arrangement.ts'
import { groupedBy } from '../units/grouped.ts'
import { copiesOf } from '../workload/copies.ts'
import type { RiskLevel } from '../workload/gates.ts'
import type { Workload } from '../workload/workload.ts'
import type { Copied } from './copied.ts'
import { copiesBySpace } from './copied.ts'
import type { Resident } from './resident.ts'
import { isShmem } from './resident.ts'
import { riskOf } from './risk.ts'

/** A cgroup with a limit, and what is charged to it; bytes may be unrounded expectations. */
export interface CgroupNeed {
  readonly name: string
  readonly limitBytes: number
  readonly demandBytes: number
  /** The part of the demand that page tables are. */
  readonly pageTableBytes: number
  /** The part that can be neither swapped nor reclaimed. */
  readonly unswappableBytes: number
  readonly level: RiskLevel
}

/** What one process of each group costs, and where shared tables are charged. */
export interface Charges {
  readonly workload: Workload
  readonly arrangement: Arrangement
  readonly resident: readonly Resident[]
  /** Physical page tables of one process, with baseTables, by group. */
  readonly processTableBytes: readonly number[]
  /** Tables that exist once: their bytes, and the group by index that pays for them. */
  readonly tables: readonly { readonly bytes: number; readonly group: number }[]
  /** Regions by index whose memory one group pays, and that group by index. */
  readonly owners: ReadonlyMap<number, number>
}

/**
 * Judges every limit like the host. Page tables are charged to the cgroup of the process that
 * faults (GFP_PGTABLE_USER has __GFP_ACCOUNT), shared memory page by page to the first that touches
 * it: where touch sets overlap, the first group in file order. Under mshare (v3) both are the owner's.
 */
export function cgroupNeeds(charges: Charges): readonly CgroupNeed[] {
  const { groups, host } = charges.workload
  const shared = sharedCharges(charges)
  const copies = copiesBySpace(charges.resident)
  const firstOf = (g: number): number | undefined => groups[g]?.part?.first
  const inside = groupedBy(groups.keys(), (g) => groups[g]?.cgroup)
  const paid = groupedBy(charges.tables, ({ group }) => groups[group]?.cgroup)
  return host.cgroups.map(({ name, limit }) => {
    // Several where a pool holds only some of the copies.
    const instances = groupedBy(inside.get(name) ?? [], firstOf)
    const tables = groupedBy(paid.get(name) ?? [], ({ group }) => firstOf(group))
    const needs = (instances.size === 0 ? [undefined] : [...instances.keys()]).map((first) =>
      needOf(
        charges,
        { name, limit },
        {
          groups: instances.get(first) ?? [],
          tables: tables.get(first) ?? [],
          shared,
          copies,
        },
      ),
    )
    // The first instance is charged with most; of those that a pool treats unlike, the worst counts.
    return needs.reduce((worst, one) => (one.demandBytes > worst.demandBytes ? one : worst))
  })
}

/** One instance of a cgroup. */
interface Instance {
  /** Its groups, by index. */
  readonly groups: readonly number[]
  /** Tables that exist once, and that it pays for. */
  readonly tables: Charges['tables']
  /** What groups pay, inside or not, by index. */
  readonly shared: readonly SharedCharge[]
  readonly copies: ReadonlyMap<number, readonly Copied[]>
}

/** What one group is charged with of memory that exists once. */
interface SharedCharge {
  readonly lockedBytes: number
  readonly otherBytes: number
}

/** By group. */
function sharedCharges({ workload, resident, owners }: Charges): readonly SharedCharge[] {
  const charges = workload.groups.map(() => ({ lockedBytes: 0, otherBytes: 0 }))
  const charge = (g: number, bytes: number, isLocked: boolean): void => {
    const own = charges[g]
    if (own === undefined) return
    if (isLocked) own.lockedBytes += bytes
    else own.otherBytes += bytes
  }
  resident.forEach(({ region, onceBytes, firstBytes }, index) => {
    if (!isShmem(region) && !(region.backing === 'file' && region.locked)) return
    const owner = owners.get(index)
    if (owner !== undefined) {
      charge(owner, onceBytes / copiesOf(region), region.locked)
    } else {
      firstBytes.forEach((bytes, g) => {
        charge(g, bytes, region.locked)
      })
    }
  })
  return charges
}

function needOf(
  charges: Charges,
  { name, limit }: Workload['host']['cgroups'][number],
  { groups, tables, shared, copies }: Instance,
): CgroupNeed {
  const { workload, arrangement } = charges
  let [demandBytes, unswappableBytes, pageTableBytes] = [0, 0, 0]
  const add = (bytes: number, locked: boolean): void => {
    demandBytes += bytes
    if (locked) unswappableBytes += bytes
  }
  const addTables = (bytes: number): void => {
    pageTableBytes += bytes
    add(bytes, true)
  }
  for (const g of groups) {
    const group = workload.groups[g]
    if (group === undefined) throw new RangeError(`no group ${g}`)
    const { threads } = group
    const processes = group.processes / copiesOf(group)
    add((group.private - group.lockedPrivate) * processes, false)
    add(group.lockedPrivate * processes, true)
    add(group.kernelMemory * processes * threads, true)
    addTables(
      (charges.processTableBytes[g] ?? 0) *
        ((arrangement.spaces[g]?.processes ?? 0) / copiesOf(group)),
    )
    for (const { region, bytes } of copies.get(g) ?? []) {
      add(bytes / copiesOf(group), region.locked)
    }
    add(shared[g]?.otherBytes ?? 0, false)
    add(shared[g]?.lockedBytes ?? 0, true)
  }
  for (const { bytes } of tables) addTables(bytes)
  const need = {
    of: limit,
    capacityBytes: limit,
    demandBytes,
    unswappableBytes,
    swapBytes: workload.host.swap,
  }
  const level = riskOf(need)
  return { name, limitBytes: limit, demandBytes, pageTableBytes, unswappableBytes, level }
}
