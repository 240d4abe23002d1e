import type { Obstacle as RegionObstacle } from '../../sharing/strategy.ts'
import type { Waiver } from '../../workload/gates.ts'
import type { Assumption } from '../../workload/workload.ts'
import type { Advice } from './advice-result.ts'
import type { Finding } from './finding.ts'
import type { GateResult } from './gate-result.ts'
import type { HostResult } from './host-result.ts'
import type { Limit } from './limit-result.ts'
import type { Memory } from './memory-result.ts'
import type { Postmortem } from './postmortem-result.ts'
import type { NothingToDo, Rejected } from './rejected-result.ts'
import type { Risk } from './risk-result.ts'
import type { Sensitivity } from './sensitivity-result.ts'
import type { GroupResult, PageTables, RegionResult } from './table-result.ts'
import type { TimelineSummary } from './timeline/timeline-summary.ts'
import type { GrowthResult } from './what-if/growth-result.ts'

/** The published answer. Bytes and counts are whole numbers, except where a comment says otherwise. */
export interface Result {
  /** Name and version of this form. */
  readonly schema: 'mshare-plan/result/1'
  /** The program that planned, and its version. */
  readonly tool: { readonly name: 'mshare-plan'; readonly version: string }
  readonly scenario: ScenarioIdentity
  readonly host: HostResult
  /** Every default that was used. */
  readonly assumptions: readonly Assumption[]
  /** One for each way to run the workload, in the order of the comparison. */
  readonly strategies: readonly StrategyResult[]
  /**
   * What to do, each by itself and against as-described: what it does not start without, then what
   * reaches the best level of risk, the least intrusive first.
   */
  readonly advice: readonly Advice[]
  /** What is not advised, and why. */
  readonly rejected: readonly Rejected[]
  /** Why nothing is advised; absent if something is, or no advice was asked for. */
  readonly nothingToDo?: NothingToDo
  /** The strategy as described, if no region is shared through mshare; absent where none is. */
  readonly withoutMshare?: WithoutMshare
  /** What the kernel's out-of-memory report says; absent where the scenario comes from none. */
  readonly postmortem?: Postmortem
  /** The peak of what happens step by step; absent where the scenario has no timeline. */
  readonly timeline?: TimelineSummary
  /** When each strategy stops being safe, as values grow; absent where nothing does. */
  readonly growth?: GrowthResult
  /** The answer if what is assumed is less, or more; absent where nothing that weighs is assumed. */
  readonly sensitivity?: Sensitivity
  /** What a reader should know of the plan. */
  readonly findings: readonly Finding[]
  /** As the scenario has them, in force or not; absent where it has none. */
  readonly waivers?: readonly Waiver[]
  /** Each gate with its limit and the actual figure; empty where none is set. */
  readonly gates: readonly GateResult[]
  /** The strategy that a gate would judge, if no gate is set; absent: `as-described`, among the strategies. */
  readonly judged?: JudgedResult
  /** `pass`: every gate holds; `fail`: one does not; `none`: no gate is set. */
  readonly verdict: 'pass' | 'fail' | 'none'
}

/** What who checks a saved result later finds the scenario judged by. */
export interface JudgedResult {
  /** Its id. */
  readonly strategy: string
  /** If it was not asked for: the strategy, and all findings of a plan that has it. */
  readonly unasked?: { readonly result: StrategyResult; readonly findings: Result['findings'] }
}

/** What a workload comes to on kernels that are released. */
export interface WithoutMshare extends Pick<PlannedStrategy, 'pageTables' | 'risk'> {
  readonly memory: Omit<Memory, 'lines'>
}

/** Which scenario was planned. */
export interface ScenarioIdentity {
  /** As the scenario says. */
  readonly name: string
  /** As the user named it; `-` for standard input. */
  readonly file: string
  /** Line of the file that its document begins in; absent: the first. */
  readonly line?: number
  /** sha256 of the resolved workload, in hex. */
  readonly fingerprint: string
}

/** `proposed`: needs mshare, which is in no released kernel. */
export type Status = 'mainline' | 'proposed'

/** A strategy that was planned, or the reasons why none of it can be. */
export type StrategyResult = PlannedStrategy | RefusedStrategy

/** Which strategy it is. */
export interface StrategyIdentity {
  /** As in the comparison, `hugetlb-2m`. */
  readonly id: string
  /** What it does; absent where the layout does not know it. */
  readonly kind?: 'described' | 'base' | 'threads' | 'mshare' | 'hugetlb' | 'thp'
  /** Size of the huge pages that it is about, where it is about such. */
  readonly pageBytes?: number
}

/** A strategy of which nothing can be planned; numbers are absent. */
export interface RefusedStrategy extends StrategyIdentity {
  readonly status: Status
  /** False: the figures are absent. */
  readonly applies: false
  /** Why, region by region. */
  readonly obstacles: readonly Obstacle[]
}

/** A strategy with its numbers; obstacles name what stays as described. */
export interface PlannedStrategy extends StrategyIdentity {
  readonly status: Status
  /** True: the figures exist. */
  readonly applies: true
  /** Regions that stay as described, and why. */
  readonly obstacles: readonly Obstacle[]
  readonly pageTables: PageTables
  /** Page tables of one process of each group. */
  readonly groups: readonly GroupResult[]
  /** Page tables billed to each region. */
  readonly regions: readonly RegionResult[]
  /** Bytes that /proc/meminfo PageTables will say, and the sum of VmPTE of all processes. */
  readonly counters: { readonly pageTablesBytes: number; readonly sumVmPteBytes: number }
  readonly savings: Savings
  readonly memory: Memory
  readonly risk: Risk
  /**
   * How far it goes: by processes of the group that has more than half of the page tables on base
   * pages, else of all groups alike; absent with a single process. Of as-described, where that is
   * not safe or has a single process, by memory of the host too.
   */
  readonly limits: readonly Limit[]
  /** Page faults that fill an entry, and those that only link shared tables. */
  readonly faults: { readonly populate: number; readonly link: number }
  /** Calls that map the regions, all processes together. */
  readonly mmapCalls: number
  /** Mappings of the regions, all processes together. */
  readonly vmas: number
}

/** Page tables saved; negative where the strategy costs more. */
export interface Savings {
  /** Against base-pages. */
  readonly bytes: number
  /** The same as a part of base-pages, not rounded. */
  readonly fraction: number
  /** Against as-described; absent where that does not start, or was not asked for. */
  readonly againstDescribedBytes?: number
}

/** Why a region, or one group's use of it, takes no part in a strategy. */
export type Obstacle = RegionObstacle
