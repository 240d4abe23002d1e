import type { WaiverText } from '../scenario/schema/scenario-text.ts'
import type { RiskLevel, Severity } from '../workload/workload.ts'

/** Of a saved result, what it can be judged by again. Numbers are those that it was written with. */
export interface SavedText {
  readonly scenario: { readonly name: string; readonly file: string }
  readonly host: {
    readonly memoryBytes: number
    readonly swapBytes: number
    readonly pageBytes: number
  }
  readonly strategies: readonly (SavedStrategy | SavedRefusal)[]
  readonly findings: readonly SavedFinding[]
  readonly waivers?: readonly WaiverText[] | undefined
  readonly gates: readonly SavedGate[]
  /** What it would have been judged by, had there been a gate. */
  readonly judged?:
    | {
        readonly strategy: string
        readonly unasked?:
          | {
              readonly result: SavedStrategy | SavedRefusal
              readonly findings: readonly SavedFinding[]
            }
          | undefined
      }
    | undefined
}

export interface SavedRefusal {
  readonly id: string
  readonly applies: false
}

export interface SavedStrategy {
  readonly id: string
  readonly applies: true
  readonly pageTables: {
    readonly bytes: number
    readonly leastBytes: number
    readonly mostBytes: number
    readonly baseBytes: number
    readonly levels: Readonly<Record<string, { readonly bytes: number }>>
  }
  readonly memory: {
    readonly capacityBytes: number
    readonly demandBytes: number
    readonly headroomBytes: number
    readonly lines: readonly {
      readonly name: string
      readonly side: 'supply' | 'demand' | 'beside'
      readonly bytes: number
    }[]
    readonly pools: readonly { readonly missingPages: number }[]
    readonly commit: {
      readonly mode: 'heuristic' | 'always' | 'never'
      readonly committedBytes: number
      readonly limitBytes: number
      readonly largestRequestBytes: number
      readonly granted: boolean
    }
  }
  readonly risk: {
    readonly level: RiskLevel
    readonly hostLevel: RiskLevel
    readonly headroomFraction: number
    readonly unswappableBytes: number
    readonly cgroups: readonly {
      readonly limitBytes: number
      readonly demandBytes: number
      readonly headroomBytes: number
      readonly level: RiskLevel
    }[]
  }
}

export interface SavedFinding {
  readonly id: string
  readonly kind: string
  readonly severity: Severity
  readonly strategy?: string | undefined
}

/** A gate with the strategy that it judges; what came of it is judged anew. */
export type SavedGate = { readonly strategy: string } & (
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
