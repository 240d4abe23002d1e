import type { Layout, LevelName } from '../../src/geometry/layout.ts'

/** Entries that lead to tables, by index: what a table of the machine holds. */
interface Table {
  readonly entries: Map<number, Table>
}

/** Tables made, by level. */
export type Made = Partial<Record<LevelName, number>>

/** Page tables of one address space, filled one page after another as the fault handler does. */
export interface Machine {
  /** Faults one page in, with a leaf entry at that level; returns the tables it had to make. */
  readonly touch: (page: number, leaf?: LevelName) => Made
  /** Tables made so far, the root included. */
  readonly made: () => Made
}

/** An empty address space: the root table alone. */
export function bootMachine(layout: Layout): Machine {
  const down = layout.levels.toReversed()
  const root: Table = { entries: new Map() }
  const total: Made = { pgd: 1 }
  const touch = (page: number, leaf: LevelName = 'pte'): Made => {
    const made: Made = {}
    let table = root
    let rest = page
    for (const [depth, level] of down.entries()) {
      if (level.name === leaf) break
      const below = down[depth + 1]
      if (below === undefined) break
      const index = Math.floor(rest / below.reach)
      if (index >= level.entries) throw new RangeError(`page ${page} lies beyond the layout`)
      rest -= index * below.reach
      let next = table.entries.get(index)
      if (next === undefined) {
        next = { entries: new Map() }
        table.entries.set(index, next)
        made[below.name] = 1
        total[below.name] = (total[below.name] ?? 0) + 1
      }
      table = next
    }
    return made
  }
  return { touch, made: () => total }
}

/** Tables at each level, zero where there is none. */
export function byLevel(layout: Layout, made: Made): number[] {
  return layout.levels.map(({ name }) => made[name] ?? 0)
}
