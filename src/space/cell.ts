import type { Access } from './access.ts'
import { isPicking, partitionByPicks } from './partition.ts'
import type { Active } from './stretch.ts'
import { stretchesOf } from './stretch.ts'
import type { Skew } from './zipf/zipf-touch.ts'

/** Spans that the same accesses touch with the same probabilities, or with some that fall from span to span. */
export interface Cell {
  /** The run of spans, up to but without `to`, that the cell lies in. */
  readonly from: number
  readonly to: number
  /** Number of spans; without gaps from `from` on only where `scattered` is false. */
  readonly spans: number
  readonly scattered: boolean
  /** In the order of the accesses; never empty. */
  readonly accesses: readonly AccessInCell[]
}

/** An access's part in a cell. */
export interface AccessInCell {
  readonly access: number
  /** That it touches a span of the cell; 1 with `certain` where it cannot miss one. */
  readonly probability: number | Skew
  readonly certain: boolean
  /** Clusters (or pages) of the access that meet one span; 0 where chance has no part. */
  readonly size: number
}

/**
 * True where the spans of a cell are touched whatever is drawn. A lone draw that cannot miss them, as
 * it leaves too few clusters out, is rather asked what it can do at least.
 */
export function isSettled({ accesses }: Cell): boolean {
  const [only, another] = accesses
  if (only !== undefined && another === undefined && only.size > 0) return false
  return accesses.some((access) => access.certain)
}

/**
 * Divides the axis into cells, in ascending order: between two neighbouring ends of stretches all
 * spans are alike, except for those that a long stride or the phase of clusters picks out.
 * The work depends on the number of mappings and ranges, never on their size.
 */
export function cellsOf(accesses: readonly Access[], reach: number, quantity: string): Cell[] {
  const starts = accesses
    .flatMap((access, index) =>
      stretchesOf(access, reach).map((stretch) => ({ access: index, stretch })),
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
  const ordered = active.toSorted((a, b) => a.access - b.access)
  const parts = partitionByPicks(from, to, ordered.filter(isPicking), reach, quantity)
  return parts.flatMap(({ spans, picked }) => {
    const accesses = ordered.flatMap((active) => accessesInCell(active, picked.has(active.access)))
    if (spans === 0 || accesses.length === 0) return []
    return [{ from, to, spans, scattered: parts.length > 1, accesses }]
  })
}

function accessesInCell({ access, stretch }: Active, isPicked: boolean): readonly AccessInCell[] {
  switch (stretch.kind) {
    case 'certain':
      return [{ access, probability: 1, certain: true, size: 0 }]
    case 'every':
      return isPicked ? [{ access, probability: 1, certain: true, size: 0 }] : []
    case 'chance':
      return [{ access, ...stretch.chance }]
    case 'skewed':
      return [{ access, probability: stretch.skew, certain: false, size: stretch.size }]
    case 'phased':
      return [{ access, ...(isPicked ? stretch.more : stretch.fewer) }]
  }
}
