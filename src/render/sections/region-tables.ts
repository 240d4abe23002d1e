import { subjectOf } from '../../plan/result/outlook.ts'
import type { PlannedStrategy, Result } from '../../plan/result/result.ts'
import type { MshareResult, RegionResult } from '../../plan/result/table-result.ts'
import { exactBytes } from '../../units/format.ts'
import { byteColumn, exactColumn } from '../text/column.ts'
import { renderGrid } from '../text/grid.ts'
import type { Ink } from '../text/ink.ts'
import { brushesOf, named, widthOf, worded } from '../text/ink.ts'
import { mergeAlike } from '../text/merge-alike.ts'
import { hanging, wrap } from '../text/wrap.ts'
import { labelOf, levelsUsed, plannedIn, tablesAt } from './strategy.ts'

interface RegionRow {
  readonly label: string
  readonly region: RegionResult
}

/** One table per region: what mapping it costs all processes together under each strategy. */
export function regionTables(result: Result, ink: Ink): readonly string[] {
  const names = subjectOf(result)?.regions.map((region) => region.name) ?? []
  return names.flatMap((name, index) => [
    ...(index === 0 ? [] : ['']),
    ...regionTable(name, plannedIn(result), ink),
  ])
}

function regionTable(
  name: string,
  planned: readonly PlannedStrategy[],
  ink: Ink,
): readonly string[] {
  const all = planned.flatMap((strategy): readonly RegionRow[] => {
    const region = strategy.regions.find((each) => each.name === name)
    return region === undefined ? [] : [{ label: labelOf(strategy), region }]
  })
  const rows = mergeAlike(all, ({ region }) => JSON.stringify(region))
  const bytes = byteColumn(rows.map(({ region }) => region.bytes))
  const leaves = exactColumn(rows.map(({ region }) => region.leafEntryBytes))
  const levels = levelsUsed(rows.map(({ region }) => region.levels))
  const columns = [
    { title: 'Strategy', align: 'left' },
    { title: 'Tables', align: 'right' },
    { title: 'Leaf entries', align: 'right' },
    ...levels.map((level) => ({ title: level, align: 'right' }) as const),
  ] as const
  const cells = rows.map(({ label, region }, row) => {
    const mark = isExpected(region) ? '~' : ''
    return [
      label,
      `${mark}${bytes[row]}`,
      `${mark}${leaves[row]}`,
      ...levels.map((level) => tablesAt(region.levels, level)),
    ]
  })
  const title = wrap(
    `Region ${named(name, ink)}: page tables of all processes that map it`,
    widthOf(ink),
  )
  const grid = renderGrid(
    columns,
    cells.map((each) => ({ cells: each })),
    ink,
  )
  return [...title.map(brushesOf(ink).strong), ...grid, ...windows(all, ink)]
}

function isExpected(region: RegionResult): boolean {
  return Object.values(region.levels).some((level) => level.expectedTables !== undefined)
}

function windows(rows: readonly RegionRow[], ink: Ink): readonly string[] {
  return rows.flatMap(({ label, region }) =>
    region.mshare === undefined
      ? []
      : hanging(`  ${label}: `, worded(windowWords(region.mshare, ink), ink), widthOf(ink)),
  )
}

function windowWords(mshare: MshareResult, ink: Ink): string {
  return [
    `name ${named(mshare.name, ink)}`,
    `start ${named(mshare.start, ink)}`,
    `size ${exactBytes(mshare.size)}`,
    `mode ${named(mshare.mode, ink)}`,
    `owner ${named(mshare.owner, ink)}`,
  ].join(', ')
}
