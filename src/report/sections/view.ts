import type { LimitsResult } from '../../plan/result/limits-result.ts'
import { subjectOf } from '../../plan/result/outlook.ts'
import type { PlannedStrategy, Result } from '../../plan/result/result.ts'
import type { Workload } from '../../workload/workload.ts'
import type { WhatIf } from '../scenario/report-data.ts'

/** What one report shows. */
export interface View {
  readonly result: Result
  /** Absent while a value is still changing. */
  readonly limits?: LimitsResult
  readonly workload: Workload
  /** A value is still changing: limits, advice and findings are those of before. */
  readonly isChanging?: boolean
  readonly whatIf?: WhatIf
  /** Id of the strategy whose budget, page tables and addresses are shown. */
  readonly strategy: string
}

/** The strategy that is shown; the one that the result is about, if that cannot be planned. */
export function shownStrategy({ result, strategy }: View): PlannedStrategy | undefined {
  const planned = result.strategies.filter((one) => one.applies)
  return planned.find(({ id }) => id === strategy) ?? subjectOf(result)
}
