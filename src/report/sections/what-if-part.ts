import type { Markup } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'
import type { WhatIf } from '../scenario/report-data.ts'

/** Growth, ranges and cases of the file; changes in the page do not reach it. */
export function whatIfPart({ sentences, growth = [], cases }: WhatIf): readonly Markup[] {
  return [
    el('h2', {}, 'Growth, ranges and cases of the file'),
    ...sentences.map((sentence) => el('p', {}, sentence)),
    ...growth,
    ...(cases === undefined ? [] : [el('pre', { class: 'screen' }, cases)]),
    el('p', { class: 'note script' }, 'Changes in this page do not reach this section.'),
  ]
}
