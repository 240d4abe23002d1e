import CliTable from 'cli-table3'
import type { Ink, Paint } from './ink.ts'
import { brushesOf, rule, widthOf } from './ink.ts'
import { displayWidth } from './width.ts'
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

/**
 * cli-table3 works a while on each cell, so it draws one for each column, with the lines of all
 * rows; notes are put between the lines afterwards. With each line it shortens the whole cell anew,
 * character by character up to the first colour code: `lineEnd` is one.
 */
function table(
  columns: readonly Column[],
  rows: readonly Row[],
  widths: readonly number[],
  ink: Ink,
): readonly string[] {
  const { strong } = brushesOf(ink)
  const across = sum(widths) + gap * (columns.length - 1)
  const heads = columns.map(({ title }, index) => wrap(title, widths[index] ?? 1))
  const blocks = rows.map((row) => blockOf(row, widths))
  const drawn = new CliTable({
    chars: { ...noBorder, middle: ' ', mid: rule(ink), 'mid-mid': rule(ink) },
    style: { 'padding-left': 0, 'padding-right': 1, head: [], border: [], compact: true },
    colWidths: widths.map((width) => width + 1),
    colAligns: columns.map((column) => column.align),
    head: heads.map((lines) => lines.map(strong).join('\n')),
  })
  const cellOf = (index: number): string =>
    rows
      .flatMap(({ paint }, row) => {
        const lines = blocks[row]?.map((line) => asMeasured(line[index] ?? '')) ?? []
        return lines.map(paint?.get(index) ?? ((line) => line))
      })
      .join(`${lineEnd}\n`)
  if (rows.length > 0) drawn.push(columns.map((_, index) => cellOf(index)))
  const lines = asWritten(drawn.toString().replaceAll(lineEnd, ''), blocks.flat(2))
    .split('\n')
    .map((line) => line.trimEnd())
  const headHeight = Math.max(...heads.map((head) => head.length))
  // The line under the head is drawn below the padding of the last column too.
  const head = [...lines.slice(0, headHeight), rule(ink).repeat(across)]
  return [...head, ...withNotes(lines.slice(headHeight + 1), rows, blocks, across)]
}

/** Back to the ordinary colour, which a line ends in anyway. */
const lineEnd = '\u001b[m'

/** The lines of a row, each with what every column has on it. */
type Block = readonly (readonly string[])[]

function blockOf(row: Row, widths: readonly number[]): Block {
  const cells = row.cells.map((cell, index) => wrap(cell, widths[index] ?? 1))
  const height = Math.max(...cells.map((lines) => lines.length))
  return Array.from({ length: height }, (_, line) => cells.map((lines) => lines[line] ?? ''))
}

/**
 * The width that cli-table3 is handed. It measures by rules of its own, which differ from a
 * terminal's for many scripts: so a text outside ASCII is drawn as a run of one sign, that takes one
 * column by any rule and cannot come from outside, where names are escaped.
 */
function asMeasured(text: string): string {
  return ascii.test(text) ? text : sign.repeat(displayWidth(text))
}

/** Puts the texts back that were only measured, in the order in which they were drawn. */
function asWritten(drawn: string, texts: readonly string[]): string {
  const measured = texts.filter((text) => !ascii.test(text)).values()
  return drawn.replaceAll(/\ue000+/g, () => measured.next().value ?? '')
}

const ascii = /^[\x20-\x7e]*$/
const sign = '\ue000'

function withNotes(
  lines: readonly string[],
  rows: readonly Row[],
  blocks: readonly Block[],
  across: number,
): readonly string[] {
  let next = 0
  return rows.flatMap((row, index) => {
    const first = next
    next += blocks[index]?.length ?? 0
    const note = row.note === undefined ? [] : hanging('  ', row.note, across)
    return [...lines.slice(first, next), ...note]
  })
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

const noBorder = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  right: '',
  'right-mid': '',
}
