import type { Layout, Level, LevelName } from '../geometry/layout.ts'
import type { Estimate } from '../units/estimate.ts'
import { sumOf, times } from '../units/estimate.ts'
import { within53Bits } from '../units/quantity.ts'
import type { Arrangement } from './arrangement.ts'
import type { Bill } from './bill.ts'
import type { KernelVersion } from './counters.ts'
import { isInPageTables, isInVmPte } from './counters.ts'

/** What turns tables into bytes and counters on one machine. */
export interface Machine {
  readonly layout: Layout
  readonly kernel: KernelVersion
  readonly pti: boolean
}

/** Tables and their physical bytes. */
export interface Tables {
  readonly tables: Estimate
  readonly bytes: Estimate
}

/** Page tables of one process, without baseTables. */
export interface ProcessTally {
  readonly levels: readonly (Tables & { readonly name: LevelName })[]
  readonly bytes: Estimate
  /** The part that VmPTE counts. */
  readonly vmPteBytes: Estimate
  /** The part that PageTables counts. */
  readonly pageTablesBytes: Estimate
}

/** What exists once: the same figures for one set of shared tables. */
export type SharedTally = Omit<ProcessTally, 'vmPteBytes'>

/** Tables of a region at a level, all processes and what exists once together. */
export interface RegionLevel {
  readonly name: LevelName
  readonly tables: number
  readonly bytes: number
}

export interface Tally {
  readonly spaces: readonly ProcessTally[]
  readonly shared: readonly SharedTally[]
  /** By region: unrounded expectations. */
  readonly regions: readonly (readonly RegionLevel[])[]
}

/**
 * Memory of one table: what the allocator spends on it. A pgd takes two pages under page-table
 * isolation (pgd_allocation_order() in arch/x86/mm/pgtable.c).
 */
export function bytesPerTable(level: Level, pti: boolean): number {
  return level.name === 'pgd' && pti ? 2 * level.tableBytes : level.tableBytes
}

/** Turns a bill into bytes, level by level, for each process, each shared set and each region. */
export function tallyOf(machine: Machine, arrangement: Arrangement, bill: Bill): Tally {
  return {
    spaces: bill.spaces.map((levels) => ({
      ...tallyTables(machine, levels),
      vmPteBytes: sumOf(
        levels
          .filter(({ level }) => isInVmPte(level.name))
          .map(({ level, total }) => times(total, level.tableBytes, 'VmPTE of one process')),
        'VmPTE of one process',
      ),
    })),
    shared: bill.shared.map((levels) => tallyTables(machine, levels)),
    regions: regionsOf(machine, arrangement, bill),
  }
}

function tallyTables(
  { pti, kernel }: Machine,
  levels: readonly { readonly level: Level; readonly total: Estimate }[],
): SharedTally {
  const tallied = levels.map(({ level, total }) => ({
    name: level.name,
    tables: total,
    bytes: times(total, bytesPerTable(level, pti), `${level.name} tables`),
  }))
  const bytesOf = (parts: typeof tallied): Estimate =>
    sumOf(
      parts.map((part) => part.bytes),
      'page tables of one process',
    )
  return {
    levels: tallied,
    bytes: bytesOf(tallied),
    pageTablesBytes: bytesOf(tallied.filter(({ name }) => isInPageTables(name, kernel))),
  }
}

function regionsOf(
  { layout, pti }: Machine,
  { spaces, shared }: Arrangement,
  bill: Bill,
): readonly (readonly RegionLevel[])[] {
  const regions = new Map<number, number[]>()
  const add = (region: number, level: number, tables: number): void => {
    const levels = regions.get(region) ?? layout.levels.map(() => 0)
    levels[level] = within53Bits((levels[level] ?? 0) + tables, 'tables of a region')
    regions.set(region, levels)
  }
  spaces.forEach(({ mappings, processes }, s) => {
    bill.spaces[s]?.forEach(({ shares }, level) => {
      mappings.forEach(({ region }, m) => {
        add(region, level, processes * (shares[m] ?? 0))
      })
    })
  })
  shared.forEach(({ region }, index) => {
    bill.shared[index]?.forEach(({ total }, level) => {
      add(region, level, total.expected)
    })
  })
  const length = Math.max(0, ...[...regions.keys()].map((region) => region + 1))
  return Array.from({ length }, (_, region) =>
    layout.levels.map((level, index) => {
      const tables = regions.get(region)?.[index] ?? 0
      const bytes = within53Bits(tables * bytesPerTable(level, pti), 'page tables of a region')
      return { name: level.name, tables, bytes }
    }),
  )
}
