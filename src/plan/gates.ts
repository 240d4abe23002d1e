import type { Gates, RiskLevel, Threshold } from '../workload/workload.ts'
import { riskLevels } from '../workload/workload.ts'
import type { GateResult, PlannedStrategy, Result, StrategyResult } from './result.ts'

/**
 * Judges what must hold. A gate on a strategy that could not be planned does not hold: no data is
 * never a pass.
 * @param memory host memory in bytes, which fractions refer to.
 */
export function judge(
  gates: Gates,
  strategies: readonly StrategyResult[],
  memory: number,
): readonly GateResult[] {
  const { strategy } = gates
  const found = strategies.find(({ id }) => id === strategy)
  // A region that cannot be mapped: the plan is of something that will not run.
  const runs =
    found?.applies === true && found.memory.pools.every((pool) => pool.missingPages === 0)
  const planned = runs ? found : undefined
  const results: GateResult[] = []
  if (gates.risk !== undefined) results.push(judgeRisk(strategy, gates.risk, planned))
  if (gates.headroom !== undefined) {
    const limit = bytesOf(gates.headroom, memory, Math.ceil)
    const actual = planned?.memory.headroomBytes
    const margin = actual === undefined ? undefined : actual - limit
    results.push(judgeBytes('headroom', strategy, limit, actual, margin))
  }
  if (gates.pageTables !== undefined) {
    const limit = bytesOf(gates.pageTables, memory, Math.floor)
    const actual = planned?.pageTables.bytes
    const margin = actual === undefined ? undefined : limit - actual
    results.push(judgeBytes('pageTables', strategy, limit, actual, margin))
  }
  return results
}

/** `none` without gates, otherwise whether all hold. */
export function verdictOf(gates: readonly Pick<GateResult, 'holds'>[]): Result['verdict'] {
  if (gates.length === 0) return 'none'
  return gates.every(({ holds }) => holds) ? 'pass' : 'fail'
}

/** A fraction of memory in whole bytes, rounded to the strict side. */
function bytesOf(threshold: Threshold, memory: number, round: (value: number) => number): number {
  return threshold.kind === 'bytes' ? threshold.bytes : round(threshold.fraction * memory)
}

function judgeRisk(
  strategy: string,
  limit: RiskLevel,
  planned: PlannedStrategy | undefined,
): GateResult {
  const gate = { metric: 'risk', strategy, limit, unit: 'level' } as const
  if (planned === undefined) return { ...gate, holds: false }
  const actual = planned.risk.level
  const margin = riskLevels.indexOf(limit) - riskLevels.indexOf(actual)
  return { ...gate, actual, margin, holds: margin >= 0 }
}

function judgeBytes(
  metric: 'headroom' | 'pageTables',
  strategy: string,
  limit: number,
  actual: number | undefined,
  margin: number | undefined,
): GateResult {
  const gate = { metric, strategy, limit, unit: 'bytes' } as const
  if (actual === undefined || margin === undefined) return { ...gate, holds: false }
  return { ...gate, actual, margin, holds: margin >= 0 }
}
