import { partitionByEvery } from './partition.ts'
import type { Active } from './stretch.ts'
import { stretchesOf } from './stretch.ts'
import type { Toucher } from './toucher.ts'

/** Spans that the same touchers touch with the same probabilities. */
export interface Cell {
  /** First span of the run the cell lies in. */
  readonly from: number
  /** Number of spans; without gaps from `from` on only where `scattered` is false. */
  readonly spans: number
  readonly scattered: boolean
  /** In the order of the touchers; never empty. */
  readonly takers: readonly Taker[]
}

/** A toucher's part in a cell. */
export interface Taker {
  readonly toucher: number
  /** That it touches a span of the cell; 1 with `certain` where chance has no part. */
  readonly probability: number
  readonly certain: boolean
  /** Pages of the toucher in one span; 0 where `certain`. */
  readonly size: number
}

/**
 * Divides the axis into cells, in ascending order: between two neighbouring ends of stretches all
 * spans are alike, except for those that touchers with a long stride pick out.
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
  const everywhere = ordered.filter(({ stretch }) => stretch.kind !== 'every')
  const picking = ordered.filter(({ stretch }) => stretch.kind === 'every')
  const parts = partitionByEvery(from, to, picking, reach, quantity)
  return parts.flatMap(({ spans, picked }) => {
    const takers = [...everywhere, ...picking.filter(({ toucher }) => picked.has(toucher))]
      .sort((a, b) => a.toucher - b.toucher)
      .map(takerOf)
    if (spans === 0 || takers.length === 0) return []
    return [{ from, spans, scattered: parts.length > 1, takers }]
  })
}

function takerOf({ toucher, stretch }: Active): Taker {
  if (stretch.kind === 'chance') {
    return { toucher, probability: stretch.probability, certain: false, size: stretch.size }
  }
  return { toucher, probability: 1, certain: true, size: 0 }
}
