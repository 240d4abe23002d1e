import { sumBy } from '../units/sum.ts'
import type { Cell } from './cell.ts'
import { isSettled } from './cell.ts'
import type { Drawer } from './drawer.ts'
import { drawersOf } from './drawer.ts'
import { fewestSpans } from './fewest-spans.ts'
import { mostSpans } from './most-spans.ts'
import type { Toucher } from './toucher.ts'

/**
 * The least and the most distinct spans that random draws can touch, together with what is
 * certain. `most` is always reachable. `least` is reachable where drawers have the same range, or
 * ranges that meet in single spans (the mappings of one process); for ranges that overlap
 * otherwise it is a bound.
 */
export function drawBounds(
  cells: readonly Cell[],
  touchers: readonly Toucher[],
  reach: number,
): { readonly least: number; readonly most: number } {
  const certain = sumBy(cells.filter(isSettled), ({ spans }) => spans)
  const drawers = drawersOf(cells, touchers, reach)
  return { least: certain + leastOf(drawers, cells), most: certain + mostOf(drawers, cells) }
}

/**
 * Drawers whose clusters lie across spans count each for itself: what they open together with others
 * is at most the sum, and at most all spans that one of them reaches.
 */
function mostOf(drawers: readonly Drawer[], cells: readonly Cell[]): number {
  const nested = drawers.filter((drawer) => drawer.nested)
  const across = drawers.filter((drawer) => !drawer.nested)
  const reached = new Set(drawers.flatMap((drawer) => [...drawer.sizes.keys()]))
  const all = sumBy(reached, (cell) => cells[cell]?.spans ?? 0)
  const opened = mostOfNested(nested, cells) + sumBy(across, (drawer) => mostSpans(drawer, cells))
  return Math.min(all, opened)
}

/**
 * Each page or cluster drawn can open one span. Spans in ascending order go to the drawer that reaches them
 * and ends first: the greedy matching that is best where every drawer reaches a run (Glover 1967).
 */
function mostOfNested(drawers: readonly Drawer[], cells: readonly Cell[]): number {
  const left = drawers.map((drawer) => drawer.mostDrawn)
  const byEnd = drawers
    .map((drawer, index) => ({ drawer, index }))
    .sort((a, b) => a.drawer.lastCell - b.drawer.lastCell)
  let opened = 0
  cells.forEach((cell, at) => {
    let spans = cell.spans
    for (const { drawer, index } of byEnd) {
      if (spans === 0) break
      if (!drawer.sizes.has(at)) continue
      const taken = Math.min(spans, left[index] ?? 0)
      left[index] = (left[index] ?? 0) - taken
      spans -= taken
      opened += taken
    }
  })
  return opened
}

function leastOf(drawers: readonly Drawer[], cells: readonly Cell[]): number {
  const shared = sharedCells(drawers)
  if (shared.length === 0) return sumBy(drawers, (drawer) => fewestSpans(drawer, cells, noCells))
  return leastOfChain(drawers, cells, shared) ?? leastBound(drawers, cells)
}

const noCells: ReadonlySet<number> = new Set()

/** Cells that more than one drawer reaches, in ascending order. */
function sharedCells(drawers: readonly Drawer[]): readonly number[] {
  const seen = new Map<number, number>()
  for (const drawer of drawers) {
    for (const cell of drawer.sizes.keys()) seen.set(cell, (seen.get(cell) ?? 0) + 1)
  }
  return [...seen]
    .filter(([, drawersThere]) => drawersThere > 1)
    .map(([cell]) => cell)
    .sort((a, b) => a - b)
}

/**
 * Mappings of one process meet in single spans, one after another. A span that is opened serves
 * all who reach it, so walk along the chain and keep, for "opened" and "not opened", the fewest
 * spans so far. `undefined` where the drawers are no such chain.
 */
function leastOfChain(
  drawers: readonly Drawer[],
  cells: readonly Cell[],
  shared: readonly number[],
): number | undefined {
  if (shared.some((cell) => cells[cell]?.spans !== 1)) return undefined
  const place = new Map(shared.map((cell, index) => [cell, index]))
  const links = new Map<string, Drawer[]>()
  for (const drawer of drawers) {
    const places = [...drawer.sizes.keys()].flatMap((cell) => place.get(cell) ?? [])
    const [first, second] = places
    if (places.length > 2 || (second !== undefined && second - (first ?? 0) !== 1)) return undefined
    const key = places.join()
    links.set(key, [...(links.get(key) ?? []), drawer])
  }
  const cost = (at: readonly number[], opened: readonly boolean[]): number => {
    const free = new Set(at.filter((_, index) => opened[index]).map((index) => shared[index] ?? -1))
    return sumBy(links.get(at.join()) ?? [], (drawer) => fewestSpans(drawer, cells, free))
  }
  let best = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  shared.forEach((_, index) => {
    const previous = best
    best = [false, true].map((opened) => {
      const here = (opened ? 1 : 0) + cost([index], [opened])
      if (index === 0) return here
      return (
        here +
        Math.min(
          (previous[0] ?? 0) + cost([index - 1, index], [false, opened]),
          (previous[1] ?? 0) + cost([index - 1, index], [true, opened]),
        )
      )
    })
  })
  return Math.min(...best) + cost([], [])
}

/** Drawers one by one, the neediest first; spans that an earlier one could have opened are free. */
function leastBound(drawers: readonly Drawer[], cells: readonly Cell[]): number {
  const alone = drawers
    .map((drawer) => ({ drawer, spans: fewestSpans(drawer, cells, noCells) }))
    .sort((a, b) => b.spans - a.spans)
  const free = new Set<number>()
  let least = 0
  for (const { drawer } of alone) {
    least += fewestSpans(drawer, cells, free)
    for (const cell of drawer.sizes.keys()) free.add(cell)
  }
  return least
}
