import { displayWidth } from '../../../src/render/text/width.ts'

/** The colours of a terminal that the program may use, by the last digit of their code. */
export const colors = ['red', 'green', 'yellow', 'blue', 'magenta', 'cyan'] as const
export type Color = (typeof colors)[number]

/** Characters in one style that follow each other on a line. */
export interface Run {
  /** Of the first character, from 0. */
  readonly column: number
  /** Columns that the text takes. */
  readonly columns: number
  /** Begins and ends with a character that is no blank. */
  readonly text: string
  readonly bold: boolean
  readonly color?: Color
}

type Style = Pick<Run, 'bold' | 'color'>

const plain: Style = { bold: false }
const escapeSign = '\x1b'
const part = new RegExp(
  `${escapeSign}\\[([0-9;]*)m| +|[^${escapeSign} ]+(?: [^${escapeSign} ]+)*`,
  'g',
)

/**
 * The lines of a terminal. A run ends where the style changes, at two blanks, and around characters
 * that fonts may lack, so that none of them shifts what follows. Throws on a code that it does not
 * know: a picture must not leave anything out.
 */
export function readAnsi(output: string): readonly (readonly Run[])[] {
  let style = plain
  return output.split('\n').map((line) => {
    const runs: Run[] = []
    let [read, column] = [0, 0]
    for (const [text, codes] of line.matchAll(part)) {
      read += text.length
      if (codes !== undefined) {
        style = codes.split(';').reduce(restyled, style)
        continue
      }
      const more = runsOf(text, column, style)
      runs.push(...more.runs)
      column = more.end
    }
    if (read !== line.length) throw new RangeError(`not a colour: ${JSON.stringify(line)}`)
    return runs
  })
}

function runsOf(text: string, start: number, style: Style): { runs: Run[]; end: number } {
  const runs: Run[] = []
  let end = start
  for (const piece of piecesOf(text)) {
    const indent = piece.length - piece.trimStart().length
    const shown = piece.trim()
    const columns = displayWidth(shown)
    if (shown !== '') runs.push({ column: end + indent, columns, text: shown, ...style })
    end += displayWidth(piece)
  }
  return { runs, end }
}

/** Latin-1, which every font has; signs of a chart, of one font; or one character, as often as it is repeated. */
function piecesOf(text: string): readonly string[] {
  return (
    text.match(/[\x20-\x7e\xa0-\xff]+|[\u2500-\u259f]+|[\u2800-\u28ff]+|([^\p{M}]\p{M}*)\1*/gu) ??
    []
  )
}

function restyled({ color, ...style }: Style, code: string): Style {
  const kept = color === undefined ? {} : { color }
  if (code === '' || code === '0') return plain
  if (code === '1') return { ...kept, bold: true }
  if (code === '22') return { ...kept, bold: false }
  if (code === '39') return style
  const named = /^3[1-6]$/.test(code) ? colors[Number(code) - 31] : undefined
  if (named === undefined) throw new RangeError(`unknown style: ${code}`)
  return { ...style, color: named }
}
