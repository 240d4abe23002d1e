import type { Source, Spot } from '../../scenario/yaml/yaml-tree.ts'

/** A table as a client of a database prints it: cells by the names of their columns. */
export type Row = ReadonlyMap<string, Cell>

/** The text of a cell, without blanks and quotes around it, and where it is. */
export interface Cell {
  readonly text: string
  readonly spot: Spot
}

/** Which words are columns, and what columns there are where no heading says so. */
export interface Columns {
  /** A column that the heading must have, in small letters: `name`. */
  readonly key: string
  /** Columns of a table without a heading. */
  readonly usual: readonly string[]
}

/**
 * Reads the tables in a text: aligned with or without a border, unaligned, tab-separated, CSV, and one
 * column a line (`\x` of psql, `\G` of mysql). What is in no table is passed over. Never throws.
 */
export function readTable(source: Source, columns: Columns): readonly Row[] {
  const lines = linesOf(source)
  const upright = uprightRows(lines, columns)
  return upright.length > 0 ? upright : flatRows(lines, columns)
}

interface Line {
  readonly text: string
  readonly offset: number
  readonly source: Source
}

function linesOf(source: Source): readonly Line[] {
  const lines: Line[] = []
  for (let start = 0; start <= source.text.length; ) {
    const newline = source.text.indexOf('\n', start)
    const end = newline === -1 ? source.text.length : newline
    lines.push({ text: source.text.slice(start, end).replace(/\r$/, ''), offset: start, source })
    start = end + 1
  }
  return lines
}

/** `-[ RECORD 1 ]---` and `*** 1. row ***`, each followed by a line for each column. */
const recordLine = /^(?:[-─+├┼┌]+\[ RECORD \d+ \]|\*+ \d+\. row \*+\s*$|\* Record \d+)/
/** `name | x` of psql, `Variable_name: x` of mysql. */
const upright = /^[\s|│]*([A-Za-z_]\w{0,62})\s*(?:[|│]|:\s)/

function uprightRows(lines: readonly Line[], { key }: Columns): readonly Row[] {
  const rows: Row[] = []
  let open: Map<string, Cell> | undefined
  for (const line of lines) {
    if (recordLine.test(line.text)) {
      open = new Map()
      rows.push(open)
      continue
    }
    const match = upright.exec(line.text)
    if (open === undefined || match === null) continue
    const [before, name = ''] = match
    open.set(name.toLowerCase(), cellAt(line, before.length, endOf(line.text)))
  }
  return rows.filter((row) => row.has(key))
}

/** Without the bar of a box behind the value. */
function endOf(text: string): number {
  const isBox = /^\s*[|│]/.test(text)
  const last = Math.max(text.lastIndexOf('|'), text.lastIndexOf('│'))
  return isBox && last > 0 ? last : text.length
}

interface Heading {
  readonly names: readonly string[]
  readonly separator: string
}

function flatRows(lines: readonly Line[], columns: Columns): readonly Row[] {
  const rows: Row[] = []
  let heading: Heading | undefined
  for (const line of lines) {
    const found = headingIn(line.text, columns)
    if (found !== undefined) {
      heading = found
      continue
    }
    heading ??= headless(line.text, columns)
    if (heading === undefined || ruler.test(line.text)) continue
    const cells = cellsOf(line, heading)
    const row = new Map(
      heading.names.flatMap((name, index) => {
        const cell = cells[index]
        return cell === undefined ? [] : [[name, cell] as const]
      }),
    )
    if (cells.length > 1 && (row.get(columns.key)?.text ?? '') !== '') rows.push(row)
  }
  return rows
}

/** `----+----`, `+---+---+`, `(3 rows)`. */
const ruler = /^\s*(?:[-+─┼├┤┌┬┐└┴┘═╪|]{2,}\s*$|\(\d+ rows?\))/
const separators = ['|', '│', '\t', ','] as const

function headingIn(text: string, { key }: Columns): Heading | undefined {
  if (text.length > longestHeading || !text.toLowerCase().includes(key)) return undefined
  for (const separator of separators) {
    const names = splitAt(text, separator).map((name) => unquoted(name.trim()).toLowerCase())
    const inner = bordered(text, separator) ? names.slice(1, -1) : names
    if (inner.length > 1 && inner.includes(key) && inner.every((name) => /^[\w ]*$/.test(name))) {
      return { names: bordered(text, separator) ? ['', ...inner, ''] : inner, separator }
    }
  }
  return undefined
}

const longestHeading = 4000

/** A box has a bar before the first column, and behind the last. */
function bordered(text: string, separator: string): boolean {
  const trimmed = text.trim()
  return separator !== ',' && separator !== '\t' && trimmed.startsWith(separator)
}

/** Without a heading: the first column is a name of small letters. */
function headless(text: string, { usual }: Columns): Heading | undefined {
  for (const separator of separators.slice(0, 3)) {
    const parts = text.split(separator, 3)
    const isName = /^[a-z][a-z0-9_]*(?:[.]\w+)?$/.test(parts[0]?.trim() ?? '')
    if (parts.length > 1 && isName) return { names: usual, separator }
  }
  return undefined
}

/** The last column takes all that is left: a description may have any sign. */
function cellsOf(line: Line, { names, separator }: Heading): readonly Cell[] {
  const cells: Cell[] = []
  let start = 0
  for (const index of names.keys()) {
    const isLast = index === names.length - 1
    const end = isLast ? line.text.length : cellEnd(line.text, start, separator)
    cells.push(cellAt(line, start, end))
    if (end >= line.text.length) break
    start = end + separator.length
  }
  return cells
}

function splitAt(text: string, separator: string): readonly string[] {
  const parts: string[] = []
  for (let start = 0; start <= text.length; ) {
    const end = cellEnd(text, start, separator)
    parts.push(text.slice(start, end))
    start = end + separator.length
  }
  return parts
}

/** Quotes hold separators in CSV alone. */
function cellEnd(text: string, start: number, separator: string): number {
  let from = start
  if (separator === ',' && text[start] === '"') {
    const closing = /"(?:[^"]|"")*"/y
    closing.lastIndex = start
    from = closing.test(text) ? closing.lastIndex : text.length
  }
  const end = text.indexOf(separator, from)
  return end === -1 ? text.length : end
}

function cellAt(line: Line, start: number, end: number): Cell {
  const raw = line.text.slice(start, end)
  const text = raw.trim()
  const blanks = raw.length - raw.trimStart().length
  const spot = { source: line.source, offset: line.offset + start + blanks }
  return { text: unquoted(text), spot }
}

function unquoted(text: string): string {
  const inner = /^"([\s\S]*)"$/.exec(text)?.[1]
  return inner === undefined ? text : inner.replaceAll('""', '"')
}
