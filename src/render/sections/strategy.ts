import type {
  PlannedStrategy,
  RefusedStrategy,
  Result,
  StrategyResult,
} from '../../plan/result/result.ts'
import { formatCount, formatDecimal } from '../../units/format.ts'

export type LevelName = keyof PlannedStrategy['pageTables']['levels']
export type Levels = PlannedStrategy['pageTables']['levels']

/** From the bottom, as the kernel names them. */
export const levelOrder: readonly LevelName[] = ['pte', 'pmd', 'pud', 'p4d', 'pgd']

/** What every number about mshare is accompanied by. */
export const proposedMeans = 'proposed: in no released kernel'

export function plannedIn(result: Result): readonly PlannedStrategy[] {
  return result.strategies.filter((strategy) => strategy.applies)
}

export function refusedIn(result: Result): readonly RefusedStrategy[] {
  return result.strategies.filter((strategy) => !strategy.applies)
}

/** The id, never without its label where the strategy is in no released kernel. */
export function labelOf(strategy: Pick<StrategyResult, 'id' | 'status'>): string {
  return strategy.status === 'proposed' ? `${strategy.id} (proposed)` : strategy.id
}

/** The same for a strategy that is only named. */
export function labelNamed(id: string, result: Result): string {
  return labelOf(result.strategies.find((strategy) => strategy.id === id) ?? asPublished(id))
}

function asPublished(id: string): Pick<StrategyResult, 'id' | 'status'> {
  return { id, status: id === 'mshare' ? 'proposed' : 'mainline' }
}

/** Levels that some of the strategies have; folded ones are absent. */
export function levelsUsed(all: readonly Partial<Record<LevelName, unknown>>[]): LevelName[] {
  return levelOrder.filter((name) => all.some((levels) => levels[name] !== undefined))
}

/** Tables of a level: a count, or the expectation marked `~`; empty where the level is folded. */
export function tablesAt(levels: Levels, name: LevelName): string {
  const level = levels[name]
  if (level === undefined) return ''
  const { tables, expectedTables } = level
  if (expectedTables === undefined) return formatCount(tables)
  return `~${formatDecimal(expectedTables, 2).replace(/\.00$/, '')}`
}

/** Whether chance decides how much the page tables take. */
export function isUncertain(amount: {
  readonly leastBytes: number
  readonly mostBytes: number
}): boolean {
  return amount.leastBytes !== amount.mostBytes
}
