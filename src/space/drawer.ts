import type { Cell } from './cell.ts'
import type { Toucher } from './toucher.ts'
import { pieceOf } from './toucher.ts'

/** Draws over one range of pages. Processes that draw over the same range count as one drawer. */
export interface Drawer {
  /** Pages of the largest single draw: what must find room. */
  readonly drawn: number
  /** Pages that all draws together can spread out. */
  readonly mostPages: number
  /** Pages of the mapping, and so of the range drawn from. */
  readonly pages: number
  /** Uncertain cells that the draw may touch → its pages in one span of the cell. */
  readonly sizes: ReadonlyMap<number, number>
  readonly lastCell: number
}

/** The drawers among the touchers, with the uncertain cells they reach. */
export function drawersOf(cells: readonly Cell[], touchers: readonly Toucher[]): readonly Drawer[] {
  const sizes = touchers.map(() => new Map<number, number>())
  cells.forEach((cell, at) => {
    if (cell.takers.some((taker) => taker.certain)) return
    for (const { toucher, size } of cell.takers) sizes[toucher]?.set(at, size)
  })
  const drawers = new Map<string, Drawer>()
  touchers.forEach((toucher, index) => {
    // Who draws nothing reaches no cell, and must not stand for those who draw over that range.
    if (toucher.touched.kind !== 'random' || toucher.touched.drawn === 0) return
    const { drawn } = toucher.touched
    const key = rangeKey(toucher)
    const known = drawers.get(key)
    const own = sizes[index] ?? new Map<number, number>()
    drawers.set(key, {
      drawn: Math.max(drawn, known?.drawn ?? 0),
      mostPages: drawn * toucher.draws + (known?.mostPages ?? 0),
      pages: toucher.pages,
      sizes: own,
      lastCell: [...own.keys()].at(-1) ?? -1,
    })
  })
  return [...drawers.values()]
}

function rangeKey(toucher: Toucher): string {
  const { from, to } = pieceOf(toucher)
  const { cover } = toucher
  return [toucher.first, toucher.pages, from, to, toucher.counts, cover?.from, cover?.to].join()
}

/**
 * The fewest spans of its own that a drawer must open when the `opened` cells cost nothing: pages
 * outside the uncertain cells first, then opened cells, then the biggest spans.
 * Infinity where its pages do not fit: a shared span must then be opened.
 */
export function fewestSpans(
  drawer: Drawer,
  cells: readonly Cell[],
  opened: ReadonlySet<number>,
): number {
  const spansOf = (cell: number): number => cells[cell]?.spans ?? 0
  let uncertain = 0
  for (const [cell, size] of drawer.sizes) uncertain += size * spansOf(cell)
  let homeless = drawer.drawn - (drawer.pages - uncertain)
  for (const [cell, size] of drawer.sizes) if (opened.has(cell)) homeless -= size * spansOf(cell)

  let spans = 0
  const closed = [...drawer.sizes].filter(([cell]) => !opened.has(cell)).sort((a, b) => b[1] - a[1])
  for (const [cell, size] of closed) {
    if (homeless <= 0) return spans
    const taken = Math.min(spansOf(cell), Math.ceil(homeless / size))
    spans += taken
    homeless -= taken * size
  }
  return homeless <= 0 ? spans : Number.POSITIVE_INFINITY
}
