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
  const classOf = (column: number): string | undefined =>
    numbers.includes(column) ? 'number' : undefined
  return el(
    'div',
    { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': caption ?? titles.join(', ') },
    el(
      'table',
      { class: className },
      ...(caption === undefined ? [] : [el('caption', {}, caption)]),
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          ...titles.map((title, column) =>
            el('th', { scope: 'col', class: classOf(column) }, title),
          ),
        ),
      ),
      el(
        'tbody',
        {},
        ...rows.map((cells) =>
          el(
            'tr',
            {},
            ...cells.map((cell, column) =>
              column === 0
                ? el('th', { scope: 'row' }, cell)
                : el('td', { class: classOf(column) }, cell),
            ),
          ),
        ),
      ),
    ),
  )
}
