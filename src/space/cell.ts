import { isPicking, partitionByPicks } from './partition.ts'
import type { Active } from './stretch.ts'
import { stretchesOf } from './stretch.ts'
import type { Toucher } from './toucher.ts'

/** Spans that the same touchers touch with the same probabilities. */
export interface Cell {
  /** The run of spans, up to but without `to`, that the cell lies in. */
  readonly from: number
  readonly to: number
  /** Number of spans; without gaps from `from` on only where `scattered` is false. */
  readonly spans: number
  readonly scattered: boolean
  /** In the order of the touchers; never empty. */
  readonly takers: readonly Taker[]
}

/** A toucher's part in a cell. */
export interface Taker {
  readonly toucher: number
  /** That it touches a span of the cell; 1 with `certain` where it cannot miss one. */
  readonly probability: number
  readonly certain: boolean
  /** Clusters (or pages) of the toucher that meet one span; 0 where chance has no part. */
  readonly size: number
}

/**
 * True where the spans of a cell are touched whatever is drawn. A lone draw that cannot miss them, as
 * it leaves too few clusters out, is rather asked what it can do at least.
 */
export function isSettled({ takers }: Cell): boolean {
  const [only, another] = takers
  if (only !== undefined && another === undefined && only.size > 0) return false
  return takers.some((taker) => taker.certain)
}

/**
 * Divides the axis into cells, in ascending order: between two neighbouring ends of stretches all
 * spans are alike, except for those that a long stride or the phase of clusters picks out.
 * The work depends on the number of mappings and ranges, never on their size.
 */
export function cellsOf(touchers: readonly Toucher[], reach: number, quantity: string): Cell[] {
  const starts = touchers
    .flatMap((toucher, index) =>
      stretchesOf(toucher, reach).map((stretch) => ({ toucher: index, stretch })),
    )
    .sort((a, b) => a.stretch.from - b.stretch.from)
  const ends = [...new Set(starts.flatMap(({ stretch }) => [stretch.from, stretch.to]))].sort(
    (a, b) => a - b,
  )

  const cells: Cell[] = []
  let active: Active[] = []
  let next = 0
  ends.forEach((from, index) => {
    const to = ends[index + 1]
    if (to === undefined) return
    active = active.filter(({ stretch }) => stretch.to > from)
    for (let start = starts[next]; start?.stretch.from === from; start = starts[++next]) {
      active.push(start)
    }
    if (active.length > 0) cells.push(...cellsBetween(from, to, active, reach, quantity))
  })
  return cells
}

function cellsBetween(
  from: number,
  to: number,
  active: readonly Active[],
  reach: number,
  quantity: string,
): Cell[] {
  const ordered = active.toSorted((a, b) => a.toucher - b.toucher)
  const parts = partitionByPicks(from, to, ordered.filter(isPicking), reach, quantity)
  return parts.flatMap(({ spans, picked }) => {
    const takers = ordered.flatMap((active) => takersOf(active, picked.has(active.toucher)))
    if (spans === 0 || takers.length === 0) return []
    return [{ from, to, spans, scattered: parts.length > 1, takers }]
  })
}

function takersOf({ toucher, stretch }: Active, isPicked: boolean): readonly Taker[] {
  switch (stretch.kind) {
    case 'certain':
      return [{ toucher, probability: 1, certain: true, size: 0 }]
    case 'every':
      return isPicked ? [{ toucher, probability: 1, certain: true, size: 0 }] : []
    case 'chance':
      return [{ toucher, ...stretch.chance }]
    case 'phased':
      return [{ toucher, ...(isPicked ? stretch.more : stretch.fewer) }]
  }
}
