import type { Bytes, Count } from '../units/quantity.ts'
import type { OutOfMemory } from './out-of-memory.ts'

/** The counters of a running machine when the scenario was captured. */
export interface Measured {
  /** PageTables of /proc/meminfo. */
  readonly pageTables?: Bytes
  readonly groups: readonly MeasuredGroup[]
  /** Processes that were seen and are in no group. */
  readonly elsewhere?: MeasuredElsewhere
  /** Processes of the groups whose mappings could not be read: what they share is in no region. */
  readonly withoutMappings?: Count
  /** An out-of-memory report of the kernel; absent: the scenario comes from none. */
  readonly outOfMemory?: OutOfMemory
  /** Paths of the scenario whose value was measured, and where it was read. */
  readonly sources: readonly { readonly path: string; readonly source: string }[]
}

/** Counters of processes that are in no group. */
export interface MeasuredElsewhere extends MeasuredProcesses {
  /** There were others, of which nothing is known. */
  readonly partial?: true
}

/** Counters of some processes together. */
export interface MeasuredProcesses {
  readonly processes: Count
  /** Sum of VmPTE over them. */
  readonly vmPte: Bytes
}

/** Counters of the processes of one group. */
export interface MeasuredGroup extends MeasuredProcesses {
  readonly name: string
  /** Page tables of their private memory, all together; absent where they were not measured. */
  readonly ownTables?: OwnTables
  /** Their baseTables are what the regions leave of this very VmPTE, which proves nothing then. */
  readonly fitted?: true
}

/** Page tables of private memory, computed from its mappings, in bytes. */
export interface OwnTables {
  /** Needed by pages that are in memory, which lie somewhere in their mappings. */
  readonly least: Bytes
  readonly most: Bytes
  /** Needed if all of it were touched. */
  readonly mapped: Bytes
}
