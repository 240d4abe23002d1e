import { describedStrategy } from '../../sharing/catalogue.ts'
import type { Bytes } from '../../units/quantity.ts'
import { count } from '../../units/quantity.ts'
import type { RiskLevel } from '../../workload/gates.ts'
import { riskLevels } from '../../workload/gates.ts'
import type { Workload } from '../../workload/workload.ts'
import { refusalIn } from '../result/refusal.ts'
import { tryPlan } from '../strategy/plans.ts'
import type { Outcome } from '../strategy/strategy-result.ts'

/** A workload as it would be, and what it comes to as described. */
export interface State {
  readonly workload: Workload
  readonly outcome: Outcome
}

/** Plans a workload as described; `undefined` where a number passes 2^53 − 1. */
export function stateOf(workload: Workload): State | undefined {
  const outcome = tryPlan(workload, describedStrategy)
  return outcome === undefined ? undefined : { workload, outcome }
}

/** How bad it is: the level of risk, and worst of all what does not start. */
export function rankOf({ outcome }: State): number {
  return refusalIn(outcome.memory) === undefined ? rankOfLevel(outcome.risk.level) : notStarting
}

const notStarting = riskLevels.length

export function rankOfLevel(level: RiskLevel): number {
  return riskLevels.indexOf(level)
}

/** True where the kernel finds fewer huge pages than are asked for. */
export function lacksRoom({ outcome, workload }: State): boolean {
  return outcome.memory.capacityBytes < 0 && workload.host.hugepages.length > 0
}

/** The workload with its pool of one size set to that many pages. */
export function withPool(workload: Workload, pageBytes: Bytes, pages: number): Workload {
  const others = workload.host.hugepages.filter((pool) => pool.pageBytes !== pageBytes)
  const isThere = others.length < workload.host.hugepages.length
  const pool = { pageBytes, count: count(pages, 'huge pages') }
  const hugepages = pages === 0 && !isThere ? others : [...others, pool]
  const sorted = hugepages.toSorted((one, other) => one.pageBytes - other.pageBytes)
  return { ...workload, host: { ...workload.host, hugepages: sorted } }
}
