import { sumBy } from '../units/sum.ts'
import type { Access } from './access.ts'
import type { Cell } from './cell.ts'
import { isSettled } from './cell.ts'
import { fewestSpans } from './fewest-spans.ts'
import { mostMatched } from './most-matched.ts'
import { mostSpans } from './most-spans.ts'
import type { RandomAccess } from './random-access.ts'
import { randomAccessesOf } from './random-access.ts'

/**
 * The least and the most distinct spans that random draws can touch, together with what is
 * certain. `most` is always reachable. `least` is reachable where random accesses have the same range, or
 * ranges that meet in single spans (the mappings of one process); for ranges that overlap
 * otherwise it is a bound.
 */
export function randomBounds(
  cells: readonly Cell[],
  accesses: readonly Access[],
  reach: number,
): { readonly least: number; readonly most: number } {
  const certain = sumBy(cells.filter(isSettled), ({ spans }) => spans)
  const randomAccesses = randomAccessesOf(cells, accesses, reach)
  return {
    least: certain + leastOf(randomAccesses, cells),
    most: certain + mostOf(randomAccesses, cells),
  }
}

/**
 * Random accesses whose clusters lie across spans count each for itself: what they open together with others
 * is at most the sum, and at most all spans that one of them reaches.
 */
function mostOf(randomAccesses: readonly RandomAccess[], cells: readonly Cell[]): number {
  const nested = randomAccesses.filter((randomAccess) => randomAccess.nested)
  const across = randomAccesses.filter((randomAccess) => !randomAccess.nested)
  const reached = new Set(randomAccesses.flatMap((randomAccess) => [...randomAccess.sizes.keys()]))
  const all = sumBy(reached, (cell) => cells[cell]?.spans ?? 0)
  const opened =
    mostMatched(nested, cells) + sumBy(across, (randomAccess) => mostSpans(randomAccess, cells))
  return Math.min(all, opened)
}

function leastOf(randomAccesses: readonly RandomAccess[], cells: readonly Cell[]): number {
  const shared = sharedCells(randomAccesses)
  if (shared.length === 0)
    return sumBy(randomAccesses, (randomAccess) => fewestSpans(randomAccess, cells, noCells))
  return leastOfChain(randomAccesses, cells, shared) ?? leastBound(randomAccesses, cells)
}

const noCells: ReadonlySet<number> = new Set()

/** Cells that more than one random access reaches, in ascending order. */
function sharedCells(randomAccesses: readonly RandomAccess[]): readonly number[] {
  const seen = new Map<number, number>()
  for (const randomAccess of randomAccesses) {
    for (const cell of randomAccess.sizes.keys()) seen.set(cell, (seen.get(cell) ?? 0) + 1)
  }
  return [...seen]
    .filter(([, reachedBy]) => reachedBy > 1)
    .map(([cell]) => cell)
    .sort((a, b) => a - b)
}

/**
 * Mappings of one process meet in single spans, one after another. A span that is opened serves
 * all who reach it, so walk along the chain and keep, for "opened" and "not opened", the fewest
 * spans so far. `undefined` where the random accesses are no such chain.
 */
function leastOfChain(
  randomAccesses: readonly RandomAccess[],
  cells: readonly Cell[],
  shared: readonly number[],
): number | undefined {
  if (shared.some((cell) => cells[cell]?.spans !== 1)) return undefined
  const place = new Map(shared.map((cell, index) => [cell, index]))
  const links = new Map<string, RandomAccess[]>()
  for (const randomAccess of randomAccesses) {
    const places = [...randomAccess.sizes.keys()].flatMap((cell) => place.get(cell) ?? [])
    const [first, second] = places
    if (places.length > 2 || (second !== undefined && second - (first ?? 0) !== 1)) return undefined
    const key = places.join()
    const others = links.get(key)
    if (others === undefined) links.set(key, [randomAccess])
    else others.push(randomAccess)
  }
  const cost = (at: readonly number[], opened: readonly boolean[]): number => {
    const free = new Set(at.filter((_, index) => opened[index]).map((index) => shared[index] ?? -1))
    return sumBy(links.get(at.join()) ?? [], (randomAccess) =>
      fewestSpans(randomAccess, cells, free),
    )
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

/** Random accesses one by one, the neediest first; spans that an earlier one could have opened are free. */
function leastBound(randomAccesses: readonly RandomAccess[], cells: readonly Cell[]): number {
  const alone = randomAccesses
    .map((randomAccess) => ({ randomAccess, spans: fewestSpans(randomAccess, cells, noCells) }))
    .sort((a, b) => b.spans - a.spans)
  const free = new Set<number>()
  let least = 0
  for (const { randomAccess } of alone) {
    least += fewestSpans(randomAccess, cells, free)
    for (const cell of randomAccess.sizes.keys()) free.add(cell)
  }
  return least
}
