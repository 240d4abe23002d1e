import type { TouchSet } from './touch-set.ts'

/** A random choice of `drawn` of the clusters that a mapping is cut into. */
export interface RandomDraw {
  readonly drawn: number
  /** Clusters of the mapping. */
  readonly clusters: number
  /** Pages of a cluster; the last one may have fewer. 1: single pages are drawn. */
  readonly clusterPages: number
}

/** The draw of a touch set of a mapping of `pages`; `undefined` where chance has no part. */
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
      return undefined
  }
}

/** True where chance has a part in what is touched. */
export function isDrawn({ kind }: TouchSet): boolean {
  return kind === 'random' || kind === 'clusters'
}

/** Pages that a draw comes to where the last cluster is like the others. */
export function drawnPages({ drawn, clusterPages }: RandomDraw, pages: number): number {
  return Math.min(pages, drawn * clusterPages)
}
