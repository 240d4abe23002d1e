import type { Bill, SharedLevel } from '../../accounting/bill.ts'
import type { Tally } from '../../accounting/tally.ts'
import type { Charges } from '../../host/cgroups.ts'
import type { Resident } from '../../host/resident.ts'
import type { Arranged } from '../../sharing/strategy.ts'

/**
 * Who pays for what: every group its processes' tables; of tables that exist once each is paid by the
 * first that touches it. A region of mshare v3 is its owner's, memory and tables; rfc-2022 has no owner.
 */
export function chargesOf(
  arranged: Arranged,
  bill: Bill,
  tally: Tally,
  resident: readonly Resident[],
): Charges {
  const { workload, arrangement, windows } = arranged
  const isOwned = workload.mshareRevision === 'v3-2025'
  const groups = firstByName(workload)
  const makers = new Map(
    windows.map(({ shared, owner }) => [shared, groups.get(owner) ?? -1] as const),
  )
  const owners = isOwned ? makers : new Map<number, number>()
  return {
    workload,
    arrangement,
    resident,
    processTableBytes: workload.groups.map(
      ({ baseTables }, g) => (tally.spaces[g]?.bytes.expected ?? 0) + baseTables,
    ),
    owners: new Map(
      windows.flatMap(({ region, shared }) => {
        const group = owners.get(shared)
        return group === undefined ? [] : [[region, group] as const]
      }),
    ),
    tables: arrangement.shared.flatMap(({ members, copies = 1 }, shared) => {
      // What one copy of them takes: each is charged to an instance of its own.
      const bytes = (tally.shared[shared]?.bytes.expected ?? 0) / copies
      const owner = owners.get(shared)
      if (owner !== undefined) return [{ bytes, group: owner }]
      const spaces = members.map(({ space }) => space)
      const paid = firstFilled(bill.shared[shared] ?? [], tally, shared, spaces).map((one) => ({
        ...one,
        bytes: one.bytes / copies,
      }))
      // The host's own top table is there before anything is touched.
      const maker = makers.get(shared) ?? spaces[0] ?? 0
      const rest = paid.reduce((left, each) => left - each.bytes, bytes)
      return [...paid, { bytes: Math.max(0, rest), group: maker }]
    }),
  }
}

/** Index of the first group of each name: of parts of one, the first. */
function firstByName({ groups }: Arranged['workload']): ReadonlyMap<string, number> {
  return new Map(groups.map(({ name }, index) => [name, index] as const).reverse())
}

/** Tables of one shared set, each to the member that is the first to fill it. */
function firstFilled(
  levels: readonly SharedLevel[],
  tally: Tally,
  shared: number,
  spaces: readonly number[],
): Charges['tables'] {
  return levels.flatMap(({ total, shares }, index) => {
    const bytes = tally.shared[shared]?.levels[index]?.bytes.expected ?? 0
    return spaces.flatMap((group, member) => {
      const share = shares[member] ?? 0
      return share === 0 ? [] : [{ bytes: (bytes / total.expected) * share, group }]
    })
  })
}
