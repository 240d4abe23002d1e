import type { Gates, Waiver } from '../../workload/gates.ts'
import type { GateResult } from '../result/gate-result.ts'
import type { Result } from '../result/result.ts'
import type { Judged } from './gates.ts'
import { judge, verdictOf } from './gates.ts'
import type { Baseline } from './growth.ts'
import type { Waivable } from './waivers.ts'
import { applyWaivers, withoutWaivers } from './waivers.ts'

/** A saved result, as far as it is judged again. */
export interface Saved {
  readonly host: { readonly memoryBytes: number }
  readonly strategies: readonly Judged[]
  readonly findings: readonly Waivable[]
  readonly waivers: readonly Waiver[]
}

/** What a second judgement puts in the place of the first. */
export interface Judgement {
  readonly findings: readonly Waivable[]
  readonly gates: readonly GateResult[]
  readonly verdict: Result['verdict']
}

/**
 * Judges a saved result by its own numbers, which are not planned anew.
 * @param today the date that waivers are judged by; absent: no waiver counts.
 */
export function reJudge(
  saved: Saved,
  gates: Gates,
  baseline: Baseline,
  today: string | undefined,
): Judgement {
  const findings = applyWaivers(withoutWaivers(saved.findings), saved.waivers, today)
  const { strategies, host } = saved
  const judged = judge(gates, { strategies, findings, baseline, memoryBytes: host.memoryBytes })
  return { findings, gates: judged, verdict: verdictOf(judged) }
}
