import type { Ink, Paint } from './ink.ts'
import { brushesOf, rule, widthOf } from './ink.ts'
import { blanks, displayWidth } from './width.ts'
import { hanging, wrap } from './wrap.ts'

/** A column; one aligned left holds names or words and may be broken, one aligned right numbers. */
export interface Column {
  readonly title: string
  readonly align: 'left' | 'right'
  /** Its title is one line where the table has room for it. */
  readonly isWhole?: true
}

export interface Row {
  /** One for each column; empty where there is nothing to say. */
  readonly cells: readonly string[]
  /** How to paint which cell. */
  readonly paint?: ReadonlyMap<number, Paint>
  /** A line below the cells, across the whole table. */
  readonly note?: string
}

const gap = 2
/** Holds the id of every strategy with a comma. */
const narrowestName = 13
const ordinaryWidth = 80

/**
 * A table of at most the ink's width, as lines. Where it is too wide, amounts and their units and
 * then names are broken; where even that is not enough, each row becomes a record of one line per
 * column. Nothing is ever cut off.
 */
export function renderGrid(
  columns: readonly Column[],
  rows: readonly Row[],
  ink: Ink,
): readonly string[] {
  const widths = fittingWidths(columns, rows, widthOf(ink))
  if (widths === undefined) return records(columns, rows, ink)
  const hasNotes = rows.some((row) => row.note !== undefined)
  return table(columns, rows, hasNotes ? roomForNotes(widths, widthOf(ink)) : widths, ink)
}

/** Width of each column, or `undefined` where no breaking of cells makes the table fit. */
function fittingWidths(
  columns: readonly Column[],
  rows: readonly Row[],
  width: number,
): readonly number[] | undefined {
  const whole = columns.map((column, index) => {
    const cells = rows.map((row) => displayWidth(row.cells[index] ?? ''))
    const title = column.isWhole ? displayWidth(column.title) : longestWord(column.title)
    return Math.max(title, ...cells)
  })
  const words = columns.map((column, index) => {
    const cells = rows.map((row) => longestWord(row.cells[index] ?? ''))
    return Math.max(longestWord(column.title), ...cells)
  })
  const pieces = columns.map((column, index) => {
    const word = words[index] ?? 0
    return column.align === 'left' ? Math.min(word, narrowestName) : word
  })
  const room = width - gap * (columns.length - 1)
  if (sum(whole) <= room) return whole
  if (sum(words) <= room) return grown(words, whole, room, columns)
  return sum(pieces) <= room ? grown(pieces, words, room, columns) : undefined
}

/** The least widths, with the room that is left given to numbers first, then to names. */
function grown(
  least: readonly number[],
  wanted: readonly number[],
  room: number,
  columns: readonly Column[],
): readonly number[] {
  const widths = [...least]
  let left = room - sum(least)
  for (const align of ['right', 'left'] as const) {
    columns.forEach((column, index) => {
      const width = widths[index] ?? 0
      const more = column.align === align ? Math.min(left, (wanted[index] ?? 0) - width) : 0
      widths[index] = width + Math.max(0, more)
      left -= Math.max(0, more)
    })
  }
  return widths
}

/** The first column takes up what is missing to an ordinary terminal's width. */
function roomForNotes(widths: readonly number[], width: number): readonly number[] {
  const missing = Math.min(width, ordinaryWidth) - sum(widths) - gap * (widths.length - 1)
  const [first = 0, ...others] = widths
  return [first + Math.max(0, missing), ...others]
}

function table(
  columns: readonly Column[],
  rows: readonly Row[],
  widths: readonly number[],
  ink: Ink,
): readonly string[] {
  const { strong } = brushesOf(ink)
  const across = sum(widths) + gap * (columns.length - 1)
  const drawn = (texts: readonly string[], paintOf: (index: number) => Paint | undefined) =>
    blockOf(texts, widths).map((line) => lineOf(line, columns, widths, paintOf))
  return [
    ...drawn(
      columns.map(({ title }) => title),
      () => strong,
    ),
    rule(ink).repeat(across),
    ...rows.flatMap(({ cells, paint, note }) => [
      ...drawn(cells, (index) => paint?.get(index)),
      ...(note === undefined ? [] : hanging('  ', note, across)),
    ]),
  ]
}

/** The lines of a row, each with what every column has on it. */
function blockOf(
  texts: readonly string[],
  widths: readonly number[],
): readonly (readonly string[])[] {
  const cells = texts.map((text, index) => wrap(text, widths[index] ?? 1))
  const height = Math.max(...cells.map((lines) => lines.length))
  return Array.from({ length: height }, (_, line) => cells.map((lines) => lines[line] ?? ''))
}

function lineOf(
  texts: readonly string[],
  columns: readonly Column[],
  widths: readonly number[],
  paintOf: (index: number) => Paint | undefined,
): string {
  const cells = texts.map((text, index) => {
    const space = blanks(widths[index] ?? 0, text)
    const painted = paintOf(index)?.(text) ?? text
    return columns[index]?.align === 'right' ? space + painted : painted + space
  })
  return cells.join(' '.repeat(gap)).trimEnd()
}

function records(columns: readonly Column[], rows: readonly Row[], ink: Ink): readonly string[] {
  const { strong } = brushesOf(ink)
  const [, ...others] = columns
  const widest = Math.max(0, ...others.map((column) => displayWidth(column.title)))
  return rows.flatMap((row) => [
    ...wrap(row.cells[0] ?? '', widthOf(ink)).map(strong),
    ...others.flatMap(({ title }, index) => {
      const prefix = `  ${title}${' '.repeat(widest - displayWidth(title))}  `
      const cell = row.cells[index + 1] ?? ''
      return cell === '' ? [] : hanging(prefix, cell, widthOf(ink))
    }),
    ...(row.note === undefined ? [] : hanging('  ', row.note, widthOf(ink))),
  ])
}

function longestWord(text: string): number {
  return Math.max(...text.split(' ').map(displayWidth))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
