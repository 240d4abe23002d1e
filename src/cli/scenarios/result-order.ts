import type { PlannedStrategy, Result } from '../../plan/result/result.ts'
import { riskLevels } from '../../workload/gates.ts'

/**
 * Results in the order in which they want attention: a failed verdict, then the graver risk, then
 * the smaller headroom; otherwise as they came. Risk and headroom are those of `as-described`, or
 * of the first strategy that was planned where that one was not asked for.
 */
export function orderResults(results: readonly Result[]): readonly Result[] {
  return [...results].sort(
    (left, right) =>
      Number(right.verdict === 'fail') - Number(left.verdict === 'fail') ||
      gravity(right) - gravity(left) ||
      headroom(left) - headroom(right),
  )
}

function gravity(result: Result): number {
  const subject = subjectOf(result)
  return subject === undefined ? riskLevels.length : riskLevels.indexOf(subject.risk.level)
}

function headroom(result: Result): number {
  return subjectOf(result)?.risk.headroomFraction ?? 0
}

function subjectOf(result: Result): PlannedStrategy | undefined {
  const planned = result.strategies.filter((strategy) => strategy.applies)
  return planned.find(({ id }) => id === 'as-described') ?? planned[0]
}
