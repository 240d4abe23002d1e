import { isDrawn } from './random-draw.ts'
import type { TouchSet } from './touch-set.ts'

/**
 * One mapping's claim on spans: where it lies on an axis of base pages (a process's address space,
 * or the pages of a region) and what of it is ever touched.
 */
export interface Access {
  /** Page of the axis at which the mapping starts. */
  readonly first: number
  /** Length of the mapping in pages: what percentages and random draws refer to. */
  readonly pages: number
  readonly touched: TouchSet
  /** How many processes draw independently; without effect where chance has no part. */
  readonly draws: number
  /** The part of the mapping that counts, in pages of the axis; absent: all of it. */
  readonly within?: Piece
  /** Spans that count: all that are touched, those wholly inside `cover`, or the others. */
  readonly counts: 'all' | 'whole' | 'edges'
  /** The part of the axis that the mapping, or the object behind it, covers; absent: the piece. */
  readonly cover?: Piece
  /** Stretches of the axis: spans wholly inside one do not count. */
  readonly holes?: readonly Piece[]
}

/** Pages `from` up to, but without, `to`. */
export interface Piece {
  readonly from: number
  readonly to: number
}

/** The piece of the axis that an access can touch. */
export function pieceOf(access: Access): Piece {
  return access.within ?? { from: access.first, to: access.first + access.pages }
}

/** Spans of `reach` pages, by index from page 0, that lie inside a piece entirely. */
export function wholeSpans(piece: Piece, reach: number): Piece {
  const from = Math.ceil(piece.from / reach)
  return { from, to: Math.max(from, Math.floor(piece.to / reach)) }
}

/** True where two lists of accesses touch the same, in order. */
export function touchAlike(some: readonly Access[], others: readonly Access[]): boolean {
  return (
    some.length === others.length &&
    some.every((one, index) => {
      const other = others[index]
      return other !== undefined && isAlike(one, other)
    })
  )
}

function isAlike(one: Access, other: Access): boolean {
  return (
    one.first === other.first &&
    one.pages === other.pages &&
    one.touched === other.touched &&
    (one.draws === other.draws || !isDrawn(one.touched)) &&
    one.counts === other.counts &&
    isSamePiece(one.within, other.within) &&
    isSamePiece(one.cover, other.cover) &&
    one.holes === other.holes
  )
}

function isSamePiece(one: Piece | undefined, other: Piece | undefined): boolean {
  return one === other || (one?.from === other?.from && one?.to === other?.to)
}
