import { clusters, clusterWidth, displayWidth } from './width.ts'

/**
 * Breaks a text into lines of at most so many columns: between words where that is possible,
 * inside a word that is longer than a line. Never fewer than one line.
 */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const pieces = displayWidth(word) > width ? broken(word, width) : [word]
    for (const piece of pieces) {
      const joined = line === '' ? piece : `${line} ${piece}`
      if (displayWidth(joined) <= width) {
        line = joined
      } else {
        lines.push(line)
        line = piece
      }
    }
  }
  return [...lines, line]
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

/** Pieces of a word, each at most so many columns wide. */
function broken(word: string, width: number): readonly string[] {
  const pieces: string[] = []
  let [piece, used] = ['', 0]
  for (const cluster of clusters(word)) {
    const columns = clusterWidth(cluster)
    if (used + columns > width && piece !== '') {
      pieces.push(piece)
      piece = ''
      used = 0
    }
    piece += cluster
    used += columns
  }
  return [...pieces, piece]
}
