import { exactBytes, formatBytes } from '../units/format.ts'
import { renderGrid } from './text/grid.ts'
import type { Ink } from './text/ink.ts'
import { brushesOf, named, widthOf } from './text/ink.ts'
import { wrap } from './text/wrap.ts'

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
    /** Memory that the default kernel takes for that many tables of a process. */
    readonly allocation: { readonly tables: number; readonly bytes: number }
  }[]
  /** Base pages that a process may map. */
  readonly userPages: number
  /** From the smallest, with the level whose entries map them. */
  readonly hugePages: readonly { readonly bytes: number; readonly leaf: string }[]
  /** hugetlb shares pmd tables between processes. */
  readonly sharesPmdTables: boolean
}

/** Every layout: its page sizes, its levels with what one table spans, its user address space. */
export function renderLayouts(rows: readonly LayoutRow[], ink: Ink): string {
  return rows.map((row) => `${block(row, ink).join('\n')}\n`).join('\n')
}

function block(row: LayoutRow, ink: Ink): readonly string[] {
  const spanOf = (pages: number) => formatBytes(BigInt(pages) * BigInt(row.pageBytes))
  const huge = row.hugePages.map(({ bytes, leaf }) => `${exactBytes(bytes)} (${leaf})`).join(', ')
  const facts = [
    `base page ${exactBytes(row.pageBytes)}`,
    `huge pages ${huge === '' ? 'none' : huge}`,
    `user space ${spanOf(row.userPages)}`,
    `hugetlb ${row.sharesPmdTables ? 'shares' : 'does not share'} pmd tables between processes`,
  ]
  const columns = [
    { title: 'Level', align: 'left' },
    { title: 'Entries', align: 'right' },
    { title: 'One table', align: 'right' },
    { title: 'It spans', align: 'right' },
    { title: 'Allocated', align: 'left' },
  ] as const
  const levels = row.levels.map((level) => ({
    cells: [
      level.name,
      String(level.entries),
      formatBytes(level.tableBytes),
      spanOf(level.reachPages),
      allocated(level),
    ],
  }))
  return [
    ...wrap(`${named(row.id, ink)}: ${named(row.title, ink)}`, widthOf(ink)).map(
      brushesOf(ink).strong,
    ),
    ...wrap(facts.join('; '), widthOf(ink)),
    ...renderGrid(columns, levels, ink),
  ]
}

/** What a table takes where that is not its own size. */
function allocated({ tableBytes, allocation }: LayoutRow['levels'][number]): string {
  const { tables, bytes } = allocation
  if (tables === 1 && bytes === tableBytes) return 'alone'
  return tables === 1 ? exactBytes(bytes) : `${exactBytes(bytes)} for ${tables}`
}
