import type { Cell } from './cell.ts'
import { lightest, weightsOf } from './cluster-weights.ts'
import type { RandomAccess } from './random-access.ts'
import { leastResidue } from './residues.ts'
import type { Segment } from './segments.ts'
import { clustersMeeting, segmentsOf } from './segments.ts'

/**
 * The fewest spans of its own that a random access must open when the `opened` cells cost nothing.
 * Infinity where its clusters do not fit: a shared span must then be opened.
 */
export function fewestSpans(
  randomAccess: RandomAccess,
  cells: readonly Cell[],
  opened: ReadonlySet<number>,
): number {
  if (randomAccess.nested) return fewestOfNested(randomAccess, cells, opened)
  const segments = segmentsOf(randomAccess, cells, opened)
  if (segments === undefined) return 0
  const { drawn, clusters, grids } = randomAccess
  const homeless = drawn - (clusters - clustersMeeting(segments, grids))
  if (homeless <= 0) return 0
  if (randomAccess.holdsSpans) return lightest(homeless, weightsOf(segments, grids))
  const [only, another] = segments
  if (only !== undefined && another === undefined) return fewestInOne(homeless, only, randomAccess)
  return fewestInSeveral(homeless, segments, randomAccess)
}

/** Clusters outside the unsettled cells first, then opened cells, then the biggest spans. */
function fewestOfNested(
  randomAccess: RandomAccess,
  cells: readonly Cell[],
  opened: ReadonlySet<number>,
): number {
  const spansOf = (cell: number): number => cells[cell]?.spans ?? 0
  let unsettled = 0
  for (const [cell, size] of randomAccess.sizes) unsettled += size * spansOf(cell)
  let homeless = randomAccess.drawn - (randomAccess.clusters - unsettled)
  for (const [cell, size] of randomAccess.sizes)
    if (opened.has(cell)) homeless -= size * spansOf(cell)

  let spans = 0
  const closed = [...randomAccess.sizes]
    .filter(([cell]) => !opened.has(cell))
    .sort((a, b) => b[1] - a[1])
  for (const [cell, size] of closed) {
    if (homeless <= 0) return spans
    const taken = Math.min(spansOf(cell), Math.ceil(homeless / size))
    spans += taken
    homeless -= taken * size
  }
  return homeless <= 0 ? spans : Number.POSITIVE_INFINITY
}

/** The least number of spans that hold `homeless` clusters, by bisection. */
function fewestInOne(homeless: number, segment: Segment, randomAccess: RandomAccess): number {
  let [tooFew, enough] = [0, segment.to - segment.from]
  while (enough - tooFew > 1) {
    const spans = Math.floor((tooFew + enough) / 2)
    if (clustersIn(spans, segment, randomAccess) >= homeless) enough = spans
    else tooFew = spans
  }
  return enough
}

/**
 * The most clusters that `spans` spans of a segment hold whole, as far as they lie in the segment;
 * fewer spans than it has. `⌊a / c⌋ + ⌊b / c⌋ ≤ ⌊(a + b) / c⌋`, so that runs are best joined: one in
 * the middle, where the phase is best, or one at each end, where clusters that reach out of the
 * segment need only their part in it.
 */
function clustersIn(
  spans: number,
  { from, to, first, end }: Segment,
  randomAccess: RandomAccess,
): number {
  const { reach, first: start, clusterPages: size } = randomAccess.grids
  const whole = (pages: number): number => Math.max(0, Math.floor(pages / size))
  const borderAt = (span: number): number => span * reach - start
  // Room in the outermost span at each end, with what its cluster has outside.
  const head = borderAt(from + 1) - Math.floor(first / size) * size
  const tail = Math.ceil(end / size) * size - borderAt(to - 1)
  const more = (spans - 1) * reach
  const found = [whole(head + more), whole(tail + more)]
  const starts = to - from - 1 - spans
  if (starts > 0) {
    const lost = leastResidue(-borderAt(from + 1), -reach, size, starts)
    found.push(whole(spans * reach - lost))
  }
  if (spans > 1) {
    const both = head + tail + (spans - 2) * reach
    const rest = leastResidue(head, reach, size, spans - 1)
    found.push(whole(both) - (rest <= both % size ? 0 : 1))
  }
  return Math.max(...found)
}

/** A bound: of the clusters at the ends of each segment nothing is counted. */
function fewestInSeveral(
  homeless: number,
  segments: readonly Segment[],
  { grids }: RandomAccess,
): number {
  const inside = Math.max(0, homeless - 2 * segments.length)
  return Math.max(1, Math.ceil((inside * grids.clusterPages) / grids.reach))
}
