import type { Failure } from '../output/report.ts'
import type { Document } from './document.ts'
import { documentOf, placeOf } from './document.ts'
import type { Block } from './line-blocks.ts'
import { lineEnd, newline } from './line-blocks.ts'
import { tooLarge } from './too-large.ts'

/**
 * YAML documents between lines `---`. One without content is passed over, as kubectl does, unless there is
 * no other. Each is held back until it is known whether another follows: a document that
 * is alone in its file has no number.
 * @param lines of the file before them.
 * @param before documents of the file before them.
 */
export async function* yamlDocuments(
  path: string,
  blocks: AsyncIterable<Block>,
  most: number,
  lines = 0,
  before = 0,
): AsyncGenerator<Document | Failure, void> {
  let [held, empty] = [undefined as Piece | undefined, undefined as Piece | undefined]
  let count = before
  for await (const piece of piecesIn(blocks, most, lines)) {
    if (!piece.hasContent) {
      empty ??= piece
      continue
    }
    if (held !== undefined) yield answer(path, held, count)
    held = piece
    count += 1
  }
  const last = held ?? (count === 0 ? empty : undefined)
  if (last !== undefined) yield answer(path, last, count > 1 ? count : undefined)
}

function answer(path: string, piece: Piece, document: number | undefined): Document | Failure {
  const { linesBefore, parts, isTooLarge } = piece
  const place = placeOf(path, linesBefore, document)
  if (isTooLarge) return tooLarge(place, 'document')
  const [only, another] = parts
  const isWhole = only !== undefined && another === undefined
  return documentOf(isWhole ? only : Buffer.concat(parts), place)
}

async function* piecesIn(
  blocks: AsyncIterable<Block>,
  most: number,
  linesBefore: number,
): AsyncGenerator<Piece, void> {
  const splitter = splitterOf(linesBefore)
  for await (const { bytes, isCut } of blocks) {
    yield* splitter.take(bytes)
    if (!isCut && splitter.bytes() <= most) continue
    yield { ...splitter.end(), hasContent: true, isTooLarge: true }
    return
  }
  yield splitter.end()
}

/** The lines of one document. */
interface Piece {
  readonly parts: readonly Uint8Array[]
  readonly linesBefore: number
  /** More than comments, directives and markers. */
  readonly hasContent: boolean
  /** Only its start is here, and nothing behind it. */
  readonly isTooLarge?: true
}

interface Splitter {
  /** Takes whole lines and gives back the documents that end among them. */
  readonly take: (lines: Uint8Array) => Iterable<Piece>
  /** Of the document that has not ended. */
  readonly bytes: () => number
  /** The document that has not ended. */
  readonly end: () => Piece
}

/** At the start of a line `---` and `...` are markers wherever they are, in block scalars and quotes too. */
function splitterOf(firstLines: number): Splitter {
  let [parts, bytes, lines, linesBefore] = [[] as Uint8Array[], 0, firstLines, firstLines]
  /** A document has begun: by `---`, or by its content. It has ended by `...`. */
  let [hasBegun, hasContent, hasEnded] = [false, false, false]
  const add = (part: Uint8Array): void => {
    if (part.length === 0) return
    parts.push(part)
    bytes += part.length
  }
  const end = (): Piece => {
    const piece = { parts, linesBefore, hasContent }
    ;[parts, bytes, linesBefore] = [[], 0, lines]
    ;[hasBegun, hasContent, hasEnded] = [false, false, false]
    return piece
  }
  function* take(block: Uint8Array): Generator<Piece, void> {
    let start = 0
    for (let at = 0; at < block.length; ) {
      const kind = kindOf(block, at)
      if (endsBefore(kind, hasBegun, hasEnded)) {
        add(block.subarray(start, at))
        start = at
        yield end()
      }
      hasBegun ||= kind === 'begin' || kind === 'content' || kind === 'begin-content'
      hasContent ||= kind === 'content' || kind === 'begin-content'
      hasEnded ||= kind === 'end'
      lines += 1
      at = lineEnd(block, at)
    }
    add(block.subarray(start))
  }
  return { take, bytes: () => bytes, end }
}

type LineKind = 'begin' | 'begin-content' | 'end' | 'nothing' | 'directive' | 'content'

function endsBefore(kind: LineKind, hasBegun: boolean, hasEnded: boolean): boolean {
  if (kind === 'begin' || kind === 'begin-content') return hasBegun
  return hasEnded && (kind === 'content' || kind === 'directive')
}

const [hash, percent, dash, dot, blank] = [0x23, 0x25, 0x2d, 0x2e, 0x20]

/** What a line is to the document that it is in. */
function kindOf(block: Uint8Array, at: number): LineKind {
  const first = block[at] ?? newline
  if (first === dash && isMarker(block, at, dash)) {
    return isNothing(block, at + 3) ? 'begin' : 'begin-content'
  }
  if (first === dot && isMarker(block, at, dot)) return 'end'
  if (first === percent) return 'directive'
  return isNothing(block, at) ? 'nothing' : 'content'
}

/** Three of them, and a blank or the end of the line. */
function isMarker(block: Uint8Array, at: number, sign: number): boolean {
  const behind = block[at + 3] ?? newline
  return block[at + 1] === sign && block[at + 2] === sign && behind <= blank
}

/** Blank to its end, or to a comment. */
function isNothing(block: Uint8Array, from: number): boolean {
  for (let at = from; ; at += 1) {
    const code = block[at] ?? newline
    if (code === newline || code === hash) return true
    if (code > blank) return false
  }
}
