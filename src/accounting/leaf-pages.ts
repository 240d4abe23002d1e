import type { Layout } from '../geometry/layout.ts'
import { spansTouched } from '../space/spans.ts'
import type { Toucher } from '../space/toucher.ts'
import { pieceOf, wholeSpans } from '../space/toucher.ts'
import type { Paging } from './paging.ts'
import { pagesPerLeaf } from './paging.ts'

/** Pages by how they are entered: unrounded expectations. */
export interface Leaves {
  /** Huge pages entered whole, or base pages where the paging has no other. */
  readonly whole: number
  /** Base pages at the edges, where no huge page fits. */
  readonly edges: number
}

/** Distinct leaf pages that touchers touch together. */
export function leavesTouched(
  layout: Layout,
  paging: Paging,
  touchers: readonly Toucher[],
  quantity: string,
): Leaves {
  const leaf = pagesPerLeaf(layout, paging)
  const spans = (of: readonly Toucher[], reach: number): number =>
    spansTouched(of, reach, quantity).total.expected
  if (paging.kind !== 'partly-huge') return { whole: spans(touchers, leaf), edges: 0 }
  const fitting = touchers.map((toucher): Toucher => ({ ...toucher, counts: 'whole' }))
  const beside = touchers.flatMap((toucher) => edgesOf(toucher, leaf))
  return { whole: spans(fitting, leaf), edges: spans(beside, 1) }
}

/**
 * Base pages in memory behind what touchers touch, a huge page with all its pages: by toucher, a page
 * that several touch with the first. Unrounded expectations.
 */
export function basePagesTouched(
  layout: Layout,
  paging: Paging,
  touchers: readonly Toucher[],
  quantity: string,
): readonly number[] {
  const leaf = pagesPerLeaf(layout, paging)
  if (paging.kind !== 'partly-huge') {
    return spansTouched(touchers, leaf, quantity).shares.map((leaves) => leaves * leaf)
  }
  const fitting = touchers.map((toucher): Toucher => ({ ...toucher, counts: 'whole' }))
  const beside = touchers.flatMap((toucher, index) =>
    edgesOf(toucher, leaf).map((edge) => ({ index, edge })),
  )
  const pages = spansTouched(fitting, leaf, quantity).shares.map((leaves) => leaves * leaf)
  const edges = spansTouched(
    beside.map(({ edge }) => edge),
    1,
    quantity,
  )
  beside.forEach(({ index }, at) => {
    pages[index] = (pages[index] ?? 0) + (edges.shares[at] ?? 0)
  })
  return pages
}

/** Distinct pages, huge ones entered whole counting as one; unrounded. */
export function leafPages(
  layout: Layout,
  paging: Paging,
  touchers: readonly Toucher[],
  quantity: string,
): number {
  const { whole, edges } = leavesTouched(layout, paging, touchers, quantity)
  return whole + edges
}

/** What of a toucher lies before and behind the spans that fit in its cover. */
export function edgesOf(toucher: Toucher, reach: number): readonly Toucher[] {
  const piece = pieceOf(toucher)
  const whole = wholeSpans(toucher.cover ?? piece, reach)
  const before = { from: piece.from, to: Math.min(piece.to, whole.from * reach) }
  const behind = { from: Math.max(piece.from, whole.to * reach), to: piece.to }
  return [before, behind]
    .filter(({ from, to }) => from < to)
    .map((within) => ({ ...toucher, within, counts: 'all' }))
}

/** The part of a toucher that fills whole spans, as one piece. */
export function wholeOf(toucher: Toucher, reach: number): readonly Toucher[] {
  const piece = pieceOf(toucher)
  const spans = wholeSpans(toucher.cover ?? piece, reach)
  const within = {
    from: Math.max(piece.from, spans.from * reach),
    to: Math.min(piece.to, spans.to * reach),
  }
  return within.from < within.to ? [{ ...toucher, within, counts: 'all' }] : []
}
