import type { Pages } from '../units/quantity.ts'

/** Base pages `first`, `first + 1`, … `first + length − 1`. */
export interface PageRange {
  readonly first: Pages
  readonly length: Pages
}

/**
 * The base pages of a mapping that one process ever touches, relative to the mapping's start.
 * - `ranges`: sorted, disjoint, none empty; no range is "touches nothing".
 * - `every`: the page at each multiple of `stride`, the first page included.
 * - `random`: `drawn` distinct pages of the mapping, uniformly, anew in each process.
 */
export type TouchSet =
  | { readonly kind: 'ranges'; readonly ranges: readonly PageRange[] }
  | { readonly kind: 'every'; readonly stride: Pages }
  | { readonly kind: 'random'; readonly drawn: Pages }
