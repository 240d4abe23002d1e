import type { Layout } from '../geometry/layout.ts'
import { spansTouched } from '../space/spans.ts'
import type { Toucher } from '../space/toucher.ts'
import { pieceOf, wholeSpans } from '../space/toucher.ts'
import type { Paging } from './paging.ts'
import { pagesPerLeaf } from './paging.ts'

/** Leaf entries, or leaf pages: unrounded expectations. */
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

/** Distinct leaf entries that touchers fill together; unrounded. */
export function leafEntries(
  layout: Layout,
  paging: Paging,
  touchers: readonly Toucher[],
  quantity: string,
): number {
  const { whole, edges } = leavesTouched(layout, paging, touchers, quantity)
  return whole + edges
}

/** What of a toucher lies before and behind the huge pages that fit in its cover. */
function edgesOf(toucher: Toucher, leaf: number): readonly Toucher[] {
  const piece = pieceOf(toucher)
  const whole = wholeSpans(toucher.cover ?? piece, leaf)
  const before = { from: piece.from, to: Math.min(piece.to, whole.from * leaf) }
  const behind = { from: Math.max(piece.from, whole.to * leaf), to: piece.to }
  return [before, behind]
    .filter(({ from, to }) => from < to)
    .map((within) => ({ ...toucher, within, counts: 'all' }))
}
