import type { RiskLevel, Severity, Waiver } from '../workload/gates.ts'

/** A result in a file, as far as it is judged again. Amounts are bytes. */
export interface SavedResult {
  readonly scenario: { readonly name: string; readonly file: string }
  readonly host: { readonly memoryBytes: number; readonly pageBytes: number }
  readonly strategies: readonly SavedPlan[]
  readonly findings: readonly SavedFinding[]
  readonly waivers?: readonly Waiver[] | undefined
  readonly gates: readonly SavedGate[]
  /** What gates on cases are about. */
  readonly cases?: readonly SavedCaseFigures[] | undefined
  /** Where values of the scenario are ranges: what strategies are judged by instead. */
  readonly ranges?: { readonly judged: readonly SavedPlan[] } | undefined
  /** The strategy that a gate would judge, where the scenario asked for none. */
  readonly judged?: SavedJudged | undefined
}

/** A case, as far as gates are about it. */
export interface SavedCaseFigures {
  readonly name: string
  readonly host: { readonly memoryBytes: number }
  readonly strategies: readonly SavedPlan[]
  readonly findings: readonly SavedFinding[]
}

interface SavedJudged {
  readonly strategy: string
  /** Its plan, where the scenario did not ask for that either. */
  readonly unasked?:
    | { readonly result: SavedPlan; readonly findings: readonly SavedFinding[] }
    | undefined
}

/** One strategy: refused, or planned. */
export type SavedPlan = { readonly id: string } & (
  | { readonly applies: false }
  | {
      readonly applies: true
      readonly pageTables: { readonly bytes: number }
      readonly memory: {
        readonly headroomBytes: number
        readonly pools: readonly { readonly missingPages: number }[]
        readonly commit: {
          readonly mode: 'heuristic' | 'always' | 'never'
          readonly granted: boolean
        }
      }
      readonly risk: { readonly level: RiskLevel }
    }
)

/** A finding in a file, as far as gates are about it. */
export interface SavedFinding {
  readonly id: string
  readonly kind: string
  readonly severity: Severity
  readonly strategy?: string | undefined
}

/** A gate with the strategy that it judges; what came of it is judged anew. */
export type SavedGate = { readonly strategy: string; readonly case?: string | undefined } & (
  | { readonly metric: 'risk' | 'riskGrowth'; readonly limit: RiskLevel }
  | { readonly metric: 'headroom' | 'pageTables'; readonly limit: number }
  | { readonly metric: 'findings'; readonly limit: Severity }
  | {
      readonly metric: 'growth'
      readonly unit: 'bytes' | 'fraction'
      readonly limit: number
      readonly baseline?: number
    }
)
