import type { Access, Piece } from './access.ts'
import { pieceOf, wholeSpans } from './access.ts'
import type { Grids } from './grid-phase.ts'
import { clustersAmong, fewerClusters, spansMeetingMore } from './grid-phase.ts'
import { append, runsOf, spansReached } from './intervals.ts'
import type { RandomDraw } from './random-draw.ts'
import { drawOf } from './random-draw.ts'
import type { PageRange } from './touch-set.ts'
import { logUntouched, touchedProbability } from './untouched.ts'
import type { Skew, ZipfSet } from './zipf/zipf-touch.ts'
import { probabilityOf, scatteredProbability, skewOf } from './zipf/zipf-touch.ts'

/** A run of consecutive spans that one access treats alike. */
export type Stretch = Piece &
  (
    | { readonly kind: 'certain' }
    /** Touched at pages `first + i · stride`, where the stride is longer than a span. */
    | { readonly kind: 'every'; readonly first: number; readonly stride: number }
    | { readonly kind: 'chance'; readonly chance: Chance }
    /** Each span meets `size` pages, and is touched with a probability of its own. */
    | { readonly kind: 'skewed'; readonly skew: Skew; readonly size: number }
    /** Spans that meet one cluster more than others, as the clusters happen to lie across them. */
    | {
        readonly kind: 'phased'
        readonly grids: Grids
        readonly fewer: Chance
        readonly more: Chance
      }
  )

/** Each span meets `size` of the mapping's clusters (or pages), and is touched with that probability. */
export interface Chance {
  readonly size: number
  readonly probability: number
  /** The draw cannot miss the span. */
  readonly certain: boolean
}

/** A stretch and whose it is, by the access's place in a list. */
export interface Active {
  readonly access: number
  readonly stretch: Stretch
}

/** The spans of `reach` pages that an access touches, or may, in ascending order. */
export function stretchesOf(access: Access, reach: number): readonly Stretch[] {
  const stretches = outside(access.holes ?? [], unfiltered(access, reach), reach)
  if (access.counts === 'all') return stretches
  const whole = wholeSpans(access.cover ?? pieceOf(access), reach)
  if (access.counts === 'whole') return clipAll(stretches, whole)
  return around(whole, stretches)
}

/** The parts of stretches before and behind some spans. */
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

function unfiltered(access: Access, reach: number): readonly Stretch[] {
  const { touched } = access
  switch (touched.kind) {
    case 'ranges':
      return rangeStretches(access, touched.ranges, reach)
    case 'every':
      return everyStretches(access, touched.stride, reach)
    case 'random':
    case 'clusters': {
      const draw = drawOf(touched, access.pages)
      if (draw === undefined || draw.drawn === 0) return []
      return chanceStretches(access, reach, {
        chanceOf: (from, to) =>
          chanceOf(clustersAmong(from, to, draw.clusterPages), draw, access.draws),
        body: (whole) => bodyStretches(whole, access, draw, reach),
      })
    }
    case 'zipf':
      return chanceStretches(access, reach, zipfRule(access, touched, reach))
  }
}

function rangeStretches(
  access: Access,
  ranges: readonly PageRange[],
  reach: number,
): readonly Stretch[] {
  const piece = pieceOf(access)
  const pages: number[] = []
  for (const { first, length } of ranges) {
    const start = access.first + first
    append(pages, Math.max(piece.from, start), Math.min(piece.to, start + length))
  }
  return runsOf(spansReached(pages, reach)).map(([from, to]) => ({ kind: 'certain', from, to }))
}

function everyStretches(access: Access, stride: number, reach: number): readonly Stretch[] {
  const piece = pieceOf(access)
  const skipped = Math.ceil((piece.from - access.first) / stride)
  const first = access.first + skipped * stride
  if (first >= piece.to) return []
  const last = first + Math.floor((piece.to - 1 - first) / stride) * stride
  const spans = { from: Math.floor(first / reach), to: Math.floor(last / reach) + 1 }
  // Neighbouring touched pages are at most one span apart: no span between them is skipped.
  if (stride <= reach) return [{ kind: 'certain', ...spans }]
  return [{ kind: 'every', ...spans, first, stride }]
}

