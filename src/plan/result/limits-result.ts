import type { RiskLevel } from '../../workload/gates.ts'
import type { LimitChart } from './limit-chart.ts'
import type { Limit } from './limit-result.ts'
import type { RefusedStrategy } from './result.ts'
import type { Refusal } from './risk-result.ts'

/** How far a workload can grow under each strategy before the risk gets worse. */
export interface LimitsResult {
  readonly schema: 'mshare-plan/limits/1'
  readonly scenario: { readonly name: string; readonly file: string; readonly fingerprint: string }
  readonly strategies: readonly StrategyLimits[]
  /** Strategies of which nothing can be planned. */
  readonly refused: readonly RefusedStrategy[]
  /** Figures of the pictures, for each number that something limits; absent with `--no-chart`. */
  readonly charts?: readonly LimitChart[]
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
