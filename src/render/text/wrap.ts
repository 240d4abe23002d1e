import { clusters, clusterWidth, displayWidth } from './width.ts'

/**
 * Breaks a text into lines of at most that many columns: between words where that is possible,
 * inside a word that is longer than a line. Never fewer than one line.
 */
export function wrap(text: string, width: number): readonly string[] {
  if (text.length <= width && displayWidth(text) <= width) return [text.trim()]
  const bound = text
    .replaceAll(beforeUnit, bond)
    .replaceAll(shortQuote, (quote) => quote.replaceAll(' ', bond))
  return wrapped(bound, width).map((line) => line.replaceAll(bond, ' '))
}

/** A blank between a number and its unit: they stay on one line. */
const beforeUnit = /(?<=\d) (?=(?:[KMGTPE]iB|B|%)(?!\w))/g
/** A name in quotes stays on one line too. */
const shortQuote = /"[^"]{1,30}"/g
/** Stands for such a blank; text from outside has none, for it is escaped there. */
const bond = '\u00a0'

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  const words = text.split(' ').filter((word) => word !== '')
  for (const { piece, columns } of words.flatMap((word) => piecesOf(word, width))) {
    const fits = line !== '' && used + 1 + columns <= width
    if (!fits && line !== '') lines.push(line)
    line = fits ? `${line} ${piece}` : piece
    used = fits ? used + 1 + columns : columns
  }
  return [...lines, line]
}

interface Piece {
  readonly piece: string
  readonly columns: number
}

function piecesOf(word: string, width: number): readonly Piece[] {
  const columns = displayWidth(word)
  return columns <= width ? [{ piece: word, columns }] : broken(word, width)
}

/**
 * Wrapped, with a prefix on the first line and blanks of the same width on the others; a prefix
 * that would leave little room is wrapped like the text.
 */
export function hanging(prefix: string, text: string, width: number): readonly string[] {
  const indent = displayWidth(prefix)
  if (indent > width / 2) return hanging(/^ */.exec(prefix)?.[0] ?? '', prefix + text, width)
  return wrap(text, width - indent).map((line, row) =>
    `${row === 0 ? prefix : ' '.repeat(indent)}${line}`.trimEnd(),
  )
}

/** Pieces of a word, each at most that many columns wide. */
function broken(word: string, width: number): readonly Piece[] {
  const pieces: Piece[] = []
  let [piece, columns] = ['', 0]
  for (const cluster of clusters(word)) {
    const more = clusterWidth(cluster)
    if (columns + more > width && piece !== '') {
      pieces.push({ piece, columns })
      piece = ''
      columns = 0
    }
    piece += cluster
    columns += more
  }
  return [...pieces, { piece, columns }]
}
