import { describedStrategy } from '../../sharing/catalogue.ts'
import { canonicalJson } from '../../workload/identity.ts'
import type { Workload } from '../../workload/workload.ts'
import { plan } from '../plan.ts'
import { tool } from '../result/tool.ts'
import type { DiffResult, DiffSide, InputChange } from '../result/what-if/diff-result.ts'
import { effectsOf } from './effects.ts'
import type { Compared } from './figures.ts'
import { both, headroomOf, limitChanges, pageTablesOf, planIn, strategyChanges } from './figures.ts'
import { inputChanges } from './inputs.ts'
import { caseChanges, failingGates, growthChanges } from './outcomes.ts'
import { renamedAs } from './renames.ts'

/** A side: its result and, where it is a scenario, what it was planned from. */
export interface Side {
  readonly about: DiffSide
  readonly result: Compared
  readonly workload?: Workload
}

/** What changed from one side to the other, and what that does to the plan as described. */
export function diff(old: Side, to: Side): DiffResult {
  const { from, changes } = named(old, to)
  const [was, is] = [from, to].map(({ result }) => planIn(result, describedStrategy.id))
  const { fingerprint } = old.about
  const same =
    fingerprint !== undefined && fingerprint === to.about.fingerprint && isJudgedAlike(old, to)
  return {
    schema: 'mshare-plan/diff/1',
    tool,
    from: old.about,
    to: to.about,
    same,
    ...inputsAndEffects(from, to, changes, same),
    ...(was === undefined || is === undefined
      ? {}
      : { pageTables: pageTablesOf(was, is), headroom: headroomOf(was, is) }),
    strategies: strategyChanges(from.result, to.result),
    limits: was === undefined || is === undefined ? [] : limitChanges(was, is),
    cases: caseChanges(from.result, to.result),
    growth: growthChanges(from.result, to.result),
    gates: failingGates(from.result, to.result),
    verdict: both(from.result.verdict, to.result.verdict),
  }
}

/** A fingerprint leaves gates out; a saved result has its verdict in place of them. */
function isJudgedAlike(old: Side, to: Side): boolean {
  if (old.workload === undefined || to.workload === undefined) {
    return old.result.verdict === to.result.verdict
  }
  return canonicalJson(old.workload.gates) === canonicalJson(to.workload.gates)
}

/** The old side with the names of the new one, so that what was renamed is compared with itself. */
function named(
  old: Side,
  to: Side,
): { readonly from: Side; readonly changes: readonly InputChange[] } {
  if (old.workload === undefined || to.workload === undefined) return { from: old, changes: [] }
  const { workload, changes } = renamedAs(old.workload, to.workload)
  if (changes.length === 0) return { from: old, changes }
  // Names are in figures of its strategies alone.
  const { cases: _, growth: __, ...rest } = workload
  const ids = old.result.strategies.map(({ id }) => id)
  const { strategies } = plan({ ...rest, strategies: ids }, { name: old.about.name })
  return { from: { ...old, workload, result: { ...old.result, strategies } }, changes }
}

function inputsAndEffects(
  { workload: from }: Side,
  { workload: to }: Side,
  renames: readonly InputChange[],
  same: boolean,
): Pick<DiffResult, 'inputs' | 'effects'> {
  if (from === undefined || to === undefined) return same ? { inputs: [], effects: [] } : {}
  return { inputs: [...renames, ...inputChanges(from, to)], effects: effectsOf(from, to) }
}
