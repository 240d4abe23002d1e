import type { Ink, Paint } from '../text/ink.ts'
import { brushesOf, widthOf } from '../text/ink.ts'
import { blanks, displayWidth } from '../text/width.ts'
import { wrap } from '../text/wrap.ts'

/** A row: its name, and what is in the columns behind it. */
export interface PlainRow {
  readonly label: string
  /** One for each title but the first. */
  readonly cells: readonly string[]
  /** How to paint the name. */
  readonly paint?: Paint
}

const gap = 2
/** Below it a name is not broken. */
const narrowest = 16

/**
 * A table of a screen: names, which are broken where the line is too short, then columns of numbers
 * that end below each other.
 */
export function plainTable(
  titles: readonly string[],
  rows: readonly PlainRow[],
  ink: Ink,
): readonly string[] {
  const [first = '', ...others] = titles
  const widths = others.map((title, index) =>
    Math.max(displayWidth(title), ...rows.map(({ cells }) => displayWidth(cells[index] ?? ''))),
  )
  const taken = widths.reduce((sum, width) => sum + gap + width, 0)
  const longest = Math.max(displayWidth(first), ...rows.map(({ label }) => displayWidth(label)))
  const nameWidth = Math.min(longest, Math.max(narrowest, widthOf(ink) - taken))
  const lineOf = (name: string, cells: readonly string[], paint: Paint): string => {
    const texts = widths.map((width, index) => {
      const cell = cells[index] ?? ''
      return `${' '.repeat(gap)}${blanks(width, cell)}${cell}`
    })
    return `${paint(name)}${blanks(nameWidth, name)}${texts.join('')}`.trimEnd()
  }
  const { strong } = brushesOf(ink)
  return [
    strong(lineOf(first, others, plainly)),
    ...rows.flatMap(({ label, cells, paint = plainly }) => {
      const [name = '', ...more] = wrap(label, nameWidth)
      return [lineOf(name, cells, paint), ...more.map(paint)]
    }),
  ]
}

function plainly(text: string): string {
  return text
}
