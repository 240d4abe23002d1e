import type { Grids } from './grid-phase.ts'
import type { Segment } from './segments.ts'

/** Clusters that open as many spans as one another. */
export interface Weight {
  readonly spans: number
  readonly clusters: number
}

/** Spans of the segments that each cluster opens. Clusters begin with spans, and no span has two. */
export function weightsOf(
  segments: readonly Segment[],
  { reach, clusterPages }: Grids,
): readonly Weight[] {
  const outer = new Map<number, number>()
  let whole = 0
  for (const { first, end } of segments) {
    const [from, to] = [first / clusterPages, end / clusterPages]
    const [head, last] = [Math.floor(from), Math.ceil(to) - 1]
    for (const cluster of new Set([head, last])) {
      const start = Math.max(first, cluster * clusterPages)
      const stop = Math.min(end, (cluster + 1) * clusterPages)
      const spans = Math.ceil(stop / reach) - Math.floor(start / reach)
      outer.set(cluster, (outer.get(cluster) ?? 0) + spans)
    }
    whole += Math.max(0, last - head - 1)
  }
  return [
    ...[...outer.values()].map((spans) => ({ spans, clusters: 1 })),
    { spans: clusterPages / reach, clusters: whole },
  ]
}

/** Spans that `drawn` clusters open where those that open the fewest are drawn. */
export function lightest(drawn: number, weights: readonly Weight[]): number {
  return opened(
    drawn,
    weights.toSorted((a, b) => a.spans - b.spans),
  )
}

/** Spans that `drawn` clusters open where those that open the most are drawn. */
export function heaviest(drawn: number, weights: readonly Weight[]): number {
  return opened(
    drawn,
    weights.toSorted((a, b) => b.spans - a.spans),
  )
}

function opened(drawn: number, ordered: readonly Weight[]): number {
  let [left, spans] = [drawn, 0]
  for (const weight of ordered) {
    const taken = Math.min(left, weight.clusters)
    left -= taken
    spans += taken * weight.spans
  }
  return spans
}
