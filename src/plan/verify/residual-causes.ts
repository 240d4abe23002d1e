import { countsKernelTables, isInVmPte } from '../../accounting/counters.ts'
import type { Level } from '../../geometry/layout.ts'
import { describedSharing } from '../../sharing/as-described.ts'
import type { Strategy } from '../../sharing/strategy.ts'
import type { Estimate } from '../../units/estimate.ts'
import { count, pages, QuantityError } from '../../units/quantity.ts'
import { sumBy } from '../../units/sum.ts'
import type { Group } from '../../workload/group.ts'
import type { Host } from '../../workload/host.ts'
import type { Measured, OwnTables } from '../../workload/measured.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Cause, CauseKind } from '../result/verify-result.ts'
import { plannedEach } from './forecast.ts'

/** How much of a residual a cause can amount to, at least and at most. */
export interface CauseBounds {
  readonly kind: CauseKind
  readonly leastBytes: number
  readonly mostBytes: number
}

/** Causes and what they leave: the residual is their sum. */
export interface Attribution {
  readonly causes: readonly Cause[]
  readonly unexplainedBytes: number
}

/** Gives each cause in turn as much of a residual as its bounds allow. */
export function attribute(residualBytes: number, bounds: readonly CauseBounds[]): Attribution {
  const causes: Cause[] = []
  let rest = residualBytes
  for (const cause of bounds) {
    const bytes = takenBy(cause, rest)
    rest -= bytes
    const { kind, leastBytes, mostBytes } = cause
    if (bytes !== 0) causes.push({ kind, bytes, leastBytes, mostBytes })
  }
  return { causes, unexplainedBytes: rest }
}

function takenBy({ leastBytes, mostBytes }: Omit<CauseBounds, 'kind'>, rest: number): number {
  return Math.min(Math.max(rest, leastBytes), mostBytes)
}

/** What the planned mappings of one process of each group could take, if things were not as described. */
export interface Extremes {
  /** No page touched. */
  readonly none: readonly number[]
  /** Every mapping touched whole. */
  readonly full: readonly number[]
  /** The same with base pages in place of transparent huge ones. */
  readonly small: readonly number[]
}

export function extremesOf(workload: Workload, arrange: Strategy = describedSharing): Extremes {
  const one = { ...workload, groups: workload.groups.map(single) }
  const whole = { ...one, groups: one.groups.map(touchedWhole) }
  const regions = whole.regions.map((region) => ({ ...region, thp: false }))
  const untouched = { ...one, groups: one.groups.map(touchedNowhere) }
  return {
    none: plannedEach(untouched, arrange).map(({ least }) => least),
    full: mostOf(whole, arrange),
    small: mostOf({ ...whole, regions }, arrange),
  }
}

/** Past 2^53 − 1 there is no bound that would help. */
function mostOf(workload: Workload, arrange: Strategy): readonly number[] {
  try {
    return plannedEach(workload, arrange).map(({ most }) => most)
  } catch (error) {
    if (!(error instanceof QuantityError)) throw error
    return workload.groups.map(() => Number.MAX_SAFE_INTEGER)
  }
}

function single(group: Group): Group {
  return { ...group, processes: count(1) }
}

function touchedWhole(group: Group): Group {
  const maps = group.maps.map((mapping) => {
    const ranges = [{ first: pages(0), length: mapping.length }]
    return { ...mapping, touched: { kind: 'ranges', ranges } } as const
  })
  return { ...group, maps }
}

function touchedNowhere(group: Group): Group {
  const touched = { kind: 'ranges', ranges: [] } as const
  return { ...group, maps: group.maps.map((mapping) => ({ ...mapping, touched })) }
}

/** A group whose residual is to be divided. */
export interface GroupContext {
  readonly host: Host
  readonly processes: number
  readonly baseTables: number
  /** Planned mappings, all processes. */
  readonly planned: Estimate
  /** The programs' own tables that are predicted, all processes. */
  readonly baseBytes: number
  /** Where the private memory was looked at. */
  readonly ownTables?: OwnTables
  /** Causes that are looked at before those of pages that the scenario does not know of. */
  readonly beside?: readonly CauseBounds[]
}

/** What can stand behind the residual of the group at an index. */
export function groupBounds(
  context: GroupContext,
  extremes: Extremes,
  index: number,
): readonly CauseBounds[] {
  const { host, processes, baseTables, baseBytes, planned, ownTables, beside = [] } = context
  const times = (each: number | undefined): number =>
    Math.min(processes * (each ?? 0), Number.MAX_SAFE_INTEGER)
  const full = times(extremes.full[index])
  const small = times(extremes.small[index])
  const none = times(extremes.none[index])
  const expected = Math.round(planned.expected)
  const rounding = isAverage(host, baseTables) ? processes * (kb - 1) : 0
  const spareBytes = Math.max(0, (ownTables?.mapped ?? 0) - baseBytes)
  return [
    boundsOf('chance', planned.least - expected, planned.most - expected),
    boundsOf('rounding', 0 - rounding, rounding),
    ...beside,
    boundsOf('empty-tables', 0, Math.max(0, full - planned.most) + spareBytes),
    boundsOf('small-pages', 0, small - full),
    boundsOf('short', none - planned.least, 0),
  ]
}

