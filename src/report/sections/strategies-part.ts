import type { StrategyRow } from '../../render/screen/strategy-rows.ts'
import { strategyRows } from '../../render/screen/strategy-rows.ts'
import type { Title } from '../../render/screen/strategy-table.ts'
import { strategyNotes, strategyTitles } from '../../render/screen/strategy-table.ts'
import { pageInk } from '../markup/ink.ts'
import type { Markup, Tagged } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'
import type { View } from './view.ts'

/** In the order of the cells of a row. */
const columns: readonly Title[] = [
  ...(['Page tables', 'Saved', 'Headroom', 'Safe to', 'At most', 'Risk'] as const),
]

/** The strategies compared, the one that is shown marked, and what the columns mean here. */
export function strategiesPart({ result, strategy }: View): readonly Markup[] {
  const rows = strategyRows(result, pageInk)
  const titles = strategyTitles(result)
  return [
    el(
      'div',
      { class: 'scroll' },
      el(
        'table',
        {},
        el('caption', {}, 'Strategies compared'),
        el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'Strategy'), ...titles.map(head))),
        el('tbody', {}, ...rows.map((row) => line(row, titles, strategy))),
      ),
    ),
    ...strategyNotes(rows, titles, result, pageInk).map((note) => el('p', { class: 'note' }, note)),
  ]
}

function head(title: Title): Tagged {
  return el('th', { scope: 'col', class: title === 'Risk' ? undefined : 'number' }, title)
}

function line(row: StrategyRow, titles: readonly Title[], chosen: string): Tagged {
  const { label, content, strategy, alike } = row
  const isChosen = [strategy, ...alike].some(({ id }) => id === chosen)
  const name = el('th', { scope: 'row' }, isChosen ? `▸ ${label}` : label)
  const className = isChosen ? 'shown' : undefined
  if ('reason' in content) {
    return el(
      'tr',
      { class: className },
      name,
      el('td', { colspan: titles.length }, content.reason),
    )
  }
  const cells = titles.map((title) => {
    const text = content.cells[columns.indexOf(title)] ?? ''
    return title === 'Risk'
      ? el('td', {}, el('span', { class: `risk ${content.standing}` }, text))
      : el('td', { class: 'number' }, text)
  })
  return el('tr', { class: className }, name, ...cells)
}
