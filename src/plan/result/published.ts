import type { FailedScenario } from './failed-scenario.ts'
import type { LimitsResult } from './limits-result.ts'
import type { Result } from './result.ts'
import type { VerifyResult } from './verify-result.ts'
import type { DiffResult } from './what-if/diff-result.ts'
import type { SweepResult } from './what-if/sweep-result.ts'

/**
 * What `--format json` prints of plan, check, verify, limits, sweep and diff, of one scenario or several. Bytes and
 * counts are whole numbers.
 */
// test/scenarios/result-schema.test.ts makes docs/result.schema.json of it.
export type Published =
  | Result
  | Results
  | VerifyResult
  | VerifyList
  | LimitsResult
  | LimitsList
  | SweepResult
  | DiffResult

/** What a list says of scenarios that have no result. */
export interface WithFailures {
  /** Absent where every scenario has a result. */
  readonly failures?: readonly FailedScenario[]
}

/** Results of several scenarios, worst first. */
export interface Results extends WithFailures {
  readonly schema: 'mshare-plan/results/1'
  readonly results: readonly Result[]
}

/** Comparisons of several scenarios with what was measured, in the order of the command line. */
export interface VerifyList extends WithFailures {
  readonly schema: 'mshare-plan/verify-list/1'
  readonly scenarios: readonly VerifyResult[]
}

/** Limits of several scenarios, in the order of the command line. */
export interface LimitsList extends WithFailures {
  readonly schema: 'mshare-plan/limits-list/1'
  readonly scenarios: readonly LimitsResult[]
}