const kb = 1024

/** Whole tables need no rounding where each is a whole number of kB, which is how VmPTE is printed. */
function isAverage({ layout }: Host, baseTables: number): boolean {
  const smallest = Math.min(...layout.levels.filter(isShown).map(({ tableBytes }) => tableBytes))
  return baseTables % smallest !== 0 || smallest % kb !== 0
}

function isShown({ name }: Level): boolean {
  return isInVmPte(name)
}

/** Never turned round: what a plan needs at most can be less than what it needs now. */
export function boundsOf(kind: CauseKind, least: number, most: number): CauseBounds {
  return { kind, leastBytes: Math.min(least, 0), mostBytes: Math.max(most, 0) }
}

/** What the residual of PageTables can have beside those of the groups. */
export interface PageTablesContext {
  readonly host: Host
  readonly measured: Measured
  /** The programs' own tables: processes and bytes of each group. */
  readonly bases: readonly { readonly processes: number; readonly bytes: number }[]
  /** What is predicted for groups without a measurement. */
  readonly notMeasuredBytes: number
  /** The residual that is left. */
  readonly rest: number
}

export function pageTablesBounds(context: PageTablesContext): readonly CauseBounds[] {
  const { host, measured, bases, notMeasuredBytes, rest } = context
  const { elsewhere } = measured
  const isPartial = elsewhere === undefined || elsewhere.partial === true
  const strange = { processes: elsewhere?.processes ?? 0, bytes: elsewhere?.vmPte ?? 0 }
  const unknown = [...bases, strange].map(({ processes, bytes }) =>
    unknownLevels(host, processes, bytes),
  )
  const unplanned = sumBy([...bases, strange], ({ bytes }) => bytes)
  const kernel = countsKernelTables(host.kernel) ? kernelTables(host) : 0
  const levels = {
    kind: 'unknown-levels',
    leastBytes: sumBy(unknown, ({ leastBytes }) => leastBytes),
    mostBytes: sumBy(unknown, ({ mostBytes }) => mostBytes),
  } as const
  return [
    levels,
    // The number of unmeasured tables is unknown: at most all that the levels leave.
    isPartial
      ? boundsOf('not-captured', 0, rest - takenBy(levels, rest))
      : boundsOf('kernel-tables', 0, kernel),
    boundsOf('not-measured', 0 - notMeasuredBytes, 0),
    boundsOf('shared-tables', mayLinkUnplanned(host) ? 0 - unplanned : 0, 0),
  ]
}

/** hugetlb without a pool has no pages, and so no tables to link. */
function mayLinkUnplanned({ layout, hugepages }: Host): boolean {
  return layout.sharesPmdTables && hugepages.some((pool) => pool.count > 0)
}

/** Kernel memory is mapped no more than once: the leaf entries of all of it. */
function kernelTables({ layout, memory }: Host): number {
  return Math.ceil(memory / layout.pageBytes) * (layout.levels[0]?.entryBytes ?? 0)
}

/**
 * What PageTables counts less what VmPTE does, of tables whose levels are not known: of a level that
 * it does not count there is one at least in each process, and at most as many as of every level
 * below it; a table that takes more than its size may be every one of them.
 */
function unknownLevels(
  host: Host,
  processes: number,
  bytes: number,
): { readonly leastBytes: number; readonly mostBytes: number } {
  if (bytes === 0) return { leastBytes: 0, mostBytes: 0 }
  const { layout } = host
  const levels = layout.levels.filter(isShown)
  const columnBytes = sumBy(levels, ({ tableBytes }) => tableBytes)
  let [fewer, surely, dearest, chunks] = [0, 0, 0, 0]
  for (const level of levels) {
    const { tablesPerChunk, countedBytes } = layout.allocation(level, host)
    const more = countedBytes / tablesPerChunk - level.tableBytes
    const always = !layout.grows.some((growth) => growth.level === level.name)
    fewer += Math.min(more, 0)
    surely += always ? Math.min(more, 0) : 0
    dearest = Math.max(dearest, more / level.tableBytes)
    chunks += tablesPerChunk > 1 ? countedBytes : 0
  }
  const leastBytes = Math.floor((bytes / columnBytes) * fewer)
  const mostBytes = Math.ceil(processes * (surely + chunks) + bytes * dearest)
  return { leastBytes: Math.min(leastBytes, mostBytes), mostBytes }
}
