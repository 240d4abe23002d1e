import type { Markup, Tagged } from './markup.ts'
import { el } from './markup.ts'

export interface TableForm {
  /** Columns with numbers, which end below each other. */
  readonly numbers?: readonly number[]
  readonly caption?: string
  readonly className?: string
}

/** A table whose first column names the row; a wide one is moved in its frame. */
export function table(
  titles: readonly string[],
  rows: readonly (readonly Markup[])[],
  { numbers = [], caption, className }: TableForm = {},
): Tagged {
  // Cells have no class of their own: in tables of hundreds, it would be half of their text.
  const columns = numbers.map((column) => `n${column + 1}`)
  const classes = [...(className === undefined ? [] : [className]), ...columns]
  return el(
    'div',
    {
      class: 'scroll',
      role: 'group',
      'aria-label': caption === undefined ? titles.join(', ') : undefined,
    },
    el(
      'table',
      { class: classes.length === 0 ? undefined : classes.join(' ') },
      ...(caption === undefined ? [] : [el('caption', {}, caption)]),
      el('thead', {}, el('tr', {}, ...titles.map((title) => el('th', { scope: 'col' }, title)))),
      el(
        'tbody',
        {},
        ...rows.map((cells) =>
          el(
            'tr',
            {},
            ...cells.map((cell, column) =>
              column === 0 ? el('th', { scope: 'row' }, cell) : el('td', {}, cell),
            ),
          ),
        ),
      ),
    ),
  )
}

/** What may be too wide can be moved by keys, without a script. */
export function reached(part: Tagged): Tagged {
  return { ...part, attributes: { ...part.attributes, tabindex: 0 } }
}
