import type { LevelName } from '../../geometry/layout.ts'
import type { HostResult } from './host-result.ts'
import type { ScenarioIdentity, Status, StrategyIdentity } from './result.ts'

/**
 * What a machine's counters said against what the plan says they should, for the processes that were
 * there. Bytes are whole; a residual is measured − predicted, so that it is negative where
 * the plan says more.
 */
export interface VerifyResult {
  /** Name and version of this form. */
  readonly schema: 'mshare-plan/verify/1'
  /** The program that compared, and its version. */
  readonly tool: { readonly name: 'mshare-plan'; readonly version: string }
  readonly scenario: ScenarioIdentity
  readonly host: HostResult
  /** `proposed` where some region is shared through mshare. */
  readonly status: Status
  /** The strategy of a forecast that is held against a machine; absent: a scenario with its own measurement. */
  readonly forecast?: ForecastOutcome
  /** Each group with its VmPTE. */
  readonly groups: readonly GroupComparison[]
  /** All compared groups together, without those that are fitted; absent where no group is compared. */
  readonly vmPte?: VmPteComparison
  /** Absent where PageTables was not measured. */
  readonly pageTables?: PageTablesComparison
  /** One for each group and one for PageTables; none without a limit. */
  readonly gates: readonly ResidualGate[]
  /** `pass`: every gate holds; `fail`: one does not; `none`: no gate is set. */
  readonly verdict: 'pass' | 'fail' | 'none'
}

/** A counter as measured and as predicted; the residual is the sum of causes and rest. */
export interface Comparison {
  /** What the counter said. */
  readonly measuredBytes: number
  /** What the plan says it should; the expectation where chance decides. */
  readonly predictedBytes: number
  /** What can happen at least and at most, under random touching. */
  readonly leastBytes: number
  readonly mostBytes: number
  /** measured − predicted. */
  readonly residualBytes: number
  /** Of what was measured, not rounded; absent where that is nothing. */
  readonly residualFraction?: number
  /** Known causes of the residual, each with its part. */
  readonly causes: readonly Cause[]
  /** What no cause accounts for. */
  readonly unexplainedBytes: number
}

/** VmPTE summed over the processes of a group, or the reason why it is not compared. */
export type GroupComparison =
  | ({
      readonly name: string
      readonly compared: true
      /** Those that were measured; the prediction is for as many. */
      readonly processes: number
      /** As the scenario has it now: another number where it was edited since. */
      readonly scenarioProcesses: number
      /** Page tables of private memory, by its mappings: baseTables are taken within least and most. */
      readonly ownTables?: OwnTablesResult
      /** Where baseTables were read, in the words of the scenario; absent where it does not say. */
      readonly baseTablesSource?: string
      /**
       * baseTables are what the regions leave of the VmPTE that was measured: it agrees whatever the
       * plan is. Not in the sum of groups, and no gate holds for it.
       */
      readonly fitted?: true
    } & Comparison)
  | {
      readonly name: string
      readonly compared: false
      readonly scenarioProcesses: number
    }

/** Bytes of all processes together; `mapped`: if all private memory were touched. */
export interface OwnTablesResult {
  /** At least, whatever lies together. */
  readonly leastBytes: number
  /** At most. */
  readonly mostBytes: number
  readonly mappedBytes: number
}

/** VmPTE summed over all processes that are compared. */
export interface VmPteComparison extends Comparison {
  /** Those that were measured. */
  readonly processes: number
}

/** PageTables of /proc/meminfo. */
export interface PageTablesComparison extends Comparison {
  /** What the prediction is made of: adds up to it. */
  readonly parts: readonly Part[]
  /** VmPTE of all that were measured, in groups and elsewhere. */
  readonly sumVmPteBytes: number
}

/** One part of a predicted PageTables. */
export type Part =
  /** VmPTE of the groups, as predicted. */
  | { readonly kind: 'groups'; readonly processes: number; readonly bytes: number }
  /** VmPTE of processes in no group, as measured. */
  | { readonly kind: 'elsewhere'; readonly processes: number; readonly bytes: number }
  /**
   * A level that one counter has and the other has not, or not in the same size: what PageTables counts
   * of it less what VmPTE counts, in all processes.
   */
  | { readonly kind: 'level'; readonly level: LevelName; readonly bytes: number }
  /** Tables that hugetlb links: in the VmPTE of every process, in PageTables once. Negative. */
  | {
      readonly kind: 'links'
      /** How many there are. */
      readonly tables: number
      readonly onceBytes: number
      readonly inVmPteBytes: number
      readonly bytes: number
    }
  /** Tables that exist once under mshare (proposed): in no VmPTE. */
  | { readonly kind: 'mshare'; readonly bytes: number }

/** Part of a residual. `bytes` lies between what the cause can amount to at least and at most. */
export interface Cause {
  readonly kind: CauseKind
  /** Its part of the residual. */
  readonly bytes: number
  readonly leastBytes: number
  readonly mostBytes: number
}

