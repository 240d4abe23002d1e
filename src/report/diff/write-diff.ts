import type { DiffResult } from '../../plan/result/what-if/diff-result.ts'
import { fileWords } from '../../render/words/file-words.ts'
import { diffSentences, diffTables } from '../../render/words/what-if/diff-words.ts'
import type { Markup } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'
import { reached, table } from '../markup/table.ts'
import { plainPage } from '../sections/plain-page.ts'
import { style } from '../style.ts'

/** The page of a comparison as one file, without a script. */
export function writeDiff(result: DiffResult): Generator<string, void> {
  const names = [...new Set([result.from.name, result.to.name])].join(' → ')
  return plainPage(`${names}, diff`, style, parts(result, names))
}

function parts(result: DiffResult, names: string): readonly Markup[] {
  const files = [result.from, result.to].map(({ file }) => fileWords(file))
  return [
    el('header', {}, el('h1', {}, names)),
    el('p', { class: 'machine' }, files.join(' → ')),
    ...diffSentences(result).map((sentence) => el('p', {}, sentence)),
    ...diffTables(result, (name) => name).flatMap(({ caption, heads, rows }) => [
      el('h2', {}, caption),
      reached(table(heads, rows, { numbers: heads.slice(1).map((_, index) => index + 1) })),
    ]),
  ]
}
