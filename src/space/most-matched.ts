import { groupedBy } from '../units/grouped.ts'
import { sumBy } from '../units/sum.ts'
import type { Cell } from './cell.ts'
import type { RandomAccess } from './random-access.ts'

/**
 * The most spans that draws can open whose pages or clusters lie in one span each: each page or cluster
 * drawn can open one. Spans in ascending order go to the random access that reaches them and ends
 * first, which is best where every random access reaches a run (Glover 1967). One that reaches the
 * edges of its piece alone does not: then draws are moved as long as that opens another span.
 */
export function mostMatched(
  randomAccesses: readonly RandomAccess[],
  cells: readonly Cell[],
): number {
  const matching = greedyMatching(randomAccesses, cells)
  if (haveGaps(randomAccesses)) {
    while (augment(matching, randomAccesses));
  }
  return sumBy(randomAccesses, ({ mostDrawn }) => mostDrawn) - sumBy(matching.left, (left) => left)
}

/** Which draws open which spans. */
interface Matching {
  /** Draws of each random access that open nothing. */
  readonly left: number[]
  /** Spans of each cell that nothing opens. */
  readonly free: Map<number, number>
  /** Spans of each cell that a random access opens. */
  readonly opened: Map<number, Map<number, number>>
}

function greedyMatching(randomAccesses: readonly RandomAccess[], cells: readonly Cell[]): Matching {
  const left = randomAccesses.map(({ mostDrawn }) => mostDrawn)
  const free = new Map<number, number>()
  const opened = new Map<number, Map<number, number>>()
  const byEnd = randomAccesses
    .map((randomAccess, index) => ({ randomAccess, index }))
    .sort((a, b) => a.randomAccess.lastCell - b.randomAccess.lastCell)
  const reaching = groupedBy(
    byEnd.flatMap(({ randomAccess, index }) =>
      [...randomAccess.sizes.keys()].map((at) => ({ at, index })),
    ),
    ({ at }) => at,
  )
  cells.forEach((cell, at) => {
    let spans = cell.spans
    const here = new Map<number, number>()
    for (const { index } of reaching.get(at) ?? []) {
      if (spans === 0) break
      const taken = Math.min(spans, left[index] ?? 0)
      left[index] = (left[index] ?? 0) - taken
      here.set(index, taken)
      spans -= taken
    }
    free.set(at, spans)
    opened.set(at, here)
  })
  return { left, free, opened }
}

/** True where others reach a cell between those that a random access reaches. */
function haveGaps(randomAccesses: readonly RandomAccess[]): boolean {
  const reached = new Set(randomAccesses.flatMap(({ sizes }) => [...sizes.keys()]))
  const places = new Map([...reached].sort((a, b) => a - b).map((cell, place) => [cell, place]))
  return randomAccesses.some(({ sizes, lastCell }) => {
    const [first = lastCell] = sizes.keys()
    return (places.get(lastCell) ?? 0) - (places.get(first) ?? 0) >= Math.max(1, sizes.size)
  })
}

/** Moves draws along the shortest chain that opens another span; false where there is none. */
function augment(matching: Matching, randomAccesses: readonly RandomAccess[]): boolean {
  const chain = chainTo(matching, randomAccesses)
  if (chain === undefined) return false
  const { free, left, opened } = matching
  const first = chain.at(-1)?.by ?? 0
  const last = chain[0]?.cell ?? 0
  const given = chain.slice(1).map(({ cell }, step) => opened.get(cell)?.get(chain[step]?.by ?? 0))
  const moved = Math.min(free.get(last) ?? 0, left[first] ?? 0, ...given.map((spans) => spans ?? 0))
  free.set(last, (free.get(last) ?? 0) - moved)
  left[first] = (left[first] ?? 0) - moved
  chain.forEach(({ cell, by }, step) => {
    add(opened, cell, by, moved)
    const former = chain[step + 1]
    if (former !== undefined) add(opened, former.cell, by, -moved)
  })
  return true
}

function add(opened: Matching['opened'], cell: number, by: number, spans: number): void {
  const here = opened.get(cell) ?? new Map<number, number>()
  here.set(by, (here.get(by) ?? 0) + spans)
  opened.set(cell, here)
}

/** A cell, and the random access that is to open spans of it. */
interface Link {
  readonly cell: number
  readonly by: number
}

/**
 * From a cell with a free span back to a random access with a draw left, each link giving up spans of
 * the next cell: breadth first.
 */
function chainTo(
  { left, free, opened }: Matching,
  randomAccesses: readonly RandomAccess[],
): readonly Link[] | undefined {
  const queue = left.flatMap((draws, index) => (draws > 0 ? [index] : []))
  const reachedBy = new Map<number, number>()
  const gaveUp = new Map<number, number | undefined>(queue.map((index) => [index, undefined]))
  for (const by of queue) {
    const cells = [...(randomAccesses[by]?.sizes.keys() ?? [])].filter((at) => !reachedBy.has(at))
    for (const cell of cells) reachedBy.set(cell, by)
    const end = cells.find((cell) => (free.get(cell) ?? 0) > 0)
    if (end !== undefined) return linksFrom(end, reachedBy, gaveUp)
    for (const [holder, cell] of cells.flatMap((at) => holdersOf(opened.get(at), at))) {
      if (gaveUp.has(holder)) continue
      gaveUp.set(holder, cell)
      queue.push(holder)
    }
  }
  return undefined
}

/** Random accesses that open spans of a cell. */
function holdersOf(
  opened: ReadonlyMap<number, number> | undefined,
  cell: number,
): readonly (readonly [holder: number, cell: number])[] {
  return [...(opened ?? [])].flatMap(([holder, spans]) => (spans > 0 ? [[holder, cell]] : []))
}

function linksFrom(
  end: number,
  reachedBy: ReadonlyMap<number, number>,
  gaveUp: ReadonlyMap<number, number | undefined>,
): readonly Link[] {
  const links: Link[] = []
  for (let cell: number | undefined = end; cell !== undefined; ) {
    const by: number = reachedBy.get(cell) ?? 0
    links.push({ cell, by })
    cell = gaveUp.get(by)
  }
  return links
}
