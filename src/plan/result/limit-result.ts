import type { RiskLevel } from '../../workload/gates.ts'
import type { Stop } from './risk-result.ts'

/**
 * The largest number of a thing, or the least memory, at which the plan starts and the risk is still
 * no worse than a level. Exact: one more (one page less of memory) is worse.
 */
export interface Limit {
  /**
   * `processes` of a group, the others as they are; `allProcesses`: of the largest group, the others
   * in proportion; size of a `region`, in whole pages of it, with the mappings that reach its end;
   * `memory` of the host.
   */
  readonly metric: 'processes' | 'allProcesses' | 'region' | 'memory'
  /** The group, where the metric is of one. */
  readonly group?: string
  /** Instances of the group, each with that many processes; absent: 1. */
  readonly copies?: number
  /** The region, where the metric is of one. */
  readonly region?: string
  readonly unit: 'processes' | 'bytes'
  readonly now: number
  /** Absent where even the smallest (for memory: the largest) number is worse than the level. */
  readonly safe?: Bound
  readonly tight?: Bound
  /** The last that is not out of memory. */
  readonly swapping?: Bound
  /** What stops even the smallest (for memory: the largest) number; absent where a bound is present. */
  readonly never?: Stop
}

/** An answer, and with its `cause` what stops it; the cause is absent where only the range ends. */
export interface Bound extends Partial<Stop> {
  readonly value: number
  /** The limit is not known: one step on, numbers pass 2^53 − 1. Absent: the value is the limit. */
  readonly atLeast?: true
  /** The level one step on; that of a plan that does not start is what it would be. */
  readonly next?: RiskLevel
}
