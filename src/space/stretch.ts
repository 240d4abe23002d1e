import type { PageRange } from './touch-set.ts'
import type { Piece, Toucher } from './toucher.ts'
import { pieceOf, wholeSpans } from './toucher.ts'
import { logUntouched, touchedProbability } from './untouched.ts'

/** A run of consecutive spans that one toucher treats alike. */
export type Stretch = Piece &
  (
    | { readonly kind: 'certain' }
    /** Touched at pages `first + i · stride`, where the stride is longer than a span. */
    | { readonly kind: 'every'; readonly first: number; readonly stride: number }
    /** Each span holds `size` of the mapping's pages and is touched with that probability. */
    | { readonly kind: 'chance'; readonly size: number; readonly probability: number }
  )

/** A stretch and whose it is, by the toucher's place in a list. */
export interface Active {
  readonly toucher: number
  readonly stretch: Stretch
}

/** The spans of `reach` pages that a toucher touches, or may, in ascending order. */
export function stretchesOf(toucher: Toucher, reach: number): readonly Stretch[] {
  const stretches = outside(toucher.holes ?? [], unfiltered(toucher, reach), reach)
  if (toucher.counts === 'all') return stretches
  const whole = wholeSpans(toucher.cover ?? pieceOf(toucher), reach)
  if (toucher.counts === 'whole') return clipAll(stretches, whole)
  return around(whole, stretches)
}

/** What of stretches lies before and behind some spans. */
function around({ from, to }: Piece, stretches: readonly Stretch[]): readonly Stretch[] {
  return [
    ...clipAll(stretches, { from: 0, to: from }),
    ...clipAll(stretches, { from: Math.max(from, to), to: Number.MAX_SAFE_INTEGER }),
  ]
}

function outside(
  holes: readonly Piece[],
  stretches: readonly Stretch[],
  reach: number,
): readonly Stretch[] {
  return holes.reduce((left, hole) => around(wholeSpans(hole, reach), left), stretches)
}

function unfiltered(toucher: Toucher, reach: number): readonly Stretch[] {
  const { touched } = toucher
  switch (touched.kind) {
    case 'ranges':
      return rangeStretches(toucher, touched.ranges, reach)
    case 'every':
      return everyStretches(toucher, touched.stride, reach)
    case 'random':
      return chanceStretches(toucher, touched.drawn, reach)
  }
}

function rangeStretches(
  toucher: Toucher,
  ranges: readonly PageRange[],
  reach: number,
): readonly Stretch[] {
  const piece = pieceOf(toucher)
  const merged: { kind: 'certain'; from: number; to: number }[] = []
  for (const range of ranges) {
    const from = Math.max(piece.from, toucher.first + range.first)
    const to = Math.min(piece.to, toucher.first + range.first + range.length)
    if (from >= to) continue
    const spans = { from: Math.floor(from / reach), to: Math.floor((to - 1) / reach) + 1 }
    const last = merged.at(-1)
    if (last !== undefined && spans.from <= last.to) last.to = Math.max(last.to, spans.to)
    else merged.push({ kind: 'certain', ...spans })
  }
  return merged
}

function everyStretches(toucher: Toucher, stride: number, reach: number): readonly Stretch[] {
  const piece = pieceOf(toucher)
  const skipped = Math.ceil((piece.from - toucher.first) / stride)
  const first = toucher.first + skipped * stride
  if (first >= piece.to) return []
  const last = first + Math.floor((piece.to - 1 - first) / stride) * stride
  const spans = { from: Math.floor(first / reach), to: Math.floor(last / reach) + 1 }
  // Neighbouring touched pages are at most one span apart: no span between them is skipped.
  if (stride <= reach) return [{ kind: 'certain', ...spans }]
  return [{ kind: 'every', ...spans, first, stride }]
}

/** Head, body and tail: spans of one mapping come in at most three sizes. */
function chanceStretches(toucher: Toucher, drawn: number, reach: number): readonly Stretch[] {
  const piece = pieceOf(toucher)
  if (piece.from >= piece.to || drawn === 0) return []
  const head = Math.floor(piece.from / reach)
  const tail = Math.floor((piece.to - 1) / reach)
  const whole = wholeSpans(piece, reach)
  const stretches: Stretch[] = []
  const add = (from: number, to: number, size: number): void => {
    if (from >= to) return
    const log = logUntouched(size, drawn, toucher.pages)
    // Independent draws all miss a span with the product of their probabilities.
    const probability = touchedProbability(log * toucher.draws)
    if (log === Number.NEGATIVE_INFINITY && mustHit(size, drawn, toucher.pages)) {
      stretches.push({ kind: 'certain', from, to })
    } else stretches.push({ kind: 'chance', from, to, size, probability })
  }
  if (head < whole.from) add(head, head + 1, Math.min(piece.to, (head + 1) * reach) - piece.from)
  add(whole.from, whole.to, reach)
  if (tail >= whole.to) add(tail, tail + 1, piece.to - tail * reach)
  return stretches
}

/** True where fewer pages lie outside a span than are drawn: every draw hits it. */
function mustHit(size: number, drawn: number, pages: number): boolean {
  return size + drawn > pages
}

function clipAll(stretches: readonly Stretch[], to: Piece): readonly Stretch[] {
  return stretches.flatMap((stretch) => {
    const clipped = { from: Math.max(stretch.from, to.from), to: Math.min(stretch.to, to.to) }
    return clipped.from < clipped.to ? [{ ...stretch, ...clipped }] : []
  })
}
