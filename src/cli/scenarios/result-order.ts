import { outlookOf, outlooks, outlookWithoutMshare, subjectOf } from '../../plan/result/outlook.ts'
import type { Result } from '../../plan/result/result.ts'

/**
 * Results are shown in the order in which they want attention, the smaller rank first: a failed
 * verdict, then what does not start, then the graver risk, then what is worse without mshare, then the
 * smaller part of memory that is headroom; otherwise as they came.
 */
export function rankOf(result: Result): readonly number[] {
  return [
    result.verdict === 'fail' ? 0 : 1,
    outlooks.indexOf(outlookOf(result)),
    outlooks.indexOf(outlookWithoutMshare(result) ?? outlookOf(result)),
    subjectOf(result)?.risk.headroomFraction ?? 0,
  ]
}
