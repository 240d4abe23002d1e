import type { RiskLevel } from '../../workload/gates.ts'
import type { Limit } from './limit-result.ts'
import type { RefusedStrategy } from './result.ts'
import type { Refusal } from './risk-result.ts'
import type { GrowthResult } from './what-if/growth-result.ts'

/** How far a workload can grow under each strategy before the risk gets worse. */
export interface LimitsResult {
  readonly schema: 'mshare-plan/limits/1'
  readonly scenario: { readonly name: string; readonly file: string; readonly fingerprint: string }
  readonly strategies: readonly StrategyLimits[]
  /** Strategies of which nothing can be planned. */
  readonly refused: readonly RefusedStrategy[]
  /** Figures of the pictures, for each number that something limits; absent with `--no-chart`. */
  readonly charts?: readonly LimitChart[]
  /** When each strategy stops being safe, as values grow; absent where nothing does, or it was not asked for. */
  readonly growth?: GrowthResult
}

/** The limits of one strategy, in the same order for each. */
export interface StrategyLimits {
  readonly id: string
  readonly status: 'mainline' | 'proposed'
  /** The level of the scenario as it is. */
  readonly level: RiskLevel
  /** What keeps the scenario, as it is, from starting; absent where it starts. */
  readonly refusal?: Refusal
  readonly limits: readonly Limit[]
}

/** How full memory gets as one number changes: the picture under a table of limits, in figures. */
export interface LimitChart extends Pick<Limit, 'metric' | 'group' | 'region' | 'unit' | 'now'> {
  readonly axis: LimitAxis
  /** One for each strategy that has a plan in this range. */
  readonly curves: readonly LimitCurve[]
}

/** The values that a chart shows: what there is now, and every limit that is not the end of a range. */
export interface LimitAxis {
  /** `log` where the largest of these values is more than 20 times the smallest. */
  readonly scale: 'linear' | 'log'
  /** The least value on the axis: processes or bytes, as the chart's unit says; above 0 on a `log` one. */
  readonly from: number
  /** The greatest value. */
  readonly to: number
}

/** How full memory gets under one strategy. */
export interface LimitCurve {
  /** The id of the strategy. */
  readonly strategy: string
  /** By value, the least first; each is a plan. It ends where memory is exceeded by far. */
  readonly points: readonly LimitPoint[]
}

/** What a plan with that value comes to, on the host or in the cgroup that is fullest for its size. */
export interface LimitPoint {
  /** Processes or bytes, as the chart's unit says. */
  readonly value: number
  /** What is needed, with pools and with what the host reserves. */
  readonly usedBytes: number
  /** Memory of the host, or the limit of the cgroup. */
  readonly ofBytes: number
  /** Absent where the host is fullest. */
  readonly cgroup?: string
  /** The worst of the host's level and those of its cgroups. */
  readonly level: RiskLevel
  /** What keeps the plan from starting; absent where it starts. */
  readonly refusal?: Refusal
}
