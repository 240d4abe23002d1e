import type { Cell } from './cell.ts'
import type { Grids } from './grid-phase.ts'
import type { RandomAccess } from './random-access.ts'

/** Neighbouring spans whose touching is not settled, and the pages of a mapping in them. */
export interface Segment {
  /** Spans `from … to − 1`. */
  readonly from: number
  readonly to: number
  /** Pages `first … end − 1`, counted from the start of the mapping. */
  readonly first: number
  readonly end: number
}

/**
 * The unsettled spans of a random access, without the `opened` cells, in runs; `undefined` where it is not
 * known which spans of a run they are.
 */
export function segmentsOf(
  { sizes, piece, grids: { reach, first } }: RandomAccess,
  cells: readonly Cell[],
  opened: ReadonlySet<number>,
): readonly Segment[] | undefined {
  const runs = new Map<number, { to: number; spans: number }>()
  for (const at of sizes.keys()) {
    const cell = cells[at]
    if (cell === undefined || opened.has(at)) continue
    const spans = cell.spans + (runs.get(cell.from)?.spans ?? 0)
    runs.set(cell.from, { to: cell.to, spans })
  }
  if ([...runs].some(([from, { to, spans }]) => spans < to - from)) return undefined
  const joined: { from: number; to: number }[] = []
  for (const [from, { to }] of [...runs].sort(([a], [b]) => a - b)) {
    const last = joined.at(-1)
    if (last?.to === from) last.to = to
    else joined.push({ from, to })
  }
  return joined.map(({ from, to }) => ({
    from,
    to,
    first: Math.max(piece.from, from * reach) - first,
    end: Math.min(piece.to, to * reach) - first,
  }))
}

/** Distinct clusters with a page in one of the segments. */
export function clustersMeeting(segments: readonly Segment[], { clusterPages }: Grids): number {
  let [clusters, known] = [0, -1]
  for (const { first, end } of segments) {
    const from = Math.max(known + 1, Math.floor(first / clusterPages))
    known = Math.floor((end - 1) / clusterPages)
    clusters += known + 1 - from
  }
  return clusters
}
