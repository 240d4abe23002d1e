import { outlookOf, outlooks, outlookWithoutMshare, subjectOf } from '../../plan/result/outlook.ts'
import type { Result } from '../../plan/result/result.ts'

/**
 * Results in the order in which they want attention: a failed verdict, then what does not start,
 * then the graver risk, then what is worse without mshare, then the smaller part of memory that is
 * headroom; otherwise as they came.
 */
export function orderResults(results: readonly Result[]): readonly Result[] {
  const keyed = results.map((result) => ({
    result,
    fails: result.verdict === 'fail' ? 0 : 1,
    outlook: outlooks.indexOf(outlookOf(result)),
    released: outlooks.indexOf(outlookWithoutMshare(result) ?? outlookOf(result)),
    headroom: subjectOf(result)?.risk.headroomFraction ?? 0,
  }))
  return keyed
    .sort(
      (left, right) =>
        left.fails - right.fails ||
        left.outlook - right.outlook ||
        left.released - right.released ||
        left.headroom - right.headroom,
    )
    .map(({ result }) => result)
}
