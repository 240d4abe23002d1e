import type { Layout, LevelName } from '../../src/geometry/layout.ts'
import { nth } from '../build.ts'

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
  const root: Table = { entries: new Map() }
  const total: Made = { pgd: 1 }
  const add = (made: Made, name: LevelName): void => {
    made[name] = (made[name] ?? 0) + 1
  }
  const touch = (page: number, leaf: LevelName = 'pte'): Made => {
    const made: Made = {}
    let table = root
    let rest = page
    for (const { entries, reach, name } of stepsTo(layout, leaf)) {
      const index = Math.floor(rest / reach)
      if (index >= entries) throw new RangeError(`page ${page} lies beyond the layout`)
      rest -= index * reach
      const next = table.entries.get(index) ?? { entries: new Map() }
      if (!table.entries.has(index)) {
        add(made, name)
        add(total, name)
      }
      table.entries.set(index, next)
      table = next
    }
    return made
  }
  return { touch, made: () => total }
}

/** From the root down to the table at `leaf`: entries of the table, and the table each leads to. */
function stepsTo(
  { levels }: Layout,
  leaf: LevelName,
): readonly { readonly entries: number; readonly reach: number; readonly name: LevelName }[] {
  const lowest = levels.findIndex(({ name }) => name === leaf)
  return levels
    .slice(lowest + 1)
    .map(({ entries }, index) => ({ entries, below: nth(levels, lowest + index) }))
    .map(({ entries, below }) => ({ entries, reach: below.reach, name: below.name }))
    .toReversed()
}

/** Tables at each level, zero where there is none. */
export function byLevel(layout: Layout, made: Made): number[] {
  return layout.levels.map(({ name }) => made[name] ?? 0)
}
