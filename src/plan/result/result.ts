import type { LevelName } from '../../geometry/layout.ts'
import type { LineSubject } from '../../host/budget.ts'
import type { Obstacle as RegionObstacle } from '../../sharing/strategy.ts'
import type { Assumption, RiskLevel, Severity, Waiver } from '../../workload/workload.ts'
import { riskLevels } from '../../workload/workload.ts'
import type { Advice, NothingToDo, Rejected } from './advice-result.ts'
import type { Finding } from './finding.ts'
import type { HostResult } from './host-result.ts'

/** The published answer. Bytes and counts are whole numbers, except where a comment says otherwise. */
export interface Result {
  readonly schema: 'mshare-plan/result/1'
  readonly tool: { readonly name: 'mshare-plan'; readonly version: string }
  readonly scenario: ScenarioIdentity
  readonly host: HostResult
  readonly assumptions: readonly Assumption[]
  readonly strategies: readonly StrategyResult[]
  /**
   * What to do, each by itself and against as-described: what it does not start without, then what
   * reaches the best level of risk, the least intrusive first.
   */
  readonly advice: readonly Advice[]
  readonly rejected: readonly Rejected[]
  /** Why nothing is advised; absent where something is, or nobody asked. */
  readonly nothingToDo?: NothingToDo
  readonly findings: readonly Finding[]
  /** As the scenario has them, in force or not; absent where it has none. */
  readonly waivers?: readonly Waiver[]
  readonly gates: readonly GateResult[]
  /** What gates would judge, where there is none; absent: `as-described`, among the strategies. */
  readonly judged?: JudgedResult
  readonly verdict: 'pass' | 'fail' | 'none'
}

/** What who checks a saved result later finds the scenario judged by. */
export interface JudgedResult {
  readonly strategy: string
  /** Where nobody asked for it: the strategy, and all findings of a plan that has it. */
  readonly unasked?: { readonly result: StrategyResult; readonly findings: Result['findings'] }
}

/** Which scenario was planned. */
export interface ScenarioIdentity {
  readonly name: string
  /** As the user named it; `-` for standard input. */
  readonly file: string
  /** sha256 of the resolved workload, in hex. */
  readonly fingerprint: string
}

/** From the best level to the worst. */
export const riskOrder: readonly RiskLevel[] = riskLevels

/** `proposed`: needs mshare, which is in no released kernel. */
export type Status = 'mainline' | 'proposed'

/** A strategy that was planned, or the reasons why none of it can be. */
export type StrategyResult = PlannedStrategy | RefusedStrategy

/** A strategy of which nothing can be planned; numbers are absent. */
export interface RefusedStrategy {
  readonly id: string
  readonly status: Status
  readonly applies: false
  readonly obstacles: readonly Obstacle[]
}

