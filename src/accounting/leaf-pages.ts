import type { Layout } from '../geometry/layout.ts'
import type { Access } from '../space/access.ts'
import { pieceOf, wholeSpans } from '../space/access.ts'
import { spansTouched } from '../space/spans.ts'
import type { Paging } from './paging.ts'
import { pagesPerLeaf } from './paging.ts'

/** Pages by how they are entered: unrounded expectations. */
export interface Leaves {
  /** Huge pages entered whole, or base pages where the paging has no other. */
  readonly whole: number
  /** Base pages at the edges, where no huge page fits. */
  readonly edges: number
}

/** Distinct leaf pages that accesses touch together. */
export function leavesTouched(
  layout: Layout,
  paging: Paging,
  accesses: readonly Access[],
  quantity: string,
): Leaves {
  const leaf = pagesPerLeaf(layout, paging)
  const spans = (of: readonly Access[], reach: number): number =>
    spansTouched(of, reach, quantity).total.expected
  if (paging.kind !== 'partly-huge') return { whole: spans(accesses, leaf), edges: 0 }
  const fitting = accesses.map((access): Access => ({ ...access, counts: 'whole' }))
  const beside = accesses.flatMap((access) => edgesOf(access, leaf))
  return { whole: spans(fitting, leaf), edges: spans(beside, 1) }
}

/**
 * Base pages in memory behind what accesses touch, a huge page with all its pages: by access, a page
 * that several touch with the first. Unrounded expectations.
 */
export function basePagesTouched(
  layout: Layout,
  paging: Paging,
  accesses: readonly Access[],
  quantity: string,
): readonly number[] {
  const leaf = pagesPerLeaf(layout, paging)
  if (paging.kind !== 'partly-huge') {
    return spansTouched(accesses, leaf, quantity).shares.map((leaves) => leaves * leaf)
  }
  const fitting = accesses.map((access): Access => ({ ...access, counts: 'whole' }))
  const beside = accesses.flatMap((access, index) =>
    edgesOf(access, leaf).map((edge) => ({ index, edge })),
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
  accesses: readonly Access[],
  quantity: string,
): number {
  const { whole, edges } = leavesTouched(layout, paging, accesses, quantity)
  return whole + edges
}

/** The parts of an access before and behind the spans that fit in its cover. */
export function edgesOf(access: Access, reach: number): readonly Access[] {
  const piece = pieceOf(access)
  const whole = wholeSpans(access.cover ?? piece, reach)
  const before = { from: piece.from, to: Math.min(piece.to, whole.from * reach) }
  const behind = { from: Math.max(piece.from, whole.to * reach), to: piece.to }
  return [before, behind]
    .filter(({ from, to }) => from < to)
    .map((within) => ({ ...access, within, counts: 'all' }))
}

/** The part of an access that fills whole spans, as one piece. */
export function wholeOf(access: Access, reach: number): readonly Access[] {
  const piece = pieceOf(access)
  const spans = wholeSpans(access.cover ?? piece, reach)
  const within = {
    from: Math.max(piece.from, spans.from * reach),
    to: Math.min(piece.to, spans.to * reach),
  }
  return within.from < within.to ? [{ ...access, within, counts: 'all' }] : []
}
