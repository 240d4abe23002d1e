import type { Access, Piece } from './access.ts'
import { pieceOf } from './access.ts'
import type { Cell } from './cell.ts'
import { isSettled } from './cell.ts'
import type { Grids } from './grid-phase.ts'
import { drawRangeOf } from './random-draw.ts'

/** Draws over one range of pages. Processes that draw over the same range count as one random access. */
export interface RandomAccess {
  /** Clusters (or pages) of the single draw that needs the most room at least: what must find room. */
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

/** The random accesses among the accesses, with the unsettled cells they reach. */
export function randomAccessesOf(
  cells: readonly Cell[],
  accesses: readonly Access[],
  reach: number,
): readonly RandomAccess[] {
  const sizes = accesses.map(() => new Map<number, number>())
  cells.forEach((cell, at) => {
    if (isSettled(cell)) return
    for (const { access, size } of cell.accesses) sizes[access]?.set(at, size)
  })
  const randomAccesses = new Map<string, RandomAccess>()
  accesses.forEach((access, index) => {
    const draw = drawRangeOf(access.touched, access.pages)
    // An empty draw reaches no cell: it must not represent the other draws over that range.
    if (draw === undefined || draw.most === 0) return
    const { fewest, most, clusters, clusterPages } = draw
    const key = rangeKey(access, clusterPages)
    const known = randomAccesses.get(key)
    const own = sizes[index] ?? new Map<number, number>()
    const { first } = access
    randomAccesses.set(key, {
      drawn: Math.max(fewest, known?.drawn ?? 0),
      mostDrawn: Math.min(clusters, Math.ceil(most * access.draws) + (known?.mostDrawn ?? 0)),
      clusters,
      grids: { reach, first, clusterPages },
      piece: pieceOf(access),
      nested: reach % clusterPages === 0 && first % clusterPages === 0,
      holdsSpans: clusterPages % reach === 0 && first % reach === 0,
      sizes: own,
      lastCell: [...own.keys()].at(-1) ?? -1,
    })
  })
  return [...randomAccesses.values()]
}

function rangeKey(access: Access, clusterPages: number): string {
  const { from, to } = pieceOf(access)
  const { first, pages, counts, cover } = access
  return [first, pages, clusterPages, from, to, counts, cover?.from, cover?.to].join()
}
