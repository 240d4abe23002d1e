import { printable } from '../../units/printable.ts'

/** Empty: not known, or without meaning for the row. */
export type Cell = string | number | boolean | undefined

/**
 * A table as CSV, part by part: RFC 4180, with a header, and CRLF behind each line. A row that is shorter
 * than the header ends in empty cells. Numbers are as in
 * the JSON. Text that a spreadsheet would take for a formula begins with an apostrophe, and control
 * characters are shown as escapes, as everywhere.
 */
export function* renderCsv(
  columns: readonly string[],
  rows: Iterable<readonly Cell[]>,
): Generator<string, void> {
  yield lineOf(columns)
  for (const row of rows) {
    const missing = Math.max(0, columns.length - row.length)
    yield lineOf([...row, ...Array<undefined>(missing)])
  }
}

function lineOf(cells: readonly Cell[]): string {
  return `${cells.map(written).join(',')}\r\n`
}

function written(cell: Cell): string {
  if (cell === undefined) return ''
  if (typeof cell !== 'string') return String(cell)
  const text = startsFormula.test(cell) ? `'${printable(cell)}` : printable(cell)
  return mustBeQuoted.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** What begins a formula, also in the wide forms of East Asia: OWASP, CSV Injection. */
const startsFormula = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/
/** A semicolon too: many spreadsheets in Europe separate cells by it. */
const mustBeQuoted = /[",;\r\n]|^\s|\s$/
