import { poolsMissing, poolsNeeded } from '../../host/pools.ts'
import type { NamedStrategy } from '../../sharing/catalogue.ts'
import { baseStrategy, strategiesOf } from '../../sharing/catalogue.ts'
import { partCopies } from '../../sharing/pool-copies.ts'
import { QuantityError } from '../../units/quantity.ts'
import type { Assumption, Workload } from '../../workload/workload.ts'
import type { RefusedStrategy } from '../result/result.ts'
import type { Outlook, Planned, Planning } from './strategy-result.ts'
import { outlookOf, planStrategy } from './strategy-result.ts'

/** A strategy planned, or refused. */
export type Attempt = Planned | { readonly result: RefusedStrategy }

export interface Attempts {
  /** Every strategy asked for, and the one that a gate judges. */
  readonly asked: readonly Attempt[]
  /** The yardstick for savings, asked for or not. */
  readonly basePages: Planned
  /** What gates would judge, where there is none and nobody asked for it. */
  readonly judged?: Attempt
}

/** Plans what is asked for, and what it is measured by. */
export function planAll(workload: Workload, assumptions: readonly Assumption[]): Attempts {
  const known = strategiesOf(workload.host.layout)
  const assumed = new Set(assumptions.map(({ path }) => path))
  const yardstick = planOne(workload, baseStrategy, assumed)
  if (!isPlanned(yardstick)) throw new RangeError('base pages can always be planned')
  const attempt = (id: string): Attempt => {
    const named = known.find((strategy) => strategy.id === id)
    if (named === undefined) return { result: notOnThisLayout(workload, id) }
    if (named.kind === 'base') return yardstick
    return planOne(workload, named, assumed, yardstick.pageTableBytes)
  }
  const ids = idsToPlan(workload, known)
  const { strategy } = workload.gates
  const beside = ids.includes(strategy) ? {} : { judged: attempt(strategy) }
  return { asked: ids.map(attempt), basePages: yardstick, ...beside }
}

/** Those asked for, and the one that a gate judges. */
function idsToPlan(
  { strategies, gates }: Workload,
  known: readonly NamedStrategy[],
): readonly string[] {
  const asked = strategies ?? known.map(({ id }) => id)
  const { strategy, ...metrics } = gates
  const judged = Object.keys(metrics).length > 0 ? [strategy] : []
  return [...new Set([...asked, ...judged])]
}

function notOnThisLayout({ host }: Workload, id: string): RefusedStrategy {
  const obstacles = [{ kind: 'layout', need: id, found: host.layout.id }] as const
  return { id, status: 'mainline', applies: false, obstacles }
}

/** Plans one strategy; without a yardstick its savings are 0. */
export function planOne(
  workload: Workload,
  named: NamedStrategy,
  assumed: ReadonlySet<string>,
  yardstick?: number,
): Attempt {
  const planning = prepared(workload, named, assumed)
  if ('result' in planning) return planning
  return planStrategy(yardstick === undefined ? planning : { ...planning, yardstick })
}

/**
 * What one strategy comes to for a workload that has been changed.
 * @returns `undefined` where it does not apply, or a number passes 2^53 − 1.
 */
export function tryPlan(workload: Workload, named: NamedStrategy): Outlook | undefined {
  const planned = planOrUnknown(() => workload, named)
  return planned === 'unknown' ? undefined : planned
}

/**
 * The same for a workload that is yet to be changed.
 * @returns `undefined` where there is no such workload, or the strategy does not apply to it;
 * `unknown` where a number passes 2^53 − 1.
 */
export function planOrUnknown(
  change: () => Workload | undefined,
  named: NamedStrategy,
): Outlook | 'unknown' | undefined {
  try {
    const workload = change()
    if (workload === undefined) return undefined
    const planning = prepared(workload, named, new Set())
    return 'result' in planning ? undefined : outlookOf(planning)
  } catch (error) {
    if (error instanceof QuantityError) return 'unknown'
    throw error
  }
}

function prepared(
  workload: Workload,
  named: NamedStrategy,
  assumed: ReadonlySet<string>,
): Planning | { readonly result: RefusedStrategy } {
  const arranged = named.arrange(workload)
  if (!arranged.applies) {
    const { obstacles } = arranged
    return { result: { id: named.id, status: named.status, applies: false, obstacles } }
  }
  const described = named.kind === 'described'
  const pools = described ? workload.host.hugepages : poolsNeeded(arranged.workload)
  const poolOrigin = described ? 'given' : 'derived'
  const missing = described ? poolsMissing(partCopies(workload)) : []
  return { named, arranged, means: { pools, poolOrigin, missing, assumed } }
}

/** True where the strategy was planned. */
export function isPlanned(attempt: Attempt): attempt is Planned {
  return 'arranged' in attempt
}
