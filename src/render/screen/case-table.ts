import type { Standing } from '../../plan/result/outlook.ts'
import { standingOf } from '../../plan/result/outlook.ts'
import type { CaseResult, PlannedStrategy, Result } from '../../plan/result/result.ts'
import { formatBytes, formatCount } from '../../units/format.ts'
import { labelOf } from '../sections/strategy.ts'
import type { Ink } from '../text/ink.ts'
import { named, widthOf } from '../text/ink.ts'
import { displayWidth } from '../text/width.ts'
import { wrap } from '../text/wrap.ts'
import { standingCell } from '../words/standing-words.ts'
import type { PlainRow } from './plain-table.ts'
import { plainTable } from './plain-table.ts'

/** One column: the scenario itself, or a case. */
type Column = Pick<CaseResult, 'name' | 'strategies'>

/** Cases that have a row of their own where they are too many for columns. */
const mostRows = 8

/** The cases of a scenario as columns, or as rows, the worst first, where the line is too short. */
export function caseTable(
  result: Result,
  cases: readonly CaseResult[],
  ink: Ink,
): readonly string[] {
  const shown = cases.map((one) => ({ ...one, name: named(one.name, ink) }))
  const columns: readonly Column[] = [
    { name: 'as written', strategies: result.strategies },
    ...shown,
  ]
  const titles = ['Case', ...columns.map(({ name }) => name)]
  const lines = plainTable(titles, rowsOf(result, columns), ink)
  const isWide = lines.some((line) => displayWidth(line) > widthOf(ink))
  return isWide ? asRows(columns, ink) : lines
}

/** Figures as described, then the risk of the other strategies; those that are alike are one row. */
function rowsOf({ strategies }: Result, columns: readonly Column[]): readonly PlainRow[] {
  const ids = strategies.filter(({ id }) => id !== described).map(({ id }) => id)
  const risks = new Map<string, string[]>()
  const same = columns.map((column) => standingCell(standingIn(column, described)))
  for (const id of ids) {
    const cells = columns.map((column) => standingCell(standingIn(column, id)))
    const isKnown = cells.some((cell) => cell !== '-')
    if (!isKnown || cells.every((cell, index) => cell === same[index])) continue
    const label = labelOf(strategies.find((one) => one.id === id) ?? { id, status: 'mainline' })
    const key = JSON.stringify(cells)
    risks.set(key, [...(risks.get(key) ?? []), label])
  }
  return [
    ...figures.flatMap(([label, figure]) => {
      const cells = columns.map((column) => figure(planned(column, described)))
      return cells.every((cell) => cell === '-') ? [] : [{ label, cells }]
    }),
    ...[...risks].map(([key, labels]) => ({
      label: `Risk: ${labels.join(', ')}`,
      cells: JSON.parse(key) as readonly string[],
    })),
  ]
}

const described = 'as-described'

type Figure = (strategy: PlannedStrategy | undefined) => string

const figures: readonly (readonly [label: string, figure: Figure])[] = [
  ['Page tables', (one) => (one === undefined ? '-' : tablesText(one.pageTables))],
  ['Headroom', (one) => (one === undefined ? '-' : formatBytes(one.memory.headroomBytes))],
  ['Risk', (one) => standingCell(one === undefined ? undefined : standingOf(one))],
]

function tablesText({ bytes, leastBytes, mostBytes }: PlannedStrategy['pageTables']): string {
  return `${leastBytes === mostBytes ? '' : '~'}${formatBytes(bytes)}`
}

function planned({ strategies }: Column, id: string): PlannedStrategy | undefined {
  const found = strategies.find((one) => one.id === id)
  return found?.applies === true ? found : undefined
}

function standingIn(column: Column, id: string): Standing | undefined {
  const found = planned(column, id)
  return found === undefined ? undefined : standingOf(found)
}

const worstFirst: readonly (Standing | undefined)[] = [
  ...['no-start', 'oom', 'swapping', 'tight', 'safe'],
  undefined,
] as readonly (Standing | undefined)[]

function asRows([own, ...cases]: readonly Column[], ink: Ink): readonly string[] {
  const rank = (column: Column): number => worstFirst.indexOf(standingIn(column, described))
  const worst = cases.toSorted((a, b) => rank(a) - rank(b)).slice(0, mostRows)
  const rows = [...(own === undefined ? [] : [own]), ...worst].map((column) => ({
    label: column.name,
    cells: figures.map(([, figure]) => figure(planned(column, described))),
  }))
  const more = cases.length - worst.length
  const others = more === 1 ? '1 more case is' : `${formatCount(more)} more cases are`
  const rest = `${others} no worse: --format json has all of them.`
  return [
    ...plainTable(['Case', ...figures.map(([label]) => label)], rows, ink),
    ...(more === 0 ? [] : wrap(rest, widthOf(ink))),
  ]
}