/** How chance touches the spans of an access. */
interface ChanceRule {
  /** One span, in which the pages `from … to − 1` of the mapping lie. */
  readonly chanceOf: (from: number, to: number) => Chance
  /** Whole spans. */
  readonly body: (spans: Piece) => readonly Stretch[]
}

/** Head, body and tail. */
function chanceStretches(
  access: Access,
  reach: number,
  { chanceOf, body }: ChanceRule,
): readonly Stretch[] {
  const piece = pieceOf(access)
  if (piece.from >= piece.to) return []
  const whole = wholeSpans(piece, reach)
  const stretches: Stretch[] = []
  const add = (from: number, to: number): void => {
    const first = Math.max(piece.from, from * reach) - access.first
    const end = Math.min(piece.to, to * reach) - access.first
    stretches.push({ kind: 'chance', from, to, chance: chanceOf(first, end) })
  }
  if (piece.from < whole.from * reach) add(whole.from - 1, whole.from)
  if (whole.from < whole.to) stretches.push(...body(whole))
  const tail = Math.floor((piece.to - 1) / reach)
  if (tail >= whole.to) add(tail, tail + 1)
  return stretches
}

/** The spans of a body meet all as many clusters, or some of them one more. */
function bodyStretches(
  { from, to }: Piece,
  { first, draws }: Access,
  draw: RandomDraw,
  reach: number,
): readonly Stretch[] {
  const grids = { reach, first, clusterPages: draw.clusterPages }
  const size = fewerClusters(from, grids)
  const fewer = chanceOf(size, draw, draws)
  const more = chanceOf(size + 1, draw, draws)
  const meetingMore = spansMeetingMore(from, to, grids)
  if (meetingMore === 0) return [{ kind: 'chance', from, to, chance: fewer }]
  if (meetingMore === to - from) return [{ kind: 'chance', from, to, chance: more }]
  return [{ kind: 'phased', from, to, grids, fewer, more }]
}

/** Independent draws all miss a span with the product of their probabilities. */
function chanceOf(size: number, { drawn, clusters }: RandomDraw, draws: number): Chance {
  const log = logUntouched(size, drawn, clusters)
  return {
    size,
    probability: touchedProbability(log * draws),
    // Fewer clusters lie outside the span than are drawn.
    certain: size + drawn > clusters,
  }
}

function zipfRule({ first, pages, draws }: Access, touched: ZipfSet, reach: number): ChanceRule {
  const drawing = { touched, pages, draws }
  // Whatever is hit lies in a span that holds the whole mapping.
  const chance = (size: number, probability: number): Chance => ({
    size,
    probability,
    certain: size === pages,
  })
  if (touched.order === 'scattered') {
    const probability = scatteredProbability(drawing)
    const alike = (size: number): Chance => chance(size, probability(size))
    return {
      chanceOf: (from, to) => alike(to - from),
      body: (spans) => [{ kind: 'chance', ...spans, chance: alike(reach) }],
    }
  }
  return {
    chanceOf: (from, to) => chance(to - from, probabilityOf(drawing, from, to)),
    body: (spans) =>
      pages === reach
        ? [{ kind: 'chance', ...spans, chance: chance(pages, probabilityOf(drawing, 0, pages)) }]
        : [{ kind: 'skewed', ...spans, skew: skewOf(drawing, first, reach), size: reach }],
  }
}

function clipAll(stretches: readonly Stretch[], to: Piece): readonly Stretch[] {
  return stretches.flatMap((stretch) => {
    const clipped = { from: Math.max(stretch.from, to.from), to: Math.min(stretch.to, to.to) }
    return clipped.from < clipped.to ? [{ ...stretch, ...clipped }] : []
  })
}
