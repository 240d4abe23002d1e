import type { Gates, Waiver } from '../../workload/gates.ts'
import type { Result } from '../result/result.ts'
import type { Earlier } from './baseline.ts'
import { baselineFor } from './baseline.ts'
import { checkedGates, comparedGates } from './checked-gates.ts'
import { judge, verdictOf } from './gates.ts'
import type { Baseline } from './growth.ts'
import type { Waivable } from './waivers.ts'
import { applyWaivers, withoutWaivers } from './waivers.ts'

/** A saved result, as far as it is judged again; what `readSaved` returns. */
export interface Saved extends Earlier {
  /** Memory that fractions refer to. */
  readonly host: { readonly memoryBytes: number }
  readonly findings: readonly Waivable[]
  readonly waivers: readonly Waiver[]
  /** Those that it was judged by. */
  readonly gates: Gates
  /** What its growth was measured from. */
  readonly baseline: Baseline
  /** Cases that it was judged in, too; absent: none. */
  readonly cases?: readonly SavedCase[]
  /** All that the file says of it. */
  readonly whole: object
}

/** A case of a saved result, as far as it is judged again. */
export interface SavedCase extends Pick<Saved, 'host' | 'strategies' | 'findings' | 'gates'> {
  readonly name: string
}

/** What a saved result is judged by today, besides its own gates. */
export interface JudgedBy {
  /** Gates in the place of its own, as `readGates` returns them; absent: its own. */
  readonly gates?: Omit<Gates, 'strategy'>
  /** Results to compare with, which page tables may not outgrow; absent: those it was compared with. */
  readonly earlier?: readonly Earlier[]
  /** The date in UTC, as `2027-01-31`, that waivers are judged by; absent: no waiver counts. */
  readonly today?: string
}

/**
 * The saved result with the verdict of today, as `check` gives it. It is judged by its own numbers, which
 * are not planned anew: findings, gates and verdict are replaced.
 */
export function checkSaved(saved: Saved, by: JudgedBy = {}): Result {
  const { earlier, today } = by
  const compared = comparedGates({ ...saved.gates, ...by.gates }, earlier !== undefined)
  const gates = checkedGates(compared)
  const baseline =
    earlier === undefined ? saved.baseline : baselineFor(saved.scenario, gates.strategy, earlier)
  const findings = applyWaivers(withoutWaivers(saved.findings), saved.waivers, today)
  const { strategies, host } = saved
  const judged = judge(gates, { strategies, findings, baseline, memoryBytes: host.memoryBytes })
  const all: Result['gates'] = [
    ...judged,
    ...(saved.cases ?? []).flatMap((one) => judgedIn(one, saved, by)),
  ]
  const judgement = { findings, gates: all, verdict: verdictOf(all) }
  // Everything else is as this program wrote it, and is only passed on.
  return { ...saved.whole, ...judgement } as Result
}

/** Growth of a case is not judged. */
function judgedIn(
  { name, host, strategies, findings, gates }: SavedCase,
  { waivers }: Saved,
  { gates: asked, today }: JudgedBy,
): Result['gates'] {
  const { growth: _, ...limits } = checkedGates({ ...gates, ...asked })
  const known = applyWaivers(withoutWaivers(findings), waivers, today)
  const evidence = { strategies, findings: known, memoryBytes: host.memoryBytes }
  return judge(limits, evidence).map((gate) => ({ ...gate, case: name }))
}
