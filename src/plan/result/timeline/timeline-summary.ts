import type { RiskLevel } from '../../../workload/gates.ts'
import type { Refusal } from '../risk-result.ts'

/** What a plan says of the timeline of its scenario, as described. */
export interface TimelineSummary {
  /** Steps, the machine before the first one not counted. */
  readonly steps: number
  /** The first step with the most page tables; 0 is before the first one. */
  readonly peak: SummaryStep
  /** The first step with the least headroom. */
  readonly shortest: SummaryStep
}

/** A step that decides. */
export interface SummaryStep {
  readonly step: number
  /** Absent: it has none. */
  readonly name?: string
  readonly pageTablesBytes: number
  readonly headroomBytes: number
  /** The worst of the host's level and those of its cgroups. */
  readonly level: RiskLevel
  /** What keeps it from running so; absent where it runs. */
  readonly refusal?: Refusal
}
