import { pathText } from '../../units/path.ts'
import { bytes } from '../../units/quantity.ts'
import { sumBy } from '../../units/sum.ts'
import { withTablesOf } from '../../workload/base-tables.ts'
import type { Group } from '../../workload/group.ts'
import type { Workload } from '../../workload/workload.ts'
import type { AssumedAmount } from '../result/what-if/sensitivity-result.ts'
import { isAll, touchedTimes } from './touched-times.ts'

/** A kind of amount that was assumed, and the workload with more or less of it. */
export interface Doubt {
  readonly kind: AssumedAmount['kind']
  /** Where the scenario says it, or would. */
  readonly paths: readonly string[]
  /** All memory that it decides, in bytes: it cannot move the budget by more. */
  readonly weight: number
  readonly amount: AssumedAmount
  readonly times: (workload: Workload, factor: number) => Workload
  /** False where there is no more than all. */
  readonly grows: boolean
}

/** Paths of what was assumed, and of what lies below them: `touched` where `touched.random` is. */
export type IsAssumed = (path: string) => boolean

/**
 * Amounts that are defaults, or that an import or a capture estimated, by kind, in the order of
 * their weight for page tables.
 */
export function doubtsOf(workload: Workload, isAssumed: IsAssumed): readonly Doubt[] {
  const all = [
    ofTouched(workload, isAssumed),
    ofGroups(workload, isAssumed, 'private'),
    ofGroups(workload, isAssumed, 'baseTables'),
    ofGroups(workload, isAssumed, 'kernelMemory'),
    ofReserve(workload, isAssumed),
  ]
  return all.filter((doubt) => doubt !== undefined)
}

type GroupKey = 'private' | 'baseTables' | 'kernelMemory'

/** The assumed part of an amount: what follows from `private` and `threads` is no assumption. */
function assumedPart(group: Group, key: GroupKey): number {
  return key === 'baseTables' ? (group.assumedTables ?? group.baseTables) : group[key]
}

function ofGroups(workload: Workload, isAssumed: IsAssumed, key: GroupKey): Doubt | undefined {
  const pathOf = ({ part, name }: Group): string => pathText(['groups', part?.name ?? name, key])
  const groups = workload.groups.filter((group) => isAssumed(pathOf(group)))
  if (groups.length === 0) return undefined
  const names = new Set(groups.map(({ name }) => name))
  const amounts = groups.map((group) => assumedPart(group, key))
  const perProcess = ({ threads }: Group): number => (key === 'kernelMemory' ? threads : 1)
  return {
    kind: key,
    paths: [...new Set(groups.map(pathOf))],
    weight: sumBy(groups, (group) => assumedPart(group, key) * group.processes * perProcess(group)),
    amount: {
      kind: key,
      leastBytes: Math.min(...amounts),
      mostBytes: Math.max(...amounts),
      ...(groups.length < workload.groups.length ? { ofSome: true } : {}),
    },
    times: (changed, factor) => ({
      ...changed,
      groups: changed.groups.map((group) =>
        names.has(group.name) ? groupTimes(changed, group, key, factor) : group,
      ),
    }),
    grows: true,
  }
}

function groupTimes({ host }: Workload, group: Group, key: GroupKey, factor: number): Group {
  const before = assumedPart(group, key)
  const amount = bytes(Math.floor(before * factor), key)
  if (key === 'kernelMemory') return { ...group, kernelMemory: amount }
  if (key === 'private') {
    const lockedPrivate = bytes(Math.min(group.lockedPrivate, amount))
    return withTablesOf(host, { ...group, private: amount, lockedPrivate }, amount)
  }
  const baseTables = bytes(group.baseTables - before + amount, key)
  const { assumedTables } = group
  return { ...group, baseTables, ...(assumedTables === undefined ? {} : { assumedTables: amount }) }
}

function ofReserve({ host }: Workload, isAssumed: IsAssumed): Doubt | undefined {
  const pathOf = (name: string): string => pathText(['host', 'reserve', name])
  const isDoubted = ({ name }: { readonly name: string }): boolean =>
    isAssumed('host.reserve') || isAssumed(pathOf(name))
  const doubted = host.reserves.filter(isDoubted)
  if (doubted.length === 0 && !(host.reserves.length === 0 && isAssumed('host.reserve'))) {
    return undefined
  }
  const all = sumBy(doubted, (reserve) => reserve.bytes)
  return {
    kind: 'reserve',
    paths: doubted.length === 0 ? ['host.reserve'] : doubted.map(({ name }) => pathOf(name)),
    weight: all,
    amount: { kind: 'reserve', bytes: all },
    times: (changed, factor) => ({
      ...changed,
      host: {
        ...changed.host,
        reserves: changed.host.reserves.map((reserve) =>
          isDoubted(reserve)
            ? { ...reserve, bytes: bytes(Math.floor(reserve.bytes * factor), 'reserve') }
            : reserve,
        ),
      },
    }),
    grows: all > 0,
  }
}

function ofTouched(workload: Workload, isAssumed: IsAssumed): Doubt | undefined {
  const pathOf = ({ part, name }: Group, map: number): string =>
    pathText(['groups', part?.name ?? name, 'maps', map, 'touched'])
  const doubted = workload.groups.flatMap((group) =>
    group.maps.flatMap((map, index) => {
      const path = pathOf(group, index)
      return isAssumed(path) ? [{ path, map, processes: group.processes }] : []
    }),
  )
  if (doubted.length === 0) return undefined
  const everything = doubted.every(({ map }) => isAll(map.touched, map.length))
  const { pageBytes } = workload.host.layout
  return {
    kind: 'touched',
    paths: [...new Set(doubted.map(({ path }) => path))],
    weight: sumBy(doubted, ({ map, processes }) => map.length * pageBytes * processes),
    amount: {
      kind: 'touched',
      everything,
      ...(doubted.length < sumBy(workload.groups, ({ maps }) => maps.length)
        ? { ofSome: true }
        : {}),
    },
    times: (changed, factor) => ({
      ...changed,
      groups: changed.groups.map((group) => ({
        ...group,
        maps: group.maps.map((map, index) =>
          isAssumed(pathOf(group, index))
            ? { ...map, touched: touchedTimes(map.touched, map.length, factor) }
            : map,
        ),
      })),
    }),
    grows: !everything,
  }
}
