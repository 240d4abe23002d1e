import type { RiskLevel } from '../../workload/gates.ts'
import type { GateResult } from '../result/gate-result.ts'
import type { Limit } from '../result/limit-result.ts'
import type { BudgetLine, Memory } from '../result/memory-result.ts'
import { standingOf } from '../result/outlook.ts'
import type { Starting } from '../result/refusal.ts'
import type {
  LimitChange,
  PlanChange,
  StrategyChange,
  Total,
  TotalLine,
} from '../result/what-if/diff-result.ts'
import type { GrowthResult, StrategyGrowth } from '../result/what-if/growth-result.ts'

/**
 * As much of a result as is compared. A saved one may lack what is optional here: then the parts of
 * its totals are unknown.
 */
export interface Compared {
  readonly strategies: readonly ComparedStrategy[]
  readonly cases?: readonly ComparedCase[]
  readonly growth?: ComparedGrowth
  readonly gates?: readonly GateResult[]
  readonly verdict: 'pass' | 'fail' | 'none'
}

export type ComparedStrategy =
  | { readonly id: string; readonly applies: false }
  | ({ readonly id: string; readonly applies: true } & ComparedPlan)

export interface ComparedCase extends Pick<Compared, 'strategies'> {
  readonly name: string
}

/** Days of growth that are compared. */
export const dayKeys = ['notSafeFrom', 'swapsFrom', 'diesFrom', 'safeAgainFrom'] as const

export type ComparedGrowth = Pick<GrowthResult, 'until'> & {
  readonly strategies: readonly (Pick<StrategyGrowth, 'id' | (typeof dayKeys)[number]> & {
    readonly end?: { readonly date: string }
  })[]
}

export interface ComparedPlan {
  readonly risk: { readonly level: RiskLevel }
  readonly pageTables: { readonly bytes: number; readonly baseBytes?: number }
  readonly regions?: readonly { readonly name: string; readonly bytes: number }[]
  readonly memory: Pick<Memory, 'headroomBytes'> &
    Starting & { readonly lines?: readonly Pick<BudgetLine, 'name' | 'side' | 'bytes'>[] }
  readonly limits?: readonly Limit[]
}

export function planIn(
  { strategies }: Pick<Compared, 'strategies'>,
  id: string,
): ComparedPlan | undefined {
  const found = strategies.find((one) => one.id === id)
  return found?.applies ? found : undefined
}

/** Page tables by region; what is no region's is base tables, and tables at the top. */
export function pageTablesOf(from: ComparedPlan, to: ComparedPlan): Total {
  return totalOf(from.pageTables.bytes, to.pageTables.bytes, tableLines(from), tableLines(to))
}

function tableLines({
  pageTables: { bytes, baseBytes },
  regions,
}: ComparedPlan): Lines | undefined {
  if (regions === undefined || baseBytes === undefined) return undefined
  const lines = new Map<string, number>()
  for (const region of regions) add(lines, `region ${region.name}`, region.bytes)
  add(lines, 'base tables of processes', baseBytes)
  const named = [...lines.values()].reduce((sum, each) => sum + each, 0)
  add(lines, 'top level of processes', bytes - named)
  return lines
}

/** Headroom by the lines of the budget: what is needed counts against it. */
export function headroomOf(from: ComparedPlan, to: ComparedPlan): Total {
  const { memory: before } = from
  const { memory: after } = to
  return totalOf(before.headroomBytes, after.headroomBytes, budgetLines(before), budgetLines(after))
}

function budgetLines({ headroomBytes, lines: all }: ComparedPlan['memory']): Lines | undefined {
  if (all === undefined) return undefined
  const lines = new Map<string, number>()
  for (const { name, side, bytes } of all) {
    if (side === 'supply') add(lines, name, bytes)
    if (side === 'demand') add(lines, name, -bytes)
  }
  const named = [...lines.values()].reduce((sum, each) => sum + each, 0)
  // Each line is rounded by itself.
  if (named !== headroomBytes) add(lines, 'rounding', headroomBytes - named)
  return lines
}

type Lines = Map<string, number>

function add(lines: Lines, name: string, bytes: number): void {
  lines.set(name, (lines.get(name) ?? 0) + bytes)
}

function totalOf(
  fromBytes: number,
  toBytes: number,
  before: Lines | undefined,
  after: Lines | undefined,
): Total {
  const names = before && after ? new Set([...after.keys(), ...before.keys()]) : []
  const lines = [...names].flatMap((name): TotalLine[] => {
    const [was, is] = [before?.get(name), after?.get(name)]
    const changeBytes = (is ?? 0) - (was ?? 0)
    if (changeBytes === 0) return []
    return [
      {
        name,
        ...(was === undefined ? {} : { fromBytes: was }),
        ...(is === undefined ? {} : { toBytes: is }),
        changeBytes,
      },
    ]
  })
  return { fromBytes, toBytes, changeBytes: toBytes - fromBytes, lines }
}

/** Strategies whose figures or risk are others. */
export function strategyChanges(from: Compared, to: Compared): readonly StrategyChange[] {
  const ids = new Set([...to.strategies, ...from.strategies].map(({ id }) => id))
  return [...ids].flatMap((id) => {
    const change = planChange(planIn(from, id), planIn(to, id))
    return Object.values(change).every(isEqual) ? [] : [{ id, ...change }]
  })
}

/** A plan on both sides, the same or not. */
export function planChange(
  was: ComparedPlan | undefined,
  is: ComparedPlan | undefined,
): PlanChange {
  return {
    pageTableBytes: both(was?.pageTables.bytes, is?.pageTables.bytes),
    headroomBytes: both(was?.memory.headroomBytes, is?.memory.headroomBytes),
    risk: both(was && standingOf(was), is && standingOf(is)),
  }
}

export function isEqual({ from, to }: { readonly from?: unknown; readonly to?: unknown }): boolean {
  return from === to
}

export function both<T>(
  from: T | undefined,
  to: T | undefined,
): { readonly from?: T; readonly to?: T } {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

/** Limits that are others, of what both sides ask or one of them. */
export function limitChanges(
  { limits: before = [] }: ComparedPlan,
  { limits: after = [] }: ComparedPlan,
): readonly LimitChange[] {
  const keyOf = ({ metric, group = '', region = '' }: Limit): string =>
    [metric, group, region].join('\n')
  const all = new Map([...after, ...before].map((limit) => [keyOf(limit), limit]))
  return [...all].flatMap(([key, { metric, group, region, unit }]) => {
    const [was, is] = [before, after].map((list) => list.find((one) => keyOf(one) === key))
    return (['safe', 'tight', 'swapping'] as const).flatMap((level): LimitChange[] => {
      const change = both(was?.[level]?.value, is?.[level]?.value)
      if (isEqual(change)) return []
      const about = {
        ...(group === undefined ? {} : { group }),
        ...(region === undefined ? {} : { region }),
      }
      return [{ metric, ...about, unit, level, ...change }]
    })
  })
}
