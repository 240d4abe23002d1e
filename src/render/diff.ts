import type { DiffResult } from '../plan/result/what-if/diff-result.ts'
import { renderGrid } from './text/grid.ts'
import type { Ink } from './text/ink.ts'
import { brushesOf, named, widthOf, worded } from './text/ink.ts'
import { wrap } from './text/wrap.ts'
import { fileWords } from './words/file-words.ts'
import { diffSentences, diffTables } from './words/what-if/diff-words.ts'

/** A comparison in tables, each with its total; what is equal is not shown. Ends with a line feed. */
export function renderDiff(result: DiffResult, ink: Ink): string {
  const { heading, strong } = brushesOf(ink)
  const { from, to } = result
  const width = widthOf(ink)
  const arrow = worded('→', ink)
  const between = (one: string, other: string): string =>
    one === other ? named(one, ink) : `${named(one, ink)} ${arrow} ${named(other, ink)}`
  const tables = diffTables(result, (text) => named(text, ink)).flatMap(
    ({ caption, heads, rows }) => [
      '',
      strong(caption),
      ...renderGrid(
        heads.map((head, index) => ({
          title: head,
          align: index === 0 ? ('left' as const) : ('right' as const),
          isWhole: true as const,
        })),
        rows.map((cells) => ({ cells: cells.map((cell) => worded(cell, ink)) })),
        ink,
      ),
    ],
  )
  const sentences = diffSentences(result).flatMap((text) => wrap(worded(text, ink), width))
  return [
    ...wrap(between(from.name, to.name), width).map(heading),
    ...wrap(between(fileWords(from.file), fileWords(to.file)), width),
    ...(sentences.length === 0 ? [] : ['', ...sentences]),
    ...tables,
    '',
  ].join('\n')
}