/** The closed list of causes. */
export type CauseKind =
  /** Pages drawn at random: within what can happen. */
  | 'chance'
  /** Less than 1 KiB in each process: baseTables that are an average, VmPTE in whole kB. */
  | 'rounding'
  /** Memory of a forecast is on other pages than its strategy gives it. */
  | 'other-pages'
  /** Private memory needs more tables, or fewer, than the baseTables of a forecast. */
  | 'own-tables'
  /**
   * Measured more: tables without touched pages, left by reclaim or MADV_DONTNEED or by pages
   * that the scenario does not know of. At most what the mappings would need, touched whole.
   */
  | 'empty-tables'
  /** Measured more: memory planned on transparent huge pages is on base pages. */
  | 'small-pages'
  /** Measured less: fewer pages were touched than the scenario says. */
  | 'short'
  /** Tables of which only VmPTE is known, on a kernel whose PageTables does not count every level. */
  | 'unknown-levels'
  /** Processes that were not measured: in no group, while `elsewhere` is absent or partial. */
  | 'not-captured'
  /** Page tables of the kernel itself, in PageTables since Linux 6.16. */
  | 'kernel-tables'
  /** Measured less: groups that are predicted and were not measured. */
  | 'not-measured'
  /** Measured less: tables that hugetlb links in processes whose mappings are not planned. */
  | 'shared-tables'

/** A limit on the residual, whatever its sign. */
export interface ResidualGate {
  readonly metric: 'residual'
  /** The group that is judged; absent for PageTables. */
  readonly group?: string
  /** Whole bytes: a share is one of what was measured. Absent where nothing was. */
  readonly limit?: number
  /** Absent where nothing was measured, or baseTables were fitted to it: the gate does not hold. */
  readonly actual?: number
  /** How far inside the limit; negative outside. */
  readonly margin?: number
  readonly unit: 'bytes'
  /** False also where nothing was measured. */
  readonly holds: boolean
}

/** A strategy of a forecast, held against a machine on which it should have come true. */
export interface ForecastOutcome {
  readonly strategy: StrategyIdentity & { readonly status: Status }
  /** Every region is on the pages that the strategy gives it, and every group runs as planned. */
  readonly holds: boolean
  /** The kernel of the forecast, where that of the machine is another: counters are those of the machine's. */
  readonly plannedKernel?: string
  /** For each group of the forecast, what runs of it. */
  readonly matches: readonly GroupMatch[]
  /** Groups of the machine that are in no group of the forecast: in PageTables, and not compared. */
  readonly otherGroups: readonly string[]
  readonly regions: readonly RegionOutcome[]
  /** Pools that the strategy needs, or that the machine has. */
  readonly pools: readonly PoolOutcome[]
}

/** Which groups of the machine are a group of the forecast. */
export interface GroupMatch {
  readonly name: string
  /** Names on the machine; empty where none was found. */
  readonly found: readonly string[]
  /** How they were found; absent where none was. */
  readonly by?: MatchedBy
  /** Processes that run of it. */
  readonly processes: number
  /** With as many, what the strategy makes of them: fewer where they were to be threads. */
  readonly plannedProcesses: number
}

/** `name`: the same; `role`: what a server's process does; `command`: the program's name, or that of its memory. */
export type MatchedBy = 'name' | 'role' | 'command'

/** The pages of a region, as planned and as found. */
export interface RegionOutcome {
  readonly name: string
  readonly sizeBytes: number
  /** The pages that the strategy gives it. Several where a pool backs a part. */
  readonly planned: readonly RegionPages[]
  /** Memory of the machine that is taken for it; empty where none was found. */
  readonly found: readonly (RegionPages & { readonly name: string; readonly sizeBytes: number })[]
  /** By the same name, or by a size within a tenth, one or several together; absent where none was found. */
  readonly by?: 'name' | 'size'
  /** All that was found is on planned pages. */
  readonly holds: boolean
  /** Why not, as far as the pool says; absent where it holds. */
  readonly cause?: RegionCause
}

/** What pages a region is on. */
export interface RegionPages {
  /** Size of a base page, or of a huge page of hugetlb. */
  readonly pageBytes: number
  /** On transparent huge pages. */
  readonly thp: boolean
}

/** Why a region is not on the planned pages. Numbers are huge pages of the planned size. */
export type RegionCause =
  /** No process of its groups maps memory of such a name or size. */
  | { readonly kind: 'not-found' }
  /** Private memory on base pages: in no region of what was found. */
  | { readonly kind: 'private' }
  /** The pool has fewer pages than the region needs. */
  | { readonly kind: 'pool-too-small'; readonly needed: number; readonly pages: number }
  /** Others use or reserved so much of the pool that the region does not fit. */
  | { readonly kind: 'pool-taken'; readonly needed: number; readonly available: number }
  /** The pool has room for it: the program was not restarted since, or does not ask for huge pages. */
  | { readonly kind: 'not-asked'; readonly needed: number; readonly available: number }
  /** Planned on other pages, and the pool is no reason, or nothing is known of it. */
  | { readonly kind: 'other-pages' }

/** A huge-page pool, as planned and as found; numbers of huge pages. */
export interface PoolOutcome {
  readonly pageBytes: number
  /** What the strategy needs; as described: what the scenario has. */
  readonly plannedPages: number
  readonly pages: number
  /** In use; absent where the machine does not say. */
  readonly usedPages?: number
  /** Promised to mappings, and not yet in use; absent where the machine does not say. */
  readonly reservedPages?: number
}
