import type { TouchedText } from '../../scenario/schema/scenario-text.ts'
import { formatBytes } from '../../units/format.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import { touchedInClusters } from '../files/spans.ts'
import type { Piece } from './captured-process.ts'
import type { Run } from './runs-text.ts'
import { mostRuns, runsText } from './runs-text.ts'

/** A set of touched pages, and how it is known. */
export interface CapturedTouch {
  readonly text: TouchedText
  readonly note: string
}

/** Windows of all processes together, against those of one: more and they touch different ones. */
export const apart = 1.25
/** Another set may hold so many times the pages, which are planned to be in memory. */
export const mostMore = 1.05

/**
 * The pages of a mapping of which nobody has said where they are: so many of them, in so many tables,
 * as far as one form can say both.
 * @param wanted windows that one process has on average.
 */
export function estimatedTouch(
  pieces: readonly Piece[],
  first: Piece,
  page: number,
  wanted: number,
): CapturedTouch {
  const [least, most] = [bound(pieces, 'least'), bound(pieces, 'most')]
  const present = pieces.flatMap(({ touch }) => (touch.pages === undefined ? [] : [touch.pages]))
  const rss = present.reduce((sum, pages) => sum + pages, 0) / Math.max(1, present.length)
  const source =
    present.length === 0
      ? 'maps alone says nothing of them'
      : `Rss ${formatBytes(Math.round(rss) * page)}${rangeOf(present, page)}, pagemap not read`
  const supposed = {
    windows: wanted,
    rss: present.length === 0 ? undefined : rss,
    areTogether: areTogether(pieces, wanted),
  }
  const note = `${text(least)} to ${text(most)} of ${first.windows} tables, ${text(wanted)} supposed: ${source}`
  return { text: estimatedText(first, supposed, page), note }
}

/** Of the process with the least and that with the most; nothing where they are near. */
function rangeOf(present: readonly number[], page: number): string {
  const sorted = present.toSorted((left, right) => left - right)
  const [least = 0, most = 0] = [sorted[0], sorted.at(-1)]
  if (most <= least * mostMore) return ''
  return ` on average (${formatBytes(least * page)} to ${formatBytes(most * page)} in one process)`
}

function text(value: number): string {
  return String(Math.round(value))
}

function bound(pieces: readonly Piece[], side: 'least' | 'most'): number {
  const of = ({ touch }: Piece): number =>
    touch.kind === 'exact' ? touch.windows.count : touch[side]
  return pieces.reduce((sum, piece) => sum + of(piece), 0) / pieces.length
}

/** What is supposed of a mapping. */
export interface Supposed {
  readonly windows: number
  /** Pages that are there of one process. */
  readonly rss: number | undefined
  /** All processes together have hardly other windows than one. */
  readonly areTogether: boolean
}

function estimatedText(piece: Piece, supposed: Supposed, page: number): TouchedText {
  const { windows, rss } = supposed
  const pages = Math.round(rss ?? 0)
  if (windows < 0.5) return 'none'
  if (rss !== undefined && pages >= piece.pages) return 'all'
  const usual = usualCluster(piece, page)
  const isUsual = Math.abs(touchedInClusters(piece, pages, usual) - windows)
  if (rss !== undefined && isUsual < 0.5) return inClusters(pages, usual, page)
  if (rss !== undefined && windows <= pages / piece.reach + 1 && supposed.areTogether) {
    return { first: writeSize(bytes(Math.min(pages, piece.pages) * page)) }
  }
  return someWindows(piece, supposed, page)
}

/**
 * So many windows where all processes together hardly have others: the first ones, with as many pages
 * of each as there are; else, or where that is no text any more, as few pages at random as need them.
 */
export function someWindows(
  piece: Piece,
  { windows, rss, areTogether: isTogether }: Supposed,
  page: number,
): TouchedText {
  const { start, pages, reach } = piece
  const count = Math.round(windows)
  if (rss !== undefined && !isTogether) return clustersFor(windows, rss, piece, page)
  if (rss === undefined || rss * 2 < windows * reach) return drawnFor(windows, piece, page)
  const startOf = (window: number): number => Math.max(0, window * reach - (start % reach))
  if (rss * mostMore >= windows * reach) {
    return runsText([[0, Math.min(pages, startOf(count))]], pages, page)
  }
  if (count > mostRuns) return drawnFor(windows, piece, page)
  const each = Math.round(rss / count)
  const runs = Array.from({ length: count }, (_, window): Run => {
    const from = startOf(window)
    return [from, Math.min(from + each, startOf(window + 1), pages)]
  })
  return runsText(runs, pages, page)
}

/**
 * False where processes have more together, by Pss, than fits in the windows of one: theirs are
 * others. Sums that are more than there is of the mapping are no figure of a moment, and say nothing.
 */
export function areTogether(pieces: readonly (Piece | undefined)[], windows: number): boolean {
  const shares = pieces.map((piece) =>
    piece?.touch.kind === 'bounds' ? (piece.touch.share ?? 0) : 0,
  )
  const together = shares.reduce((sum, share) => sum + share, 0)
  const [first] = pieces
  if (first === undefined || together > first.pages * mostMore) return true
  return together <= apart * windows * first.reach
}

/** What programs have touched lies together in pieces of this size, on average; huge pages are whole. */
const usualBytes = 2 ** 20

/** In pages: that of the usual size, as far as the mapping has so much. */
export function usualCluster({ pages, region }: Piece, page: number): number {
  const huge = (region.object.pageKib * 1024) / page
  return Math.max(1, Math.min(pages, Math.max(usualBytes / page, huge)))
}

/** So many pages of each process, its own, in clusters of the size with which they touch so many windows. */
function clustersFor(windows: number, rss: number, piece: Piece, page: number): TouchedText {
  const drawn = Math.min(piece.pages, Math.max(1, Math.round(rss)))
  const off = (cluster: number): number =>
    Math.abs(touchedInClusters(piece, drawn, cluster) - windows)
  // One after another: where clusters straddle windows, larger ones may touch more.
  let [best, least] = [1, off(1)]
  for (let cluster = 2; cluster <= Math.min(drawn, piece.reach, mostCluster); cluster += 1) {
    const distance = off(cluster)
    if (distance < least) [best, least] = [cluster, distance]
  }
  return inClusters(drawn, best, page)
}

/** Windows of huge pages are larger; there a cluster is a part of one anyway. */
const mostCluster = 8192

function inClusters(drawn: number, cluster: number, page: number): TouchedText {
  const random = writeSize(bytes(drawn * page))
  return cluster <= 1 ? { random } : { random, in: writeSize(bytes(cluster * page)) }
}

/** As many pages at random as touch so many windows on average; one page in each where that is all. */
export function drawnFor(windows: number, piece: Piece, page: number): TouchedText {
  const { pages, reach } = piece
  if (windows >= piece.windows - 0.5) return { every: writeSize(bytes(reach * page)) }
  const perWindow = pages / piece.windows
  const untouched = 1 - windows / piece.windows
  const drawn = Math.round(pages * (1 - untouched ** (1 / perWindow)))
  return { random: writeSize(bytes(Math.min(pages, Math.max(1, drawn)) * page)) }
}
