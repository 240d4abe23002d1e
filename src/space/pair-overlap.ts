import type { Access, Piece } from './access.ts'
import { pieceOf } from './access.ts'
import { clustersAmong } from './grid-phase.ts'
import { greatestCommonDivisor } from './residues.ts'

/** Pairs of spans that one cluster meets both of. No two clusters meet the same two spans. */
export interface PairsInCommon {
  /** Clusters that meet the one span, and those that meet the other. */
  readonly sizes: number
  readonly pairs: number
}

/** Pairs with a cluster in common: what clusters repeat is counted once and multiplied. */
export function pairsInCommon(
  access: Access,
  clusterPages: number,
  reach: number,
): readonly PairsInCommon[] {
  const groups =
    clusterPages < reach
      ? aroundBorders(access, clusterPages, reach)
      : perCluster(access, clusterPages, reach)
  const size = (span: number): number => sizeOf(span, access, clusterPages, reach)
  return turnsOf(groups).flatMap(({ index, times }) =>
    pairsWithin(groups.spansAt(index), size).map(({ sizes, pairs }) => ({
      sizes,
      pairs: pairs * times,
    })),
  )
}

/** Runs of spans that a cluster meets, by index; those away from both ends repeat. */
interface Groups {
  readonly count: number
  readonly period: number
  readonly spansAt: (index: number) => Piece
}

/** Small clusters: of interest are those that lie across a border of spans. */
function aroundBorders(access: Access, clusterPages: number, reach: number): Groups {
  const { from, to } = pieceOf(access)
  const border = Math.floor(from / reach) + 1
  return {
    count: Math.max(0, Math.ceil(to / reach) - border),
    period: clusterPages / greatestCommonDivisor(clusterPages, reach),
    spansAt: (index) => {
      const span = border + index
      const isCommon = (span * reach - access.first) % clusterPages === 0
      return { from: isCommon ? span : span - 1, to: span + 1 }
    },
  }
}

function perCluster(access: Access, clusterPages: number, reach: number): Groups {
  const { from, to } = pieceOf(access)
  const { first } = access
  const lowest = Math.floor((from - first) / clusterPages)
  return {
    count: Math.ceil((to - first) / clusterPages) - lowest,
    period: reach / greatestCommonDivisor(clusterPages, reach),
    spansAt: (index) => {
      const start = first + (lowest + index) * clusterPages
      return {
        from: Math.floor(Math.max(from, start) / reach),
        to: Math.ceil(Math.min(to, start + clusterPages) / reach),
      }
    },
  }
}

/** Two groups at each end, where the mapping ends within a span, are one of a kind. */
function turnsOf({ count, period }: Groups): readonly { index: number; times: number }[] {
  const atEnds = [0, 1, count - 2, count - 1].filter((index) => index >= 0 && index < count)
  const turns = [...new Set(atEnds)].map((index) => ({ index, times: 1 }))
  for (let index = 2; index < Math.min(count - 2, 2 + period); index++) {
    turns.push({ index, times: Math.floor((count - 3 - index) / period) + 1 })
  }
  return turns
}

/** Spans between the outermost two of a group lie in the cluster entirely. */
function pairsWithin(
  { from, to }: Piece,
  sizeOfSpan: (span: number) => number,
): readonly PairsInCommon[] {
  if (to - from < 2) return []
  const [first, last, inner] = [sizeOfSpan(from), sizeOfSpan(to - 1), to - from - 2]
  return [
    { sizes: first + last, pairs: 1 },
    { sizes: first + 1, pairs: inner },
    { sizes: last + 1, pairs: inner },
    { sizes: 2, pairs: (inner * (inner - 1)) / 2 },
  ]
}

function sizeOf(span: number, access: Access, clusterPages: number, reach: number): number {
  const { from, to } = pieceOf(access)
  return clustersAmong(
    Math.max(from, span * reach) - access.first,
    Math.min(to, (span + 1) * reach) - access.first,
    clusterPages,
  )
}
