import type { PlannedStrategy } from '../../plan/result/result.ts'
import type { RegionResult } from '../../plan/result/table-result.ts'
import { levelOrder } from '../../render/sections/strategy.ts'
import { processCount, quoted } from '../../render/text/amounts.ts'
import { formatBytes, formatCount } from '../../units/format.ts'
import { sumBy } from '../../units/sum.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Tagged } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'

/** How the processes of one strategy reach a region. */
type Reach = 'one-tree' | 'linked' | 'own'

const width = 760
const [boxWidth, boxHeight] = [234, 58]
const [leftOfTree, leftOfMemory] = [272, 546]
/** Regions with a picture; the table has all. */
const mostRegions = 3

/**
 * The group that is drawn: of those whose processes map memory together, the one with the most page tables.
 * Without such a group, the one with the most page tables.
 */
export function drawnGroup(
  { groups }: PlannedStrategy,
  workload: Workload,
): PlannedStrategy['groups'][number] | undefined {
  const sorted = groups.toSorted(
    (a, b) => b.processes * b.perProcess.bytes - a.processes * a.perProcess.bytes,
  )
  return sorted.find(({ name }) => sharedBy(name, workload).size > 0) ?? sorted[0]
}

/** Names of the regions that processes of a group map and that are no process's own. */
function sharedBy(groupName: string, { groups, regions }: Workload): ReadonlySet<string> {
  const maps = groups.find(({ name }) => name === groupName)?.maps ?? []
  const mapped = new Set(maps.filter((one) => !one.private).map(({ region }) => region))
  const shared = regions.filter(({ name, backing }) => mapped.has(name) && backing !== 'anonymous')
  return new Set(shared.map(({ name }) => name))
}

/** Processes with their own page tables, what of them they share, and the memory that both map. */
export function processTrees(strategy: PlannedStrategy, workload: Workload): Tagged {
  const group = drawnGroup(strategy, workload)
  const shared = group === undefined ? undefined : sharedBy(group.name, workload)
  const regions = strategy.regions
    .filter(({ name }) => shared?.has(name))
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, mostRegions)
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
              `${place} process`,
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

/** With hugetlb, what maps its pages at the pmd level may exist once, and is then in no process's own tables. */
function reachOf({ levels, mshare }: RegionResult, { groups, pageTables }: PlannedStrategy): Reach {
  if (mshare !== undefined) return 'one-tree'
  const { pte, pmd } = levels
  if (pte?.tables !== 0 || pmd === undefined || pmd.tables === 0) return 'own'
  const own = sumBy(groups, ({ processes, perProcess }) => processes * (perProcess.levels.pmd ?? 0))
  return pmd.tables <= (pageTables.levels.pmd?.tables ?? 0) - own ? 'linked' : 'own'
}

/** The tables that exist once: all of a tree, or of hugetlb those of one level. */
function onceOf({ levels, bytes }: RegionResult, reach: Reach): Once {
  const { pmd } = levels
  if (reach === 'linked' && pmd !== undefined)
    return { levels: { pmd: pmd.tables }, bytes: pmd.bytes }
  const all = Object.entries(levels).map(([level, { tables }]) => [level, tables])
  return { levels: Object.fromEntries(all), bytes }
}

interface Once {
  readonly levels: Readonly<Partial<Record<string, number>>>
  readonly bytes: number
}

function sentence(region: RegionResult, strategy: PlannedStrategy): string {
  const name = quoted(region.name)
  const reach = reachOf(region, strategy)
  const once = onceOf(region, reach)
  const words: Readonly<Record<Reach, string>> = {
    'one-tree': `One tree of tables maps ${name} for all processes: ${formatBytes(region.bytes)}.`,
    linked: `All processes map ${name} through the same ${formatCount(once.levels['pmd'] ?? 0)} pmd tables: ${formatBytes(once.bytes)}.`,
    own: `Each process maps ${name} through tables of its own: ${formatBytes(region.bytes)} together${smallest(region)}.`,
  }
  return words[reach]
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
  const { levels, bytes } = onceOf(region, reach)
  return [
    ...box(leftOfTree, index, 'box-tree', [
      reach === 'one-tree' ? 'one tree (proposed)' : 'shared pmd tables',
      levelsText(levels),
      formatBytes(bytes),
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
const mostCharacters = 31

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
