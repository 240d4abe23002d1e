import type { PlannedStrategy } from '../../plan/result/result.ts'
import type { LevelName } from '../../render/sections/strategy.ts'
import { isUncertain, levelsUsed, tablesAt } from '../../render/sections/strategy.ts'
import { formatBytes, formatShare } from '../../units/format.ts'
import type { Tagged } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'
import { table } from '../markup/table.ts'
import { rounded } from './frame.ts'

const width = 240

/** Page tables of one strategy by level, from the bottom, as the kernel names them. */
export function levelBars({ pageTables }: PlannedStrategy): Tagged {
  const { levels, baseBytes, bytes, onceBytes } = pageTables
  const rows = [
    ...levelsUsed([levels]).map((name) => ({
      name: levelWords[name],
      tables: tablesAt(levels, name),
      bytes: levels[name]?.bytes ?? 0,
    })),
    { name: "programs' own tables (baseTables)", tables: '', bytes: baseBytes },
  ]
  const most = Math.max(1, ...rows.map((row) => row.bytes))
  const mark = isUncertain(pageTables) ? '~' : ''
  return el(
    'figure',
    { class: 'levels' },
    table(
      ['Level', 'Tables', 'Memory', 'Share', ''],
      [
        ...rows.map((row) => [
          row.name,
          row.tables,
          formatBytes(row.bytes),
          formatShare(bytes === 0 ? 0 : row.bytes / bytes),
          bar(row.bytes / most),
        ]),
        ['all page tables', '', `${mark}${formatBytes(bytes)}`, '', ''],
      ],
      { numbers: [1, 2, 3], caption: 'Page tables by level' },
    ),
    el(
      'figcaption',
      {},
      onceBytes === 0
        ? 'Each process has page tables of its own.'
        : `${formatBytes(onceBytes)} of it exist once, however many processes there are.`,
    ),
  )
}

const levelWords: Readonly<Record<LevelName, string>> = {
  pte: 'pte: maps base pages',
  pmd: 'pmd: maps pte tables, or huge pages',
  pud: 'pud: maps pmd tables, or huge pages',
  p4d: 'p4d: maps pud tables',
  pgd: 'pgd: the top table of each process',
}

function bar(part: number): Tagged {
  return el(
    'svg',
    { viewBox: `0 0 ${width} 14`, width, height: 14, 'aria-hidden': 'true' },
    el('rect', {
      class: 'part part-page-tables',
      width: part === 0 ? 0 : Math.max(1, rounded(part * width)),
      height: 14,
    }),
  )
}
