import { sumBy } from '../../units/sum.ts'
import type { WrittenGroup } from './groups.ts'
import { poolsOf } from './host.ts'
import type { OomReport } from './log/report.ts'
import type { MemoryParts } from './memory-parts.ts'
import type { SharedRegion } from './shared-region.ts'

/** A line of what is not planned as memory of the groups, in bytes, with its source. */
export interface ReserveLine {
  readonly name: string
  readonly bytes: number
  readonly source: string
}

/** What the lines are made from. */
export interface Accounts {
  readonly report: OomReport
  readonly parts: MemoryParts
  readonly memory: number
  readonly groups: readonly WrittenGroup[]
  readonly regions: readonly SharedRegion[]
  readonly pageBytes: number
  /** Page directory of one process, in bytes: planned, and not listed. */
  readonly directoryBytes: number
  /** Default of `kernelMemory`, in bytes. */
  readonly kernelEach: number
}

/**
 * All memory of the machine but that of the groups, the pools and the min watermark. The kernel had no
 * more to give, so the lines and the plan add up to all of it: what was free above the watermark, and
 * free swap that was not used, have lines too.
 */
export function reserveLines(accounts: Accounts): readonly ReserveLine[] {
  const { report, parts, memory, groups, regions, pageBytes } = accounts
  if (parts.free === undefined || parts.anonymous === undefined) return []
  const swapped = sumBy(groups, (group) => group.swapped)
  const planned = plannedBytes(accounts) - swapped
  const pools = sumBy(poolsOf(report.memory.pools), ({ pageBytes: size, total }) => size * total)
  const resident = sumBy(regions, (region) => region.resident ?? 0)
  const processes = sumBy(groups, ({ text }) => text.processes)
  const known: readonly ReserveLine[] = [
    line(
      'private memory of others',
      parts.anonymous - (sumBy(groups, (one) => one.privateBytes) - swapped),
      'anonymous memory of Mem-Info, less that of the listed processes',
    ),
    line(
      'other shared memory',
      (parts.shared ?? 0) - resident,
      'shmem of Mem-Info, less the resident memory of the regions',
    ),
    line(
      'page tables of others',
      (parts.pageTables ?? 0) - tablesOf(accounts),
      'pagetables of Mem-Info, less those of the list',
    ),
    line(
      'cached files',
      parts.file ?? 0,
      'active_file and inactive_file of Mem-Info: not reclaimed when memory ran out',
    ),
    line('locked memory', parts.locked ?? 0, 'unevictable of Mem-Info'),
    line(
      'kernel',
      (parts.slab ?? 0) +
        (parts.kernelStack ?? 0) +
        (parts.secondaryPageTables ?? 0) -
        processes * accounts.kernelEach,
      'slab and kernel_stack of Mem-Info, less kernelMemory of the listed processes',
    ),
  ].filter(({ bytes }) => bytes > 0)
  const rest = memory - parts.free - pools - planned - sumBy(known, ({ bytes }) => bytes)
  const least = sumBy(report.memory.zones, ({ min }) => min) * 1024
  const request = pageBytes * 2 ** Math.max(0, report.order ?? 0)
  const unusable = parts.free - least + request
  return [
    ...known,
    line(
      'not in the report',
      rest,
      'managed memory less all that Mem-Info counts: drivers, per-cpu data, memory of devices',
    ),
    line(
      'free but not usable',
      unusable,
      'free of Mem-Info above min: other zones, other nodes or too scattered for this request',
    ),
    ...swapLines(report, swapped),
  ].filter(({ bytes }) => bytes > 0)
}

function line(name: string, bytes: number, source: string): ReserveLine {
  return { name, bytes: Math.floor(bytes), source }
}

/** A larger part stays free only where swap could not help: then what cannot be swapped decides. */
const smallShare = 0.01

function swapLines(
  { memory: { swapTotal = 0, swapFree = 0 } }: OomReport,
  swapped: number,
): readonly ReserveLine[] {
  const used = Math.max(0, swapTotal - swapFree) * 1024
  const left = swapFree <= swapTotal * smallShare ? swapFree * 1024 : 0
  return [
    line(
      'swapped memory of others',
      used - swapped,
      'Total swap less Free swap and less swapents of the list',
    ),
    line('free swap that was not used', left, 'Free swap, which did not help'),
  ]
}

function tablesOf({ groups, directoryBytes }: Accounts): number {
  return sumBy(groups, ({ tableBytes, text }) => tableBytes + directoryBytes * text.processes)
}

function plannedBytes(accounts: Accounts): number {
  const { groups, regions, kernelEach } = accounts
  const own = sumBy(groups, ({ privateBytes, text }) => privateBytes + text.processes * kernelEach)
  return own + tablesOf(accounts) + sumBy(regions, ({ resident = 0 }) => resident)
}
