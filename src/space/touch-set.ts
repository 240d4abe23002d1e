import type { Count, Pages } from '../units/quantity.ts'

/** Base pages `first`, `first + 1`, … `first + length − 1`. */
export interface PageRange {
  readonly first: Pages
  readonly length: Pages
}

/**
 * The base pages of a mapping that one process ever touches, relative to the mapping's start.
 * - `ranges`: sorted, disjoint, not empty; no range is "touches nothing".
 * - `every`: the page at each multiple of `stride`, the first page included.
 * - `random`: `drawn` distinct pages of the mapping, uniformly, anew in each process.
 * - `clusters`: the mapping is cut into clusters of `clusterPages` from its start on, of which the
 *   last may be shorter; `drawn` distinct ones of them, uniformly, anew in each process, with all
 *   their pages.
 * - `zipf`: `accesses` draws of a page with replacement, the page of rank i with a probability
 *   proportional to i^−exponent, anew in each process. In order, the first page has rank 1, the next
 *   rank 2; scattered, the ranks lie at random over the pages, for all processes alike.
 */
export type TouchSet =
  | { readonly kind: 'ranges'; readonly ranges: readonly PageRange[] }
  | { readonly kind: 'every'; readonly stride: Pages }
  | { readonly kind: 'random'; readonly drawn: Pages }
  | { readonly kind: 'clusters'; readonly drawn: Count; readonly clusterPages: Pages }
  | {
      readonly kind: 'zipf'
      readonly exponent: number
      readonly accesses: Count
      readonly order: 'in-order' | 'scattered'
    }
