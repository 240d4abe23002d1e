import type { Advice, Setting } from '../../plan/result/advice-result.ts'
import type { Result } from '../../plan/result/result.ts'
import {
  adviceTitle,
  entryHeading,
  isSamePlace,
  notesOn,
  placeOf,
} from '../../render/sections/advice.ts'
import { declineSentence, nothingSentence } from '../../render/words/advice-words.ts'
import { pageInk } from '../markup/ink.ts'
import type { Markup, Tagged } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'
import type { View } from './view.ts'

/** What to do, in order, each with all lines that do it; then what is not advised. */
export function advicePart({ result }: View): readonly Markup[] {
  const { advice, nothingToDo, rejected } = result
  return [
    el('h2', {}, adviceTitle(result)),
    ...(nothingToDo === undefined ? [] : [el('p', {}, nothingSentence(nothingToDo, result))]),
    ...(advice.length === 0
      ? []
      : [
          el(
            'ol',
            { class: 'advice' },
            ...advice.map((each, index) => entry(each, advice[index - 1], result)),
          ),
        ]),
    ...rejected.map((one) => el('p', { class: 'note' }, declineSentence(one))),
  ]
}

/** Advice that a reader has applied, with its lines to paste, which the new advice has no more. */
export function triedEntry(advice: Advice, result: Result): Tagged {
  return entry({ ...advice, changes: [] }, undefined, result)
}

export function triedPart(entries: readonly Markup[]): readonly Tagged[] {
  if (entries.length === 0) return []
  return [el('h3', {}, 'Applied in this page'), el('ol', { class: 'advice' }, ...entries)]
}

function entry(each: Advice, former: Advice | undefined, result: Result): Tagged {
  const heading = entryHeading(each, '', former, result, pageInk).join(' ')
  return el(
    'li',
    {},
    el('p', {}, el('strong', {}, heading)),
    ...(each.changes.length > 0
      ? [
          el(
            'button',
            {
              type: 'button',
              class: 'script',
              'data-try': each.id,
              'aria-label': `Try here: ${heading}`,
            },
            'Try here',
          ),
        ]
      : []),
    ...settings(each.settings),
    ...notesOn(each, pageInk).map((note) => el('p', { class: 'note' }, note)),
  )
}

/** The place once for lines that follow one another there. */
function settings(all: readonly Setting[]): readonly Tagged[] {
  const blocks: { readonly place: string; readonly lines: string[] }[] = []
  for (const [index, setting] of all.entries()) {
    const last = blocks.at(-1)
    if (last !== undefined && isSamePlace(setting, all[index - 1]))
      last.lines.push(...setting.lines)
    else blocks.push({ place: placeOf(setting, pageInk), lines: [...setting.lines] })
  }
  return blocks.flatMap(({ place, lines }) => [
    el('p', { class: 'place' }, place),
    el('pre', {}, lines.join('\n')),
  ])
}
