import type { Layout, LevelName } from '../../geometry/layout.ts'
import { levelOf } from '../../geometry/layout.ts'
import type { Task, TaskDump } from './log/report.ts'

/** Levels whose tables the list counts: all that VmPTE counts, or those of nr_ptes, nr_pmds, nr_puds. */
const counted = ['pte', 'pmd', 'pud'] as const satisfies readonly LevelName[]

/** Page tables of a process by the list, in bytes. */
export function listedBytes({ tableBytes, tables }: Task, layout: Layout): number {
  if (tables === undefined) return tableBytes ?? 0
  return counted.reduce((sum, name) => {
    return sum + (tables[name] ?? 0) * sizeOf(layout, name)
  }, 0)
}

/**
 * Levels that exist in a process and that the list does not count: before Linux 4.15 pud tables, before 4.0
 * pmd tables as well.
 */
export function uncountedLevels({ tasks, tables }: TaskDump, layout: Layout): readonly LevelName[] {
  if (tables !== 'counts') return []
  const first = tasks[0]?.tables
  return counted.filter(
    (name) =>
      levelOf(layout, name) !== undefined &&
      ((name === 'pmd' && first?.pmd === undefined) ||
        (name === 'pud' && first?.pud === undefined)),
  )
}

/** Tables of a level that a program has for itself: one for its code, one for stack and libraries. */
const ownEach = 2

/** What the uncounted levels take in a process that maps nothing more, in bytes. */
export function ownUncounted(levels: readonly LevelName[], layout: Layout): number {
  return levels.reduce((sum, name) => sum + ownEach * sizeOf(layout, name), 0)
}

/** Bytes of tables that so many spans of a pte table take, from the start of a mapping: by level. */
export function spanBytes(
  spans: number,
  layout: Layout,
  without: readonly LevelName[] = [],
): number {
  const reach = levelOf(layout, 'pte')?.reach ?? 1
  return counted.reduce((sum, name) => {
    const level = levelOf(layout, name)
    if (level === undefined || without.includes(name)) return sum
    return sum + Math.ceil((spans * reach) / level.reach) * level.tableBytes
  }, 0)
}

/** The most spans whose tables take no more than so many bytes. */
export function spansIn(bytes: number, layout: Layout, without: readonly LevelName[]): number {
  let [least, most] = [0, Math.floor(Math.max(0, bytes) / sizeOf(layout, 'pte'))]
  while (least < most) {
    const middle = Math.ceil((least + most) / 2)
    if (spanBytes(middle, layout, without) <= bytes) least = middle
    else most = middle - 1
  }
  return least
}

/** Memory that a pte table maps, in bytes. */
export function spanOf(layout: Layout): number {
  return (levelOf(layout, 'pte')?.reach ?? 1) * layout.pageBytes
}

function sizeOf(layout: Layout, name: LevelName): number {
  return levelOf(layout, name)?.tableBytes ?? 0
}
