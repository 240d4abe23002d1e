/** What bash hands to a completion function. */
export interface BashLine {
  /** COMP_WORDS. */
  readonly pieces: readonly string[]
  /** COMP_CWORD. */
  readonly at: number
  /** COMP_LINE; empty where it is not set. */
  readonly line: string
  /** COMP_POINT, in characters. */
  readonly point: number
}

/** The words of a line, as typed, with the one at the cursor cut off there. */
export interface BashWords {
  readonly words: readonly string[]
  readonly at: number
  /** The end of the word at the cursor that bash replaces. */
  readonly replaced: string
}

/**
 * Puts together what COMP_WORDS has in pieces: bash takes words apart at each sign of
 * COMP_WORDBREAKS, such as `=`, `:` and `@`.
 */
export function joinBashWords(bash: BashLine): BashWords {
  const { pieces, at, point } = bash
  const starts = startsOf(bash)
  const isFirst = pieces.map((_, index) => !follows(bash, starts, index))
  const first = isFirst.lastIndexOf(true, at)
  const next = isFirst.indexOf(true, at + 1)
  const whole = pieces[at] ?? ''
  const piece = starts === undefined ? whole : whole.slice(0, point - (starts[at] ?? 0))
  const before = joined(pieces.slice(0, first), isFirst)
  const after = next < 0 ? [] : joined(pieces.slice(next), isFirst.slice(next))
  return {
    words: [...before, pieces.slice(first, at).join('') + piece, ...after],
    at: before.length,
    replaced: replacedPart(piece, at > first ? pieces[at - 1] : undefined),
  }
}

function joined(pieces: readonly string[], isFirst: readonly boolean[]): readonly string[] {
  const words: string[] = []
  for (const [index, piece] of pieces.entries()) {
    words.push(isFirst[index] ? piece : `${words.pop()}${piece}`)
  }
  return words
}

/** Where each piece begins; `undefined` where they are not those of the line. */
function startsOf({ pieces, line }: BashLine): readonly number[] | undefined {
  const starts: number[] = []
  let end = 0
  for (const piece of pieces) {
    const start = line.indexOf(piece, end)
    if (start < 0) return undefined
    starts.push(start)
    end = start + piece.length
  }
  return line === '' ? undefined : starts
}

/** True where no blank is before a piece; without a line, where a sign is that bash splits at. */
function follows(
  { pieces }: BashLine,
  starts: readonly number[] | undefined,
  index: number,
): boolean {
  const [former, piece] = [pieces[index - 1], pieces[index]]
  if (former === undefined || piece === undefined || piece === '') return false
  if (starts !== undefined) return (starts[index - 1] ?? 0) + former.length === starts[index]
  return isBreak(former) || isBreak(piece)
}

function isBreak(piece: string): boolean {
  return /^[=:@]+$/.test(piece)
}

/** Nothing of a sign that splits words, but for `@`; behind an open quote, what it holds. */
function replacedPart(piece: string, former: string | undefined): string {
  if (former?.endsWith('@')) return `@${piece}`
  if (isBreak(piece)) return /@?$/.exec(piece)?.[0] ?? ''
  const { length } = /^(?:\\.|'[^']*'|"(?:\\.|[^"\\])*"|[^\\'"])*/s.exec(piece)?.[0] ?? ''
  return length === piece.length || piece[length] === '\\' ? piece : piece.slice(length + 1)
}
