import type { Standing } from '../../plan/result/outlook.ts'
import { standingOf, worstCgroups } from '../../plan/result/outlook.ts'
import type {
  PlannedStrategy,
  RefusedStrategy,
  Result,
  StrategyResult,
} from '../../plan/result/result.ts'
import { exactBytes, formatBytes, formatCount } from '../../units/format.ts'
import { sumBy } from '../../units/sum.ts'
import { isUncertain, labelOf } from '../sections/strategy.ts'
import { listed } from '../text/amounts.ts'
import type { Ink } from '../text/ink.ts'
import { named } from '../text/ink.ts'
import { shortObstacle } from '../words/short-obstacle-words.ts'
import { growthOf, reachText } from './how-far.ts'

/** One row of the comparison, and the strategies that print the same. */
export interface StrategyRow {
  readonly strategy: StrategyResult
  /** With `(proposed)`, and `*` where some regions stay as they are. */
  readonly label: string
  readonly content: Figures | Reason
  readonly alike: readonly StrategyResult[]
}

export interface Figures {
  /** Page tables, saved, headroom, safe to, at most, risk. */
  readonly cells: readonly string[]
  readonly standing: Standing
}

/** Why there are no figures. */
export interface Reason {
  readonly reason: string
}

/**
 * What is compared, in the order of intrusion: as described, huge pages by size, THP, threads, base
 * pages, what is proposed. Rows that print the same are one.
 */
export function strategyRows(result: Result, ink: Ink): readonly StrategyRow[] {
  const rows: StrategyRow[] = []
  for (const strategy of inOrder(result.strategies)) {
    const row = rowOf(strategy, result, ink)
    const index = rows.findIndex((other) => isAlike(other, row))
    const other = rows[index]
    if (other === undefined) rows.push(row)
    else rows[index] = { ...other, alike: [...other.alike, strategy] }
  }
  return rows
}

/** In the order of intrusion. */
const places: Readonly<Record<NonNullable<StrategyResult['kind']>, number>> = {
  described: 0,
  hugetlb: 1,
  thp: 2,
  threads: 3,
  base: 4,
  mshare: 5,
}

/** Huge pages by size; what the layout does not know comes last. */
function inOrder(strategies: readonly StrategyResult[]): readonly StrategyResult[] {
  const placeOf = ({ kind }: StrategyResult): number =>
    kind === undefined ? places.mshare : places[kind]
  return strategies.toSorted(
    (one, other) => placeOf(one) - placeOf(other) || (one.pageBytes ?? 0) - (other.pageBytes ?? 0),
  )
}

/** The same in every cell; a row of what exists never stands for what is proposed. */
function isAlike(one: StrategyRow, other: StrategyRow): boolean {
  return (
    one.strategy.status === other.strategy.status &&
    saying(one) === saying(other) &&
    ('reason' in one.content || isPart(one.strategy) === isPart(other.strategy))
  )
}

function saying({ content }: StrategyRow): string {
  if ('reason' in content) return content.reason
  // As described saves nothing; what saves nothing against it is like it.
  return content.cells.map((cell) => (cell === '0 B' ? '-' : cell)).join('\n')
}

function rowOf(strategy: StrategyResult, result: Result, ink: Ink): StrategyRow {
  const content = contentOf(strategy, result, ink)
  const label = `${labelOf(strategy)}${'cells' in content && isPart(strategy) ? ' *' : ''}`
  return { strategy, label, content, alike: [] }
}

/** True where some regions stay as they are. */
function isPart(strategy: StrategyResult): boolean {
  return strategy.applies && partialObstacles(strategy).length > 0
}

/** What keeps regions out of a strategy that is planned; a pool that is too small is no choice. */
export function partialObstacles({ obstacles, id }: PlannedStrategy): PlannedStrategy['obstacles'] {
  return id === 'as-described' ? [] : obstacles.filter(({ kind }) => kind !== 'not-mapped')
}

function contentOf(strategy: StrategyResult, result: Result, ink: Ink): Figures | Reason {
  if (!strategy.applies) return { reason: whyNot(strategy, result, ink) }
  const { memory } = strategy
  const standing = standingOf(strategy)
  if (standing === 'no-start') return { reason: `does not start: ${whyNoStart(strategy)}` }
  if (memory.capacityBytes < 0 && memory.pools.length > 0) {
    const bytes = sumBy(memory.pools, (pool) => pool.pages * pool.pageBytes)
    return { reason: `not possible: its pool of ${formatBytes(bytes)} exceeds memory` }
  }
  return { cells: cellsOf(strategy, ink), standing }
}

function cellsOf(strategy: PlannedStrategy, ink: Ink): readonly string[] {
  const { pageTables, memory, savings, risk } = strategy
  const mark = isUncertain(pageTables) ? '~' : ''
  const saved = savings.againstDescribedBytes ?? savings.bytes
  // What the others are compared with saves nothing itself.
  const isReference =
    strategy.id === (savings.againstDescribedBytes === undefined ? 'base-pages' : 'as-described')
  const [cgroup] = worstCgroups(strategy)
  const growing = growthOf(strategy)
  const reach = (bound: 'safe' | 'swapping'): string => {
    const found = growing?.[bound]
    if (growing === undefined || found?.atLeast) return '-'
    return reachText(growing, found ?? { value: 0 })
  }
  return [
    `${mark}${formatBytes(pageTables.bytes)}`,
    isReference ? '-' : `${saved === 0 ? '' : mark}${formatBytes(saved)}`,
    formatBytes(memory.headroomBytes),
    reach('safe'),
    reach('swapping'),
    cgroup === undefined ? risk.level : `${risk.level} in ${named(cgroup.name, ink)}`,
  ]
}

function whyNoStart({ memory }: PlannedStrategy): string {
  const short = memory.pools.filter(({ missingPages }) => missingPages > 0)
  const [first] = short
  if (short.length === 1 && first !== undefined) {
    const { missingPages } = first
    return `${formatCount(missingPages)} huge ${missingPages === 1 ? 'page is' : 'pages are'} missing`
  }
  if (short.length > 1) {
    const counts = short.map(
      ({ missingPages, pageBytes }) => `${formatCount(missingPages)} of ${exactBytes(pageBytes)}`,
    )
    return `huge pages are missing, ${listed(counts)}`
  }
  return memory.commit.mode === 'never'
    ? 'the kernel refuses more than CommitLimit'
    : 'the kernel refuses a request'
}

function whyNot({ obstacles }: RefusedStrategy, result: Result, ink: Ink): string {
  const [first, ...others] = obstacles
  if (first === undefined) {
    if (result.findings.some(({ kind }) => kind === 'mappings-unread')) {
      return 'not judged: mappings could not be read'
    }
    return 'not possible: there are no regions'
  }
  const short = shortObstacle(first, (text) => named(text, ink))
  const more = others.filter(({ region }) => region !== first.region).length
  const rest = more === 0 ? '' : `, and ${formatCount(more)} more`
  return `not possible: ${short}${rest}`
}
