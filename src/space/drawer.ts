import type { Cell } from './cell.ts'
import { isSettled } from './cell.ts'
import { drawOf } from './draw.ts'
import type { Grids } from './grid-phase.ts'
import type { Piece, Toucher } from './toucher.ts'
import { pieceOf } from './toucher.ts'

/** Draws over one range of pages. Processes that draw over the same range count as one drawer. */
export interface Drawer {
  /** Clusters (or pages) of the largest single draw: what must find room. */
  readonly drawn: number
  /** Clusters that all draws together can spread out. */
  readonly mostDrawn: number
  /** Clusters of the mapping. */
  readonly clusters: number
  readonly grids: Grids
  /** Pages of the axis that it can touch. */
  readonly piece: Piece
  /** No cluster lies in two spans. */
  readonly nested: boolean
  /** Every cluster begins with a span, and no span meets two. */
  readonly holdsSpans: boolean
  /** Unsettled cells that the draw may touch → its clusters that meet one span of the cell. */
  readonly sizes: ReadonlyMap<number, number>
  readonly lastCell: number
}

/** The drawers among the touchers, with the unsettled cells they reach. */
export function drawersOf(
  cells: readonly Cell[],
  touchers: readonly Toucher[],
  reach: number,
): readonly Drawer[] {
  const sizes = touchers.map(() => new Map<number, number>())
  cells.forEach((cell, at) => {
    if (isSettled(cell)) return
    for (const { toucher, size } of cell.takers) sizes[toucher]?.set(at, size)
  })
  const drawers = new Map<string, Drawer>()
  touchers.forEach((toucher, index) => {
    const draw = drawOf(toucher.touched, toucher.pages)
    // Who draws nothing reaches no cell, and must not stand for those who draw over that range.
    if (draw === undefined || draw.drawn === 0) return
    const { drawn, clusters, clusterPages } = draw
    const key = rangeKey(toucher, clusterPages)
    const known = drawers.get(key)
    const own = sizes[index] ?? new Map<number, number>()
    const { first } = toucher
    drawers.set(key, {
      drawn: Math.max(drawn, known?.drawn ?? 0),
      mostDrawn: Math.ceil(drawn * toucher.draws) + (known?.mostDrawn ?? 0),
      clusters,
      grids: { reach, first, clusterPages },
      piece: pieceOf(toucher),
      nested: reach % clusterPages === 0 && first % clusterPages === 0,
      holdsSpans: clusterPages % reach === 0 && first % reach === 0,
      sizes: own,
      lastCell: [...own.keys()].at(-1) ?? -1,
    })
  })
  return [...drawers.values()]
}

function rangeKey(toucher: Toucher, clusterPages: number): string {
  const { from, to } = pieceOf(toucher)
  const { first, pages, counts, cover } = toucher
  return [first, pages, clusterPages, from, to, counts, cover?.from, cover?.to].join()
}
