import { formatBytes } from '../units/format.ts'
import { renderGrid } from './grid.ts'
import type { Ink } from './ink.ts'
import { brushesOf, named, widthOf } from './ink.ts'
import { wrap } from './wrap.ts'

/** A page-table layout as the list of layouts shows it. */
export interface LayoutRow {
  readonly id: string
  readonly title: string
  readonly pageBytes: number
  /** From the bottom; folded levels absent. */
  readonly levels: readonly {
    readonly name: string
    readonly tableBytes: number
    readonly entries: number
    /** Base pages that one table spans. */
    readonly reachPages: number
  }[]
  /** Base pages that a process may map. */
  readonly userPages: number
  /** From the smallest. */
  readonly hugePageBytes: readonly number[]
}

/** Every layout: its page sizes, its levels with what one table spans, its user address space. */
export function renderLayouts(rows: readonly LayoutRow[], ink: Ink): string {
  return rows.map((row) => `${block(row, ink).join('\n')}\n`).join('\n')
}

function block(row: LayoutRow, ink: Ink): readonly string[] {
  const spanOf = (pages: number) => formatBytes(BigInt(pages) * BigInt(row.pageBytes))
  const huge = row.hugePageBytes.map((size) => formatBytes(size)).join(', ')
  const facts = [
    `base page ${formatBytes(row.pageBytes)}`,
    `huge pages ${huge === '' ? 'none' : huge}`,
    `user space ${spanOf(row.userPages)}`,
  ]
  const columns = [
    { title: 'Level', align: 'left' },
    { title: 'Entries', align: 'right' },
    { title: 'One table', align: 'right' },
    { title: 'It spans', align: 'right' },
  ] as const
  const levels = row.levels.map((level) => ({
    cells: [
      level.name,
      String(level.entries),
      formatBytes(level.tableBytes),
      spanOf(level.reachPages),
    ],
  }))
  return [
    ...wrap(`${named(row.id, ink)}: ${named(row.title, ink)}`, widthOf(ink)).map(
      brushesOf(ink).strong,
    ),
    ...wrap(facts.join(', '), widthOf(ink)),
    ...renderGrid(columns, levels, ink),
  ]
}
