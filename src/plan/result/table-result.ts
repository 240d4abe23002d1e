import type { LevelName } from '../../geometry/layout.ts'

/** Physical page-table memory of all processes. */
export interface PageTables {
  /** All of it; the expectation where chance decides. */
  readonly bytes: number
  /** The least that can happen; equal to `bytes` where nothing is random. */
  readonly leastBytes: number
  /** The most that can happen. */
  readonly mostBytes: number
  /** What exists once however many processes there are. */
  readonly onceBytes: number
  /** The groups' baseTables. */
  readonly baseBytes: number
  /** Without baseBytes; folded levels absent. */
  readonly levels: Readonly<Partial<Record<LevelName, LevelTotal>>>
}

/** Tables of a level and their memory. */
export interface LevelTotal {
  /** Tables of the level, all processes together. */
  readonly tables: number
  /** Their memory. */
  readonly bytes: number
  /**
   * The expectation; present where chance decides the number.
   * @unrounded
   */
  readonly expectedTables?: number
}

/** Page tables of one process of a group. */
export interface GroupResult {
  /** As in the scenario. */
  readonly name: string
  /** Instances, with these processes all together; absent: 1. */
  readonly copies?: number
  /** As planned: one under `threads`, for each instance. */
  readonly processes: number
  /** One process, without what exists once. */
  readonly perProcess: {
    readonly bytes: number
    readonly leastBytes: number
    readonly mostBytes: number
    /** What /proc/PID/status says, with baseTables and linked pmd tables. */
    readonly vmPteBytes: number
    /** Own tables of one process; without baseTables. */
    readonly levels: Readonly<Partial<Record<LevelName, number>>>
  }
}

/** Page tables billed to a region, all processes together. */
export interface RegionResult {
  /** As in the scenario. */
  readonly name: string
  /** Regions of that kind, which the figures count all together; absent: 1. */
  readonly copies?: number
  /** Memory of the tables. */
  readonly bytes: number
  /** Entries that map the region's pages, all processes together, times the size of an entry. */
  readonly leafEntryBytes: number
  /** Tables of each level; folded levels absent. */
  readonly levels: Readonly<Partial<Record<LevelName, LevelTotal>>>
  readonly mshare?: MshareResult
}

/** The window of a region that is shared through mshare (proposed). */
export interface MshareResult {
  /** Name of the file in msharefs. */
  readonly name: string
  /** Address of the window in the owner, as 0x… text. */
  readonly start: string
  /** Bytes of the window: the region rounded up. */
  readonly size: number
  /** Octal, four digits. */
  readonly mode: string
  /** Group that owns the region. */
  readonly owner: string
}
