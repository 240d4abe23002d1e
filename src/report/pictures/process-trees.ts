import type { PlannedStrategy } from '../../plan/result/result.ts'
import type { RegionResult } from '../../plan/result/table-result.ts'
import { levelOrder } from '../../render/sections/strategy.ts'
import { processCount, quoted } from '../../render/text/amounts.ts'
import { formatBytes, formatCount } from '../../units/format.ts'
import type { Tagged } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'

/** How the processes of one strategy reach a region. */
type Reach = 'one-tree' | 'linked' | 'own'

const width = 760
const [boxWidth, boxHeight] = [234, 58]
const [leftOfTree, leftOfMemory] = [272, 546]
/** Regions with a picture; the table has all. */
const mostRegions = 3

/** Processes with their own page tables, what of them they share, and the memory that both map. */
export function processTrees(strategy: PlannedStrategy): Tagged {
  const regions = strategy.regions.toSorted((a, b) => b.bytes - a.bytes).slice(0, mostRegions)
  const [group] = strategy.groups.toSorted(
    (a, b) => b.processes * b.perProcess.bytes - a.processes * a.perProcess.bytes,
  )
  if (group === undefined || regions.length === 0) {
    return el('p', {}, 'There is no region that processes map together.')
  }
  const rows = Math.max(processes.length, regions.length)
  const height = rows * (boxHeight + 22) + 16
  const own = levelsText(group.perProcess.levels)
  const said = regions.map((region) => sentence(region, strategy)).join(' ')
  return el(
    'figure',
    { class: 'trees' },
    el(
      'svg',
      { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': said },
      ...regions.flatMap((region, index) => [
        ...processes.flatMap((_, row) =>
          row < 2 || group.processes > 2 ? arrows(region, index, row, strategy) : [],
        ),
      ]),
      ...processes.flatMap((place, row) =>
        row > 0 && group.processes <= row
          ? []
          : box(2, row, 'box-process', [
              `${place} process of ${quoted(group.name)}`,
              own,
              `own tables: ${formatBytes(group.perProcess.bytes)}`,
            ]),
      ),
      ...regions.flatMap((region, index) => regionBoxes(region, index, strategy)),
    ),
    el('figcaption', {}, `${processCount(group.processes)} of ${quoted(group.name)}. ${said}`),
  )
}

const processes = ['First', 'Second', 'Last'] as const

function reachOf(region: RegionResult, { faults }: PlannedStrategy): Reach {
  if (region.mshare !== undefined) return 'one-tree'
  // Faults that only link a table find one that another process made.
  return faults.link > 0 && region.levels.pte?.tables !== 0 ? 'linked' : 'own'
}

function sentence(region: RegionResult, strategy: PlannedStrategy): string {
  const name = quoted(region.name)
  const words: Readonly<Record<Reach, string>> = {
    'one-tree': `One tree of tables maps ${name} for all processes: ${formatBytes(region.bytes)}.`,
    linked: `Processes link the same pmd tables of ${name}; all tables of it take ${formatBytes(region.bytes)}.`,
    own: `Each process maps ${name} through tables of its own: ${formatBytes(region.bytes)} together${smallest(region)}.`,
  }
  return words[reachOf(region, strategy)]
}

/** Without pte tables, entries of higher levels map huge pages. */
function smallest({ levels }: RegionResult): string {
  return levels.pte === undefined || levels.pte.tables === 0 ? ', without pte tables' : ''
}

function regionBoxes(
  region: RegionResult,
  index: number,
  strategy: PlannedStrategy,
): readonly Tagged[] {
  const memory = box(leftOfMemory, index, 'box-memory', [
    `memory of ${quoted(region.name)}`,
    '',
    '',
  ])
  const reach = reachOf(region, strategy)
  if (reach === 'own') return memory
  const tables = Object.fromEntries(
    Object.entries(region.levels).map(([level, { tables: count }]) => [level, count]),
  )
  return [
    ...box(leftOfTree, index, 'box-tree', [
      reach === 'one-tree' ? 'one tree (proposed)' : 'shared pmd tables',
      levelsText(tables),
      formatBytes(region.bytes),
    ]),
    ...memory,
  ]
}

/** From a process to the tree that it shares and from there to memory, or straight to memory. */
function arrows(
  region: RegionResult,
  index: number,
  row: number,
  strategy: PlannedStrategy,
): readonly Tagged[] {
  const isOwn = reachOf(region, strategy) === 'own'
  const [from, to] = [middleOf(row), middleOf(index)]
  const line = (x1: number, y1: number, x2: number, y2: number): Tagged =>
    el('line', { class: isOwn ? 'arrow' : 'arrow shared', x1, y1, x2, y2 })
  return [
    line(2 + boxWidth, from, isOwn ? leftOfMemory : leftOfTree, to),
    ...(isOwn || row > 0 ? [] : [line(leftOfTree + boxWidth, to, leftOfMemory, to)]),
  ]
}

function middleOf(row: number): number {
  return row * (boxHeight + 22) + 8 + boxHeight / 2
}

function box(
  x: number,
  row: number,
  className: string,
  lines: readonly string[],
): readonly Tagged[] {
  const y = row * (boxHeight + 22) + 8
  const texts = lines.filter((line) => line !== '')
  return [
    el('rect', {
      class: `box ${className}`,
      x,
      y,
      width: Math.min(boxWidth, width - 2 - x),
      height: boxHeight,
      rx: 4,
    }),
    ...texts.map((line, index) =>
      el(
        'text',
        { class: index === 0 ? 'strong' : undefined, x: x + 8, y: y + 18 + index * 16 },
        cut(line),
      ),
    ),
  ]
}

/** Characters that a box has room for. */
const mostCharacters = 36

function cut(line: string): string {
  return line.length <= mostCharacters ? line : `${line.slice(0, mostCharacters - 1)}…`
}

/** `pgd 1, pud 1, pmd 300, pte 153,600`, from the top. */
function levelsText(levels: Readonly<Partial<Record<string, number>>>): string {
  return levelOrder
    .toReversed()
    .flatMap((name) => {
      const count = levels[name]
      return count === undefined || count === 0 ? [] : [`${name} ${formatCount(count)}`]
    })
    .join(', ')
}
