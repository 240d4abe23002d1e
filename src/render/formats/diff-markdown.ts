import type { DiffResult } from '../../plan/result/what-if/diff-result.ts'
import { printable } from '../../units/printable.ts'
import { codeSpan, markdownTable } from '../text/markdown.ts'
import { fileWords } from '../words/file-words.ts'
import { diffSentences, diffTables } from '../words/what-if/diff-words.ts'

/** A comparison for the description or a comment of a pull request. Ends with a line feed. */
export function renderDiffMarkdown(result: DiffResult): string {
  const { from, to } = result
  const names = [...new Set([from.name, to.name])].map(code).join(' → ')
  const files = [from.file, to.file].map((file) => code(fileWords(file)))
  const tables = diffTables(result, code).flatMap(({ caption, heads, rows }) => [
    '',
    `**${caption}**`,
    '',
    ...markdownTable(
      heads.map((head, index) => ({ title: head, align: index === 0 ? 'left' : 'right' })),
      rows,
    ),
  ])
  return [
    `### ${names}`,
    '',
    `${files.join(' → ')}`,
    '',
    ...diffSentences(result),
    ...tables,
    '',
  ].join('\n')
}

/** Names cannot be markup, nor what a terminal would obey. */
function code(text: string): string {
  return codeSpan(printable(text))
}
