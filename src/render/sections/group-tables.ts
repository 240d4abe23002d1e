import { subjectOf } from '../../plan/result/outlook.ts'
import type { PlannedStrategy, Result } from '../../plan/result/result.ts'
import type { GroupResult } from '../../plan/result/table-result.ts'
import { formatCount } from '../../units/format.ts'
import { amounts } from '../text/amounts.ts'
import { byteColumn } from '../text/column.ts'
import { renderGrid } from '../text/grid.ts'
import type { Ink } from '../text/ink.ts'
import { brushesOf, named, widthOf, worded } from '../text/ink.ts'
import { mergeAlike } from '../text/merge-alike.ts'
import { hanging, wrap } from '../text/wrap.ts'
import { isUncertain, labelOf, levelsUsed, plannedIn } from './strategy.ts'

interface GroupRow {
  readonly label: string
  readonly group: GroupResult
}

/** One table per group: what one process of it pays under each strategy. */
export function groupTables(result: Result, ink: Ink): readonly string[] {
  const names = [...new Set(subjectOf(result)?.groups.map((group) => group.name))]
  return names.flatMap((name, index) => [
    ...(index === 0 ? [] : ['']),
    ...groupTable(name, plannedIn(result), ink),
  ])
}

function groupTable(
  name: string,
  planned: readonly PlannedStrategy[],
  ink: Ink,
): readonly string[] {
  const all = planned.flatMap((strategy): readonly GroupRow[] => {
    // Several where the huge-page pool holds the copies of some processes only.
    const parts = strategy.groups.filter((each) => each.name === name)
    return parts.map((group) => ({ label: labelOf(strategy), group }))
  })
  const rows = mergeAlike(all, ({ group }) => JSON.stringify(group))
  const processes = byteColumn(rows.map(({ group }) => group.perProcess.bytes))
  const vmPte = byteColumn(rows.map(({ group }) => group.perProcess.vmPteBytes))
  const levels = levelsUsed(rows.map(({ group }) => group.perProcess.levels))
  const columns = [
    { title: 'Strategy', align: 'left' },
    { title: 'Processes', align: 'right' },
    { title: 'Each', align: 'right' },
    { title: 'VmPTE', align: 'right' },
    ...levels.map((level) => ({ title: level, align: 'right' }) as const),
  ] as const
  const cells = rows.map(({ label, group }, row) => {
    const mark = isUncertain(group.perProcess) ? '~' : ''
    return [
      label,
      formatCount(group.processes),
      `${mark}${processes[row]}`,
      `${mark}${vmPte[row]}`,
      ...levels.map((level) => tables(group, level, mark)),
    ]
  })
  const { strong } = brushesOf(ink)
  const grid = renderGrid(
    columns,
    cells.map((each) => ({ cells: each })),
    ink,
  )
  const title = wrap(`Group ${named(name, ink)}: page tables of one process`, widthOf(ink)).map(
    strong,
  )
  return [...title, ...grid, ...ranges(rows, ink)]
}

function tables(
  group: GroupResult,
  level: keyof GroupResult['perProcess']['levels'],
  mark: string,
) {
  const count = group.perProcess.levels[level]
  return count === undefined ? '' : `${mark}${formatCount(count)}`
}

function ranges(rows: readonly GroupRow[], ink: Ink): readonly string[] {
  return rows
    .filter(({ group }) => isUncertain(group.perProcess))
    .flatMap(({ label, group }) => {
      const { bytes, leastBytes, mostBytes } = group.perProcess
      const [expected, least, most] = amounts(bytes, leastBytes, mostBytes)
      const text = `each ~${expected}, ${least} at least, ${most} at most`
      return hanging(`  ${label}: `, worded(text, ink), widthOf(ink))
    })
}
