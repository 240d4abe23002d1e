import { sumBy } from '../units/sum.ts'
import type { Cell } from './cell.ts'
import { heaviest, weightsOf } from './cluster-weights.ts'
import { firstCommonBorder, spanPeriod } from './grid-phase.ts'
import type { RandomAccess } from './random-access.ts'
import type { Segment } from './segments.ts'
import { clustersMeeting, segmentsOf } from './segments.ts'

/**
 * The most spans that the draws of a random access can open where clusters lie across spans. Reachable
 * where no cluster is larger than a span, or where clusters begin with spans; else a bound.
 */
export function mostSpans(randomAccess: RandomAccess, cells: readonly Cell[]): number {
  const { reach, clusterPages } = randomAccess.grids
  let all = 0
  for (const cell of randomAccess.sizes.keys()) all += cells[cell]?.spans ?? 0
  const drawn = Math.min(randomAccess.mostDrawn, randomAccess.clusters)
  const widest = Math.ceil((clusterPages - 1) / reach) + 1
  const segments = segmentsOf(randomAccess, cells, new Set())
  if (segments === undefined) return Math.min(all, drawn * widest)
  if (clusterPages <= reach) {
    const pairs = sumBy(segments, (segment) => pairsIn(segment, randomAccess))
    return Math.min(all, drawn + Math.min(drawn, pairs))
  }
  if (randomAccess.holdsSpans) return heaviest(drawn, weightsOf(segments, randomAccess.grids))
  // A cluster that is neither drawn nor outermost leaves its inner spans untouched.
  const spared = clustersMeeting(segments, randomAccess.grids) - drawn - 2 * segments.length
  const inner = Math.max(0, Math.floor(clusterPages / reach) - 1)
  return Math.min(all - Math.max(0, spared) * inner, drawn * widest)
}

/**
 * Pairs of neighbouring spans, each span in one pair, that a cluster opens together: half of each
 * run of spans whose borders all lie within clusters.
 */
function pairsIn({ from, to }: Segment, { grids }: RandomAccess): number {
  const half = (spans: number): number => Math.floor(spans / 2)
  const first = firstCommonBorder(from + 1, grids)
  if (first === undefined || first >= to) return half(to - from)
  const period = spanPeriod(grids)
  const periods = Math.floor((to - 1 - first) / period)
  const rest = to - first - periods * period
  return half(first - from) + periods * half(period) + half(rest)
}
