import type { Arrangement } from '../accounting/arrangement.ts'
import type { RiskLevel, Workload } from '../workload/workload.ts'
import type { Resident } from './resident.ts'
import { isShmem } from './resident.ts'
import { riskOf } from './risk.ts'

/** A cgroup with a limit, and what is charged to it; bytes may be unrounded expectations. */
export interface CgroupStanding {
  readonly name: string
  readonly limitBytes: number
  readonly demandBytes: number
  /** The part of the demand that page tables are. */
  readonly pageTableBytes: number
  readonly level: RiskLevel
}

/** What one process of each group costs, and where shared tables are charged. */
export interface Charges {
  readonly workload: Workload
  readonly arrangement: Arrangement
  readonly resident: readonly Resident[]
  /** Physical page tables of one process, with baseTables, by group. */
  readonly processTableBytes: readonly number[]
  /** Tables that exist once: their bytes, their region and the group whose cgroup pays. */
  readonly shared: readonly {
    readonly bytes: number
    readonly region: number
    readonly owner: string
  }[]
  /** Tables that hugetlb links: their bytes, and the group by index that fills them first. */
  readonly linked: readonly { readonly bytes: number; readonly group: number }[]
}

/**
 * Judges every limit like the host. Page tables are charged to the cgroup of the process that
 * faults (GFP_PGTABLE_USER has __GFP_ACCOUNT), shared pages to the first that touches them: here
 * the first group in file order. Under mshare (v3) data and tables are the owner's.
 */
export function cgroupStandings(charges: Charges): readonly CgroupStanding[] {
  const { workload, arrangement, resident } = charges
  const payers = resident.map(({ region }, index) => payerOf(charges, index, region.name))
  return workload.host.cgroups.map(({ name, limit }) => {
    let [demandBytes, unswappableBytes, pageTableBytes] = [0, 0, 0]
    const add = (bytes: number, locked: boolean): void => {
      demandBytes += bytes
      if (locked) unswappableBytes += bytes
    }
    const addTables = (bytes: number): void => {
      pageTableBytes += bytes
      add(bytes, true)
    }
    workload.groups.forEach((group, g) => {
      if (group.cgroup !== name) return
      const { processes, threads } = group
      add((group.private - group.lockedPrivate) * processes, false)
      add(group.lockedPrivate * processes, true)
      add(group.kernelMemory * processes * threads, true)
      addTables((charges.processTableBytes[g] ?? 0) * (arrangement.spaces[g]?.processes ?? 0))
      for (const { region, copyBytes } of resident) add(copyBytes[g] ?? 0, region.locked)
    })
    resident.forEach(({ region, onceBytes }, index) => {
      const counts = isShmem(region) || (region.backing === 'file' && region.locked)
      if (counts && payers[index] === name) add(onceBytes, region.locked)
    })
    for (const { bytes, owner } of charges.shared) {
      if (cgroupOf(workload, owner) === name) addTables(bytes)
    }
    for (const { bytes, group } of charges.linked) {
      if (workload.groups[group]?.cgroup === name) addTables(bytes)
    }
    const standing = {
      of: limit,
      capacityBytes: limit,
      demandBytes,
      unswappableBytes,
      swapBytes: workload.host.swap,
    }
    return { name, limitBytes: limit, demandBytes, pageTableBytes, level: riskOf(standing) }
  })
}

function payerOf(
  { workload, arrangement, shared }: Charges,
  region: number,
  name: string,
): string | undefined {
  const owned = shared.find((tables) => tables.region === region)
  if (owned !== undefined) return cgroupOf(workload, owned.owner)
  const mapping = workload.groups.flatMap((group, g) =>
    group.processes > 0 && group.maps.some((map) => map.region === name) ? [{ group, g }] : [],
  )
  // What none of them touches, but is there, somebody has touched who is not known.
  const first = mapping.find(({ g }) => touches(arrangement, g, region)) ?? mapping[0]
  return first?.group.cgroup
}

function touches(arrangement: Arrangement, group: number, region: number): boolean {
  return (arrangement.spaces[group]?.mappings ?? []).some(
    ({ region: mapped, touched }) =>
      mapped === region && !(touched.kind === 'ranges' && touched.ranges.length === 0),
  )
}

function cgroupOf({ groups }: Workload, name: string): string | undefined {
  return groups.find((group) => group.name === name)?.cgroup
}
