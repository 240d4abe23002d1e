import type { RiskLevel } from '../workload/workload.ts'

/** How far a workload can grow under each strategy before the risk gets worse. */
export interface LimitsResult {
  readonly schema: 'mshare-plan/limits/1'
  readonly scenario: { readonly name: string; readonly file: string; readonly fingerprint: string }
  readonly strategies: readonly StrategyLimits[]
}

export interface StrategyLimits {
  readonly id: string
  readonly status: 'mainline' | 'proposed'
  /** The level as the scenario stands. */
  readonly level: RiskLevel
  readonly limits: readonly Limit[]
}

/**
 * The largest number of a thing, or the least memory, at which the risk is still no worse than a
 * level. Exact: one more (one page less of memory) is worse.
 */
export interface Limit {
  /**
   * `processes` of a group, the others as they are; `allProcesses`: of the largest group, the others
   * in proportion; `memory` of the host.
   */
  readonly metric: 'processes' | 'allProcesses' | 'memory'
  /** The group, where the metric is of one. */
  readonly group?: string
  readonly unit: 'processes' | 'bytes'
  readonly now: number
  /** Absent where even the smallest (for memory: the largest) number is worse than the level. */
  readonly safe?: Bound
  readonly tight?: Bound
  /** The last that is not out of memory. */
  readonly swapping?: Bound
}

export interface Bound {
  readonly value: number
  /** What stops it: the level one step on; absent where only the range of numbers ends. */
  readonly next?: RiskLevel
  /** The cgroup whose limit is met first, where it is one. */
  readonly cgroup?: string
}
