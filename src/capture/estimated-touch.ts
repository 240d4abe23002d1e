import type { TouchedText } from '../scenario/scenario-text.ts'
import { formatBytes } from '../units/format.ts'
import { bytes } from '../units/quantity.ts'
import { writeSize } from '../units/size.ts'
import type { Piece } from './members.ts'

/** A set of touched pages, and how it is known. */
export interface CapturedTouch {
  readonly text: TouchedText
  readonly note: string
}

/** Windows of all processes together, against those of one: more and they touch different ones. */
export const apart = 1.25

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
      : `Rss ${formatBytes(Math.round(rss) * page)}, pagemap not read`
  const note = `${text(least)} to ${text(most)} of ${first.windows} tables, ${text(wanted)} supposed: ${source}`
  return { text: estimatedText(first, wanted, present.length === 0 ? undefined : rss, page), note }
}

function text(value: number): string {
  return String(Math.round(value))
}

function bound(pieces: readonly Piece[], side: 'least' | 'most'): number {
  const of = ({ touch }: Piece): number =>
    touch.kind === 'exact' ? touch.windows.count : touch[side]
  return pieces.reduce((sum, piece) => sum + of(piece), 0) / pieces.length
}

function estimatedText(
  piece: Piece,
  windows: number,
  rss: number | undefined,
  page: number,
): TouchedText {
  const pages = Math.round(rss ?? 0)
  if (windows < 0.5) return 'none'
  if (rss !== undefined && Math.abs(expectedWindows(piece, pages) - windows) < 0.5) {
    return pages >= piece.pages ? 'all' : { random: writeSize(bytes(pages * page)) }
  }
  if (rss !== undefined && windows <= pages / piece.reach + 1) {
    return { first: writeSize(bytes(Math.min(pages, piece.pages) * page)) }
  }
  return someWindows(windows, piece, rss, page)
}

/**
 * So many windows: from the first on, where the pages fill half of them and more, and where all
 * processes together hardly have others; else as few pages at random as need them.
 * @param rss pages that are there of one process.
 */
export function someWindows(
  windows: number,
  piece: Piece,
  rss: number | undefined,
  page: number,
): TouchedText {
  const { start, pages, reach, region } = piece
  const whole = windows * reach
  const isTogether = (region.resident?.bytes ?? 0) <= apart * whole * page
  if (rss === undefined || rss * 2 < whole || !isTogether) return drawnFor(windows, piece, page)
  const first = Math.round(windows) * reach - (start % reach)
  return { first: writeSize(bytes(Math.min(pages, Math.max(1, first)) * page)) }
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

function expectedWindows({ windows, pages }: Piece, drawn: number): number {
  return windows * (1 - (1 - Math.min(1, drawn / pages)) ** (pages / windows))
}