/** A strategy with its numbers; obstacles name what stays as described. */
export interface PlannedStrategy {
  readonly id: string
  readonly status: Status
  readonly applies: true
  readonly obstacles: readonly Obstacle[]
  readonly pageTables: PageTables
  readonly groups: readonly GroupResult[]
  readonly regions: readonly RegionResult[]
  readonly counters: { readonly pageTablesBytes: number; readonly sumVmPteBytes: number }
  readonly savings: Savings
  readonly memory: Memory
  readonly risk: Risk
  readonly faults: { readonly populate: number; readonly link: number }
  readonly mmapCalls: number
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

/** Physical page-table memory of all processes. */
export interface PageTables {
  readonly bytes: number
  readonly leastBytes: number
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
  readonly tables: number
  readonly bytes: number
  /** The unrounded expectation; present where chance decides the number. */
  readonly expectedTables?: number
}

/** Page tables of one process of a group. */
export interface GroupResult {
  readonly name: string
  /** Instances, with these processes all together; absent: 1. */
  readonly copies?: number
  /** As planned: one under `threads`, for each instance. */
  readonly processes: number
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
  readonly name: string
  /** Regions of that kind, which the figures count all together; absent: 1. */
  readonly copies?: number
  readonly bytes: number
  /** Entries that map the region's pages, all processes together, times the size of an entry. */
  readonly leafEntryBytes: number
  readonly levels: Readonly<Partial<Record<LevelName, LevelTotal>>>
  readonly mshare?: MshareResult
}

/** The window of a region that is shared through mshare (proposed). */
export interface MshareResult {
  readonly name: string
  /** Address of the window in the owner, as 0x… text. */
  readonly start: string
  /** Bytes of the window: the region rounded up. */
  readonly size: number
  /** Octal, four digits. */
  readonly mode: string
  readonly owner: string
}

/** The budget: what there is, what needs it, what is left. */
export interface Memory {
  readonly capacityBytes: number
  readonly demandBytes: number
  /** capacity − demand; negative where memory is short. */
  readonly headroomBytes: number
  readonly lines: readonly BudgetLine[]
  /** Huge-page pools, smallest pages first; none where nobody needs one. */
  readonly pools: readonly PoolResult[]
  readonly commit: Commit
}

/** A huge-page pool in pages: configured as described, exactly what is needed otherwise. */
export interface PoolResult {
  readonly pageBytes: number
  readonly pages: number
  readonly usedPages: number
  /** Set aside, and used by no region of this page size. */
  readonly strandedPages: number
  /** To be added before every region can be mapped. */
  readonly missingPages: number
}

/** What the kernel promises (Committed_AS), and whether it is ready to. Page tables are in neither. */
export interface Commit {
  readonly mode: 'heuristic' | 'always' | 'never'
  readonly committedBytes: number
  /** CommitLimit: decides in mode `never` only. */
  readonly limitBytes: number
  readonly largestRequestBytes: number
  /** False where the kernel refuses some request. */
  readonly granted: boolean
}

/**
 * One line of the budget. `supply` lines add up to the capacity (what is taken away is negative),
 * `demand` lines to the demand; `beside` lines are in neither (swap, reclaimable cache).
 */
export type BudgetLine = LineSubject & {
  /** The words of budget-label.ts; goes with the next version of the schema: `kind` and what it is about say the same. */
  readonly name: string
  readonly side: 'supply' | 'demand' | 'beside'
  readonly bytes: number
  readonly origin: 'given' | 'derived' | 'assumed' | 'measured'
}

/** How near the machine is to running out, and who goes first. */
export interface Risk {
  /** The worst of the host's level and those of its cgroups. */
  readonly level: RiskLevel
  readonly hostLevel: RiskLevel
  /** Headroom as a fraction of memory, not rounded. */
  readonly headroomFraction: number
  /** Page tables as a fraction of the demand, not rounded; 0 where there is no demand. */
  readonly pageTablesFraction: number
  /** What breaks first; absent where nothing does, however many processes Linux can have. */
  readonly breaks?: Breaking
  /** What can be neither swapped nor reclaimed: page tables, kernel memory, locked memory. */
  readonly unswappableBytes: number
  /** Whom the out-of-memory killer takes first; absent where nobody may be killed. */
  readonly victim?: Victim
  /** The level of each cgroup with a limit. */
  readonly cgroups: readonly CgroupRisk[]
}

/** The process with the most oom_badness() points, and what killing it gives back. */
export interface Victim {
  readonly group: string
  /** In pages. */
  readonly points: number
  /** /proc/PID/oom_score. */
  readonly score: number
  /** Private memory, page tables and kernel memory of one process. */
  readonly freedBytes: number
  /** True where the host has headroom once the victim is gone. */
  readonly survives: boolean
}

/** Whom a cgroup that is out of memory loses first; `survives` where it has headroom then. */
export type CgroupVictim = Omit<Victim, 'score'>

/** A cgroup with a limit, judged like the host. */
export interface CgroupRisk {
  readonly name: string
  readonly limitBytes: number
  readonly demandBytes: number
  readonly headroomBytes: number
  readonly level: RiskLevel
  /** Page tables as a fraction of the demand, not rounded; 0 where there is no demand. */
  readonly pageTablesFraction: number
  /** Absent where none of its processes may be killed. */
  readonly victim?: CgroupVictim
  /** At how many processes the cgroup is out of memory; absent where it never is. */
  readonly breaks?: Breaking
}

/**
 * Why a plan cannot run: `huge-pages` that its pool lacks; a promise refused, of one `request`
 * (overcommit heuristic) or of all together (`commit-limit`, overcommit never); more than `memory`
 * and swap hold; more that is `unswappable` than memory holds; a `cgroup` beyond its limit.
 */
export interface Stop {
  readonly cause: Refusal | 'memory' | 'unswappable' | 'cgroup'
  /** Where the cause is one. */
  readonly cgroup?: string
}

/** What keeps a plan from starting. */
export type Refusal = 'huge-pages' | 'request' | 'commit-limit'

/** What breaks, and when. */
export interface Breaking extends Stop {
  readonly group: string
  /** The fewest processes of the group, all its copies together, at which it breaks; other groups as they are. */
  readonly processes: number
}

/** Why a region, or one group's use of it, takes no part in a strategy. */
export type Obstacle = RegionObstacle

/** One gate: what was asked, what the plan gives, whether it holds. */
export interface GateResult {
  readonly metric: GateMetric
  readonly strategy: string
  /** For findings, the severity that may not stand: neither it nor a worse one. */
  readonly limit: number | RiskLevel | Severity
  /** Absent where it is not known, as of a strategy that could not be planned: it does not hold. */
  readonly actual?: number | RiskLevel | Severity | 'none'
  /** How far inside the limit; negative outside. For risk and findings, in levels. */
  readonly margin?: number
  /** `fraction`: of the baseline, not rounded. */
  readonly unit: 'bytes' | 'fraction' | 'level'
  readonly holds: boolean
  /** What keeps the strategy from starting: then no number of it is a pass. */
  readonly reason?: Refusal
  /** What growth is measured from: page-table bytes, or the level of risk. */
  readonly baseline?: number | RiskLevel
  /** Ids of the findings that stand against it. */
  readonly against?: readonly string[]
}

/** What a gate is about; `growth` and `riskGrowth` compare with a baseline. */
export type GateMetric = 'risk' | 'headroom' | 'pageTables' | 'findings' | 'growth' | 'riskGrowth'
