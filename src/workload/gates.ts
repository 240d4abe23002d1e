import type { Bytes } from '../units/quantity.ts'

/** What must hold. An absent gate is not judged. */
export interface Gates {
  readonly risk?: RiskLevel
  /** Least headroom: bytes, or a fraction of host memory. */
  readonly headroom?: Threshold
  /** Most page tables: bytes, or a fraction of host memory. */
  readonly pageTables?: Threshold
  /** Every finding of this severity, or a worse one, needs a waiver. */
  readonly findings?: Severity
  /** Most growth of page tables over a baseline: bytes, or a fraction of the baseline. All hold. */
  readonly growth?: readonly Threshold[]
  /** Names of cases in which they must hold too; absent: none. */
  readonly cases?: readonly string[]
  /** Id of the strategy that is judged. */
  readonly strategy: string
}

/** An amount: bytes, or a fraction of what it is compared with, from 0 to 1. */
export type Threshold =
  | { readonly kind: 'bytes'; readonly bytes: Bytes }
  | { readonly kind: 'fraction'; readonly fraction: number }

/** How much a finding matters, the least first: `error` breaks the plan, `warning` may, `note` explains. */
export const severities = ['note', 'warning', 'error'] as const
/** How much a finding matters. */
export type Severity = (typeof severities)[number]

/** A finding that is accepted, until when and why. */
export interface Waiver {
  /** Id of the finding, `MSP005`. */
  readonly finding: string
  /** The last day on which it counts, in UTC, as `2027-01-31`. */
  readonly until: string
  /** Why it is accepted. */
  readonly reason: string
}

/** Levels of risk, the best first. */
export const riskLevels = ['safe', 'tight', 'swapping', 'oom'] as const
/** What happens to memory: enough with a reserve, enough, swapping, out of memory. */
export type RiskLevel = (typeof riskLevels)[number]
