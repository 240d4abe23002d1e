import type { Arrangement } from '../../accounting/arrangement.ts'
import type { ProcessTally, Tally } from '../../accounting/tally.ts'
import type { LevelName } from '../../geometry/layout.ts'
import { isDrawn } from '../../space/random-draw.ts'
import type { Estimate } from '../../units/estimate.ts'
import { exactly, sumOf, times } from '../../units/estimate.ts'
import { within53Bits } from '../../units/quantity.ts'
import type { Workload } from '../../workload/workload.ts'
import type { PlannedStrategy } from '../result/result.ts'
import type { GroupResult, LevelTotal, PageTables } from '../result/table-result.ts'

/** Physical page tables of all processes, all levels together. */
export type TableTotals = Omit<PageTables, 'levels'>

/** Physical page tables of all processes: as published, and the unrounded total in bytes. */
export function tableTotalsOf(
  { groups }: Workload,
  { spaces }: Arrangement,
  tally: Tally,
  id: string,
): { readonly totals: TableTotals; readonly expectedBytes: number } {
  const quantity = quantityOf(id)
  const base = sumOf(
    groups.map(({ baseTables }, g) =>
      times(exactly(baseTables), spaces[g]?.processes ?? 0, quantity),
    ),
    quantity,
  )
  const once = sumOf(
    tally.shared.map(({ bytes }) => bytes),
    quantity,
  )
  const own = tally.spaces.map(({ bytes }, g) => times(bytes, spaces[g]?.processes ?? 0, quantity))
  const total = sumOf([base, once, ...own], quantity)
  const totals = {
    bytes: Math.round(total.expected),
    leastBytes: total.least,
    mostBytes: total.most,
    onceBytes: Math.round(once.expected),
    baseBytes: base.expected,
  }
  return { totals, expectedBytes: total.expected }
}

function quantityOf(id: string): string {
  return `page tables under ${id}`
}

/** The same, level by level. */
export function tableLevelsOf(
  { spaces }: Arrangement,
  tally: Tally,
  id: string,
): PageTables['levels'] {
  const quantity = quantityOf(id)
  const tables = new Map<LevelName, Estimate[]>()
  const bytes = new Map<LevelName, Estimate[]>()
  const add = (levels: ProcessTally['levels'], processes: number): void => {
    for (const level of levels) {
      append(tables, level.name, times(level.tables, processes, quantity))
      append(bytes, level.name, times(level.bytes, processes, quantity))
    }
  }
  tally.spaces.forEach(({ levels }, g) => {
    add(levels, spaces[g]?.processes ?? 0)
  })
  for (const { levels } of tally.shared) add(levels, 1)
  const chance = hasChance(spaces)
  return Object.fromEntries(
    [...tables].map(([name, parts]) => {
      const total = sumOf(parts, quantity).expected
      const totalBytes = sumOf(bytes.get(name) ?? [], quantity).expected
      return [name, levelTotal(total, totalBytes, chance)]
    }),
  )
}

function append(parts: Map<LevelName, Estimate[]>, level: LevelName, part: Estimate): void {
  const known = parts.get(level)
  if (known === undefined) parts.set(level, [part])
  else known.push(part)
}

/** A level as published; with the unrounded expectation where chance has a part in the plan. */
export function levelTotal(tables: number, bytes: number, chance: boolean): LevelTotal {
  const rounded = { tables: Math.round(tables), bytes: Math.round(bytes) }
  return chance ? { ...rounded, expectedTables: tables } : rounded
}

/** True where some process draws the pages it touches at random. */
function hasChance(spaces: Arrangement['spaces']): boolean {
  return spaces.some(({ mappings }) => mappings.some(({ touched }) => isDrawn(touched)))
}

/** Page tables of one process of a group. */
export function groupOf(
  { groups }: Workload,
  { spaces }: Arrangement,
  tally: Tally,
  index: number,
): GroupResult {
  const group = groups[index]
  const own = tally.spaces[index]
  if (group === undefined || own === undefined) throw new RangeError(`no group ${index}`)
  const bytes = sumOf([own.bytes, exactly(group.baseTables)], `page tables of ${group.name}`)
  return {
    name: group.name,
    ...(group.copies === undefined ? {} : { copies: group.copies }),
    processes: spaces[index]?.processes ?? 0,
    perProcess: {
      bytes: Math.round(bytes.expected),
      leastBytes: bytes.least,
      mostBytes: bytes.most,
      vmPteBytes: Math.round(own.vmPteBytes.expected + group.baseTables),
      levels: Object.fromEntries(
        own.levels.map(({ name, tables }) => [name, Math.round(tables.expected)]),
      ),
    },
  }
}

/** What /proc/meminfo and the sum of /proc/PID/status will say. */
export function countersOf(
  { groups }: Workload,
  { spaces }: Arrangement,
  tally: Tally,
): PlannedStrategy['counters'] {
  let [pageTables, vmPte] = [0, 0]
  tally.spaces.forEach((space, g) => {
    const processes = spaces[g]?.processes ?? 0
    const base = groups[g]?.baseTables ?? 0
    pageTables += processes * (space.pageTablesBytes.expected + base)
    vmPte += processes * (space.vmPteBytes.expected + base)
  })
  for (const { pageTablesBytes } of tally.shared) pageTables += pageTablesBytes.expected
  return {
    pageTablesBytes: Math.round(within53Bits(pageTables, 'PageTables')),
    sumVmPteBytes: Math.round(within53Bits(vmPte, 'sum of VmPTE')),
  }
}
