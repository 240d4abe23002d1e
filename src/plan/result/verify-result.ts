import type { LevelName } from '../../geometry/layout.ts'
import type { HostResult } from './host-result.ts'
import type { ScenarioIdentity, Status } from './result.ts'

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
