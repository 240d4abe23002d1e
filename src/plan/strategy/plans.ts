import { poolsMissing, poolsNeeded } from '../../host/pools.ts'
import { arrangedBy } from '../../sharing/arranged.ts'
import { isOnBasePages } from '../../sharing/as-described.ts'
import type { NamedStrategy } from '../../sharing/catalogue.ts'
import { baseStrategy, describedStrategy, strategiesOf } from '../../sharing/catalogue.ts'
import { partCopies } from '../../sharing/pools/copies.ts'
import { QuantityError } from '../../units/quantity.ts'
import type { Assumption, Workload } from '../../workload/workload.ts'
import type { RefusedStrategy } from '../result/result.ts'
import { rememberedOutcome } from './remembered-outcomes.ts'
import type { Outcome, Planned, StrategyInput } from './strategy-result.ts'
import { identityOf, outcomeOf, planStrategy } from './strategy-result.ts'

/** A strategy planned, or refused. */
export type PlannedOrRefused = Planned | { readonly result: RefusedStrategy }

export interface Plans {
  /** Every strategy asked for, and the one that a gate judges. */
  readonly asked: readonly PlannedOrRefused[]
  /** What savings are measured by, asked for or not. */
  readonly basePages: Planned
  /** The strategy that a gate would judge, if no gate is set and it was not asked for. */
  readonly judged?: PlannedOrRefused
}

/** Plans what is asked for, and what it is measured by. */
export function planAll(workload: Workload, assumptions: readonly Assumption[]): Plans {
  const known = strategiesOf(workload.host.layout)
  const assumed = new Set(assumptions.map(({ path }) => path))
  const basePages = planOne(workload, baseStrategy, assumed)
  if (!isPlanned(basePages)) throw new RangeError('base pages can always be planned')
  const planned = (id: string): PlannedOrRefused => {
    const named = known.find((strategy) => strategy.id === id)
    if (named === undefined) return { result: notOnThisLayout(workload, id) }
    if (named.kind === 'base') return basePages
    if (named.kind === 'described' && isOnBasePages(workload)) {
      return asDescribed(workload, basePages)
    }
    return planOne(workload, named, assumed, basePages.pageTableBytes)
  }
  const ids = idsToPlan(workload, known)
  const { strategy } = workload.gates
  const beside = ids.includes(strategy) ? {} : { judged: planned(strategy) }
  return { asked: ids.map(planned), basePages, ...beside }
}

/** Base pages by another name, for a workload that has nothing else. */
function asDescribed(workload: Workload, { result, ...basePages }: Planned): Planned {
  return {
    ...basePages,
    named: describedStrategy,
    result: { ...result, ...identityOf(describedStrategy) },
    arranged: { ...basePages.arranged, workload },
    poolSetup: { ...basePages.poolSetup, poolOrigin: 'given' },
  }
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

/** Plans one strategy; without the bytes of base pages its savings are 0. */
export function planOne(
  workload: Workload,
  named: NamedStrategy,
  assumed: ReadonlySet<string>,
  basePageTableBytes?: number,
): PlannedOrRefused {
  const input = prepared(workload, named, assumed)
  if ('result' in input) return input
  const planned = planStrategy(
    basePageTableBytes === undefined ? input : { ...input, basePageTableBytes },
  )
  rememberedOutcome(named, workload, () => planned.outcome)
  return planned
}

/**
 * What one strategy comes to for a workload that has been changed.
 * @returns `undefined` where it does not apply, or a number passes 2^53 − 1.
 */
export function tryPlan(workload: Workload, named: NamedStrategy): Outcome | undefined {
  const planned = planOrUnknown(() => workload, named)
  return planned === 'unknown' ? undefined : planned
}

/** The same, with all that is published of a strategy. */
export function tryPlanWhole(workload: Workload, named: NamedStrategy): Planned | undefined {
  const planned = unlessTooLarge(() => planOne(workload, named, new Set()))
  return planned === 'unknown' || !isPlanned(planned) ? undefined : planned
}

/**
 * The same for a workload that is yet to be changed.
 * @returns `undefined` where there is no such workload, or the strategy does not apply to it;
 * `unknown` where a number passes 2^53 − 1.
 */
export function planOrUnknown(
  change: () => Workload | undefined,
  named: NamedStrategy,
): Outcome | 'unknown' | undefined {
  return unlessTooLarge(() => {
    const workload = change()
    if (workload === undefined) return undefined
    return rememberedOutcome(named, workload, () => {
      const input = prepared(workload, named, new Set())
      return 'result' in input ? undefined : outcomeOf(input)
    })
  })
}

function unlessTooLarge<T>(plan: () => T): T | 'unknown' {
  try {
    return plan()
  } catch (error) {
    if (error instanceof QuantityError) return 'unknown'
    throw error
  }
}

function prepared(
  workload: Workload,
  named: NamedStrategy,
  assumed: ReadonlySet<string>,
): StrategyInput | { readonly result: RefusedStrategy } {
  const arranged = arrangedBy(named, workload)
  if (!arranged.applies) {
    const { obstacles } = arranged
    return {
      result: { ...identityOf(named), status: named.status, applies: false, obstacles },
    }
  }
  const described = named.kind === 'described'
  const pools = described ? workload.host.hugepages : poolsNeeded(arranged.workload)
  const poolOrigin = described ? 'given' : 'derived'
  const missing = described ? poolsMissing(partCopies(workload)) : []
  return { named, arranged, poolSetup: { pools, poolOrigin, missing, assumed } }
}

/** True where the strategy was planned. */
export function isPlanned(one: PlannedOrRefused): one is Planned {
  return 'arranged' in one
}
