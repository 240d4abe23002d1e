import type { RiskLevel, Severity } from '../../workload/gates.ts'
import type { Refusal } from './risk-result.ts'

/** One gate: what was asked, what the plan gives, whether it holds. */
export interface GateResult {
  readonly metric: GateMetric
  /** The case that is judged; absent: the scenario itself. */
  readonly case?: string
  /** The strategy that is judged. */
  readonly strategy: string
  /**
   * What the gate asks for. For findings, the severity that fails it, as every worse one does.
   * @unrounded
   */
  readonly limit: number | RiskLevel | Severity
  /**
   * Absent where it is not known, as of a strategy that could not be planned: it does not hold.
   * @unrounded
   */
  readonly actual?: number | RiskLevel | Severity | 'none'
  /**
   * How far inside the limit; negative outside. For risk and findings, in levels.
   * @unrounded
   */
  readonly margin?: number
  /** `fraction`: of the baseline, not rounded. */
  readonly unit: 'bytes' | 'fraction' | 'level'
  /** False also where the actual figure is unknown. */
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
