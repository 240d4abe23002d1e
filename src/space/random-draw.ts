import type { TouchSet } from './touch-set.ts'

/** A random choice of `drawn` of the clusters that a mapping is cut into. */
export interface RandomDraw {
  readonly drawn: number
  /** Clusters of the mapping. */
  readonly clusters: number
  /** Pages of a cluster; the last one may have fewer. 1: single pages are drawn. */
  readonly clusterPages: number
}

/** The draw of a touch set of a mapping of `pages`; `undefined` where not a fixed number is drawn alike. */
export function drawOf(touched: TouchSet, pages: number): RandomDraw | undefined {
  switch (touched.kind) {
    case 'random':
      return { drawn: touched.drawn, clusters: pages, clusterPages: 1 }
    case 'clusters': {
      const { drawn, clusterPages } = touched
      return { drawn, clusters: Math.ceil(pages / clusterPages), clusterPages }
    }
    case 'ranges':
    case 'every':
    case 'zipf':
      return undefined
  }
}

/** True where chance has a part in what is touched. */
export function isDrawn({ kind }: TouchSet): boolean {
  return kind === 'random' || kind === 'clusters' || kind === 'zipf'
}

/** What one process may draw: clusters, or pages, from the fewest to the most. */
export interface DrawRange extends Omit<RandomDraw, 'drawn'> {
  readonly fewest: number
  readonly most: number
}

/** How much a touch set of a mapping of `pages` may come to; `undefined` where chance has no part. */
export function drawRangeOf(touched: TouchSet, pages: number): DrawRange | undefined {
  if (touched.kind === 'zipf') {
    // Every access may hit the same page, or each another one.
    const most = Math.min(touched.accesses, pages)
    return { fewest: Math.min(1, most), most, clusters: pages, clusterPages: 1 }
  }
  const draw = drawOf(touched, pages)
  return draw && { ...draw, fewest: draw.drawn, most: draw.drawn }
}

/** Pages that a draw comes to where the last cluster is like the others. */
export function drawnPages({ drawn, clusterPages }: RandomDraw, pages: number): number {
  return Math.min(pages, drawn * clusterPages)
}
