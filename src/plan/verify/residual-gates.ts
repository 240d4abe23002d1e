import type { Threshold } from '../../workload/gates.ts'
import type { Comparison, GroupComparison, ResidualGate } from '../result/verify-result.ts'

/**
 * Judges the residual of each group and of PageTables, whatever its sign and cause. What was not
 * measured, or what baseTables were fitted to, does not hold: no data is never a pass.
 */
export function judgeResiduals(
  limit: Threshold | undefined,
  groups: readonly GroupComparison[],
  pageTables: Comparison | undefined,
): readonly ResidualGate[] {
  if (limit === undefined) return []
  return [
    ...groups.map((group) => ({
      ...judge(limit, group.compared && group.fitted !== true ? group : undefined),
      group: group.name,
    })),
    judge(limit, pageTables),
  ]
}

function judge(threshold: Threshold, compared: Comparison | undefined): ResidualGate {
  const gate = { metric: 'residual', unit: 'bytes' } as const
  if (compared === undefined) {
    const limit = threshold.kind === 'bytes' ? { limit: threshold.bytes } : {}
    return { ...gate, ...limit, holds: false }
  }
  const limit = limitOf(threshold, compared.measuredBytes)
  const actual = Math.abs(compared.residualBytes)
  return { ...gate, limit, actual, margin: limit - actual, holds: actual <= limit }
}

/** A share is one of what was measured, rounded to the strict side. */
function limitOf(threshold: Threshold, measuredBytes: number): number {
  return threshold.kind === 'bytes'
    ? threshold.bytes
    : Math.floor(threshold.fraction * measuredBytes)
}
