import type { Allocation, Allocator, Layout, Level, LevelName } from '../geometry/layout.ts'
import type { Estimate } from '../units/estimate.ts'
import { sumOf, times } from '../units/estimate.ts'
import { within53Bits } from '../units/quantity.ts'
import { remembering } from '../units/remembered.ts'
import type { Arrangement } from './arrangement.ts'
import type { Bill, SharedLevel, SpaceLevel } from './bill.ts'
import { isInVmPte } from './counters.ts'

/** The rules that turn tables into bytes and counters on one machine. */
export interface Machine extends Allocator {
  readonly layout: Layout
}

/** Tables and their physical bytes. */
export interface Tables {
  readonly tables: Estimate
  readonly bytes: Estimate
}

/** A level of one process, or of what exists once. */
export interface TalliedLevel extends Tables {
  readonly name: LevelName
  /** The part that PageTables counts, in bytes. */
  readonly counted: Estimate
}

/** Page tables of one process, without baseTables. */
export interface ProcessTally {
  readonly levels: readonly TalliedLevel[]
  readonly bytes: Estimate
  /** The part that VmPTE counts. */
  readonly vmPteBytes: Estimate
  /** The part that PageTables counts. */
  readonly pageTablesBytes: Estimate
}

/** The same figures for a set of shared tables, which exist once; all copies of it together. */
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
}

/** With what each region takes of it. */
export interface TallyByRegion extends Tally {
  /** By region: unrounded expectations. */
  readonly regions: readonly (readonly RegionLevel[])[]
}

/** Allocations that a process needs for some tables of a level; unrounded where nothing is shared. */
function chunksFor(tables: number, { tablesPerChunk }: Allocation): number {
  return tablesPerChunk === 1 ? tables : Math.ceil(tables / tablesPerChunk)
}

/** The allocations that some tables add to those that earlier tables need already. */
function chunksAdded(before: number, tables: number, allocation: Allocation): number {
  if (allocation.tablesPerChunk === 1) return tables
  return chunksFor(before + tables, allocation) - chunksFor(before, allocation)
}

function chunksOf({ least, expected, most }: Estimate, allocation: Allocation): Estimate {
  return {
    least: chunksFor(least, allocation),
    expected: chunksFor(expected, allocation),
    most: chunksFor(most, allocation),
  }
}

const vmPte = 'VmPTE of one process'

/** Turns a bill into bytes, level by level, for each process and each shared set. */
export function tallyOf(machine: Machine, arrangement: Arrangement, bill: Bill): Tally {
  const { layout, kernel, pti } = machine
  return {
    spaces: bill.spaces.map((levels) =>
      ofProcess(levels, [layout, kernel, pti], () => tallyProcess(machine, levels)),
    ),
    shared: bill.shared.map((levels, s) => {
      const copies = arrangement.shared[s]?.copies
      return ofShared(levels, [layout, kernel, pti, copies], () =>
        tallyTables(machine, levels, copies),
      )
    }),
  }
}

const ofProcess = remembering<readonly SpaceLevel[], ProcessTally>()
const ofShared = remembering<readonly SharedLevel[], SharedTally>()

/**
 * The same, for each region too.
 * @param regionCount regions of the workload, mapped or not.
 */
export function tallyByRegion(
  machine: Machine,
  arrangement: Arrangement,
  bill: Bill,
  regionCount: number,
): TallyByRegion {
  const regions = regionsOf(machine, arrangement, bill, regionCount)
  return { ...tallyOf(machine, arrangement, bill), regions }
}

function tallyProcess(machine: Machine, levels: readonly SpaceLevel[]): ProcessTally {
  return {
    ...tallyTables(machine, levels),
    vmPteBytes: sumOf(
      levels
        .filter(({ level }) => isInVmPte(level.name))
        .flatMap(({ level, total, linked }) =>
          [total, linked].map((tables) => times(tables, level.tableBytes, vmPte)),
        ),
      vmPte,
    ),
  }
}

function tallyTables(
  { layout, kernel, pti }: Machine,
  levels: readonly { readonly level: Level; readonly total: Estimate }[],
  copies = 1,
): SharedTally {
  const tallied = levels.map(({ level, total }) => {
    const allocation = layout.allocation(level, { kernel, pti })
    const quantity = `${level.name} tables`
    const chunks = times(chunksOf(total, allocation), copies, quantity)
    return {
      name: level.name,
      tables: times(total, copies, quantity),
      bytes: times(chunks, allocation.chunkBytes, quantity),
      counted: times(chunks, allocation.countedBytes, quantity),
    }
  })
  const quantity = 'page tables of one process'
  return {
    levels: tallied,
    bytes: sumOf(
      tallied.map(({ bytes }) => bytes),
      quantity,
    ),
    pageTablesBytes: sumOf(
      tallied.map(({ counted }) => counted),
      quantity,
    ),
  }
}

/** Tables and bytes of the regions, added up mapping by mapping. */
function regionsOf(
  { layout, kernel, pti }: Machine,
  { spaces, shared }: Arrangement,
  bill: Bill,
  regionCount: number,
): readonly (readonly RegionLevel[])[] {
  const allocator = { kernel, pti }
  const regions: RegionLevel[][] = Array.from({ length: regionCount }, () =>
    layout.levels.map(({ name }) => ({ name, tables: 0, bytes: 0 })),
  )
  const add = (region: number, level: number, tables: number, bytes: number): void => {
    const levels = regions[region] ?? []
    const known = levels[level]
    if (known === undefined) return
    levels[level] = {
      name: known.name,
      tables: within53Bits(known.tables + tables, 'tables of a region'),
      bytes: within53Bits(known.bytes + bytes, 'page tables of a region'),
    }
  }
  spaces.forEach(({ mappings, processes }, s) => {
    bill.spaces[s]?.forEach(({ level, shares }, index) => {
      const allocation = layout.allocation(level, allocator)
      let before = 0
      mappings.forEach(({ region }, m) => {
        const tables = shares[m] ?? 0
        const chunks = chunksAdded(before, tables, allocation)
        add(region, index, processes * tables, processes * chunks * allocation.chunkBytes)
        before += tables
      })
    })
  })
  shared.forEach(({ region, copies = 1 }, s) => {
    bill.shared[s]?.forEach(({ level, total }, index) => {
      const allocation = layout.allocation(level, allocator)
      const bytes = chunksFor(total.expected, allocation) * allocation.chunkBytes
      add(region, index, copies * total.expected, copies * bytes)
    })
  })
  return regions
}
