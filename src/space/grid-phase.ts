import { greatestCommonDivisor, residueOf } from './residues.ts'

/**
 * Two grids on one axis: spans of `reach` pages from page 0 on, and clusters of `clusterPages` from
 * page `first` on. A cluster that lies across the border of two spans is in both.
 */
export interface Grids {
  readonly reach: number
  readonly first: number
  readonly clusterPages: number
}

/** Clusters with a page among the pages `from … to − 1` of the mapping. */
export function clustersAmong(from: number, to: number, clusterPages: number): number {
  return Math.floor((to - 1) / clusterPages) - Math.floor(from / clusterPages) + 1
}

/**
 * Clusters that meet a whole span: the number returned, or one more. With `t = reach mod clusterPages`, a span
 * that begins `x` pages into a cluster has one more where `x > clusterPages − t`.
 */
export function fewerClusters(span: number, grids: Grids): number {
  const { reach, first, clusterPages } = grids
  const inside = reach % clusterPages
  if (inside !== 0) return Math.floor(reach / clusterPages) + 1
  const aligned = (span * reach - first) % clusterPages === 0
  return reach / clusterPages + (aligned ? 0 : 1)
}

/** Number of the spans `from … to − 1`, all inside the mapping, that meet one more. */
export function spansMeetingMore(from: number, to: number, grids: Grids): number {
  const { reach, first, clusterPages } = grids
  if (reach % clusterPages === 0 || from >= to) return 0
  const clusterAt = (span: number): number => Math.floor((span * reach - first) / clusterPages)
  // Borders of clusters within the spans; a border that is also one of spans is within no span.
  const borders = clusterAt(to) - clusterAt(from) - commonBorders(from + 1, to + 1, grids)
  return borders - (to - from) * Math.floor(reach / clusterPages)
}

/** Number of the spans `from … to − 1` that begin where a cluster begins. */
export function commonBorders(from: number, to: number, grids: Grids): number {
  const at = firstCommonBorder(from, grids)
  if (at === undefined || at >= to) return 0
  return Math.floor((to - 1 - at) / spanPeriod(grids)) + 1
}

/** The first span from `from` on that begins where a cluster begins; `undefined`: no span does. */
export function firstCommonBorder(from: number, grids: Grids): number | undefined {
  const { reach, first, clusterPages } = grids
  const residue = residueOf(reach, first, clusterPages)
  if (residue === undefined) return undefined
  const period = spanPeriod(grids)
  const skip = (residue - (from % period) + period) % period
  return from + skip
}

/** Spans after which the clusters lie across them as before. */
export function spanPeriod({ reach, clusterPages }: Grids): number {
  return clusterPages / greatestCommonDivisor(reach, clusterPages)
}
