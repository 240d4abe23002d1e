import { bothEnds } from '../../units/both-ends.ts'

/** A column of a table in Markdown. */
export interface MarkdownColumn {
  readonly title: string
  readonly align: 'left' | 'right'
}

/**
 * Names and code in Markdown are spans of code, in which nothing is a mention, a link, a tag or a
 * mark of emphasis: CommonMark 0.31, Code spans. The fence is longer than any in the text.
 */
export function codeSpan(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1)
  const edge = /^`|`$|^ .* $/s.test(text) ? ' ' : ''
  return text === '' ? codeSpan('""') : `${fence}${edge}${text}${edge}${fence}`
}

/** Lines to paste, as they are. */
export function codeBlock(lines: readonly string[]): readonly string[] {
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1))
  return [`${fence}text`, ...lines, fence]
}

/** A sentence of ours, with names marked by the ink and code between backticks, as Markdown. */
export function prose(text: string): string {
  return text.replace(piecesOf, (piece, code?: string, name?: string) => {
    if (code !== undefined) return codeSpan(code.replace(marks, ''))
    return name === undefined ? plain(piece) : codeSpan(bothEnds(name))
  })
}

/** A table, as lines; a cell is Markdown already. */
export function markdownTable(
  columns: readonly MarkdownColumn[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(inCell).join(' | ')} |`
  return [
    line(columns.map(({ title }) => plain(title))),
    line(columns.map(({ align }) => (align === 'left' ? ':--' : '--:'))),
    ...rows.map(line),
  ]
}

/** Code between backticks, a marked name with the quotes around it, or anything else. */
const piecesOf = /`((?:[^`⟦]|⟦[^⟧]*⟧)*)`|"?⟦([^⟧]*)⟧"?|[^`⟦"]+|[`⟦"]/gu
const marks = /[⟦⟧]/gu

/** What would be markup is escaped: CommonMark 0.31, Backslash escapes. */
function plain(text: string): string {
  return text.replace(/[\\`*_[\]<>#~|&$@]/g, '\\$&')
}

/** In a table a bar ends a cell even in code: GitHub Flavored Markdown, Tables. */
function inCell(text: string): string {
  return text.replace(/(?<!\\)\|/g, '\\|')
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
}
