import type {
  AxisValue,
  RiskChange,
  SweepHead,
  SweepPoint,
  SweptAxis,
} from '../../plan/result/what-if/sweep-result.ts'
import { turnWords } from '../../render/sweep/risk-changes.ts'
import { standingCell } from '../../render/words/standing-words.ts'
import { axisValueWords, metricTitle, metricWords } from '../../render/words/what-if/sweep-words.ts'
import { groupedBy } from '../../units/grouped.ts'
import type { Markup, Tagged } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'

/**
 * A table with a row for each value of the first axis and a column for each of the second. A cell has the word
 * of its risk, on the colour of the risk, and its figures; where the risk has changed since the cell before it, it has a
 * thick side and says from which value on.
 */
export function heatMap(
  head: SweepHead,
  points: readonly SweepPoint[],
  changes: readonly RiskChange[],
): Tagged {
  const [down, across] = head.axes
  if (down === undefined || across === undefined) throw new RangeError('a map has two axes')
  const rows = [...groupedBy(points, ({ at }) => at[0]).values()]
  const columns = rows[0]?.map(({ at }) => at[1]) ?? []
  const turns = turnsIn(head, rows, changes)
  const titles = head.metrics.map(metricTitle)
  return el(
    'div',
    { class: 'scroll', role: 'group', 'aria-label': `Risk by ${down.path} and ${across.path}` },
    el(
      'table',
      { class: 'heat' },
      el('caption', {}, captionOf(head, titles, changes)),
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          el('th', { scope: 'col', rowspan: 2 }, down.path),
          el('th', { scope: 'colgroup', colspan: columns.length }, across.path),
        ),
        el(
          'tr',
          {},
          ...columns.map((value) => el('th', { scope: 'col' }, axisValueWords(value, across.unit))),
        ),
      ),
      el(
        'tbody',
        {},
        ...rows.map((row) =>
          el(
            'tr',
            {},
            el('th', { scope: 'row' }, axisValueWords(row[0]?.at[0], down.unit)),
            ...row.map((point) => cell(point, head, turns)),
          ),
        ),
      ),
    ),
  )
}

function captionOf(
  { strategy }: SweepHead,
  titles: readonly string[],
  changes: readonly RiskChange[],
): string {
  const figures = titles.length === 0 ? '' : `, then ${titles.join(', then ')}`
  const marks =
    changes.length === 0 ? '' : ' A thick line: the risk changes there, at the value in the cell.'
  return `Each cell: risk of ${strategy}${figures}.${marks}`
}

/** The axis that was searched for changes, and those that come first to light in a point. */
interface Turns {
  readonly axis?: SweptAxis
  readonly side: 'cross-down' | 'cross-across'
  readonly at: ReadonlyMap<SweepPoint, readonly RiskChange[]>
}

/** Each change belongs to the first point that is shown at or after it. */
function turnsIn(
  { axes }: SweepHead,
  rows: readonly (readonly SweepPoint[])[],
  changes: readonly RiskChange[],
): Turns {
  const along = axes.findIndex(({ path }) => path === changes[0]?.axis)
  const axis = axes[along]
  const side = along === 0 ? 'cross-down' : 'cross-across'
  if (axis === undefined) return { side, at: new Map() }
  const lines = groupedBy(rows.flat(), ({ at }) => at[1 - along])
  const found = changes.flatMap((change): readonly (readonly [SweepPoint, RiskChange])[] => {
    const line = lines.get(change.other as AxisValue) ?? []
    const point = line.find(({ at }) => Number(at[along]) >= change.to.value)
    return point === undefined ? [] : [[point, change]]
  })
  const grouped = groupedBy(found, ([point]) => point)
  const at = new Map([...grouped].map(([point, pairs]) => [point, pairs.map(([, one]) => one)]))
  return { axis, side, at }
}

function cell(point: SweepPoint, { metrics }: SweepHead, { axis, side, at }: Turns): Tagged {
  const { risk, values } = point
  const found = at.get(point) ?? []
  const lines: readonly Markup[] = [
    ...values.map((value, index) => metricWords(metrics[index] ?? '', value)),
    ...found.flatMap((change) =>
      axis === undefined ? [] : [el('em', {}, turnWords(change, axis))],
    ),
  ]
  const classes = [...(risk === undefined ? [] : [risk]), ...(found.length === 0 ? [] : [side])]
  return el(
    'td',
    { class: classes.length === 0 ? undefined : classes.join(' ') },
    el('strong', {}, standingCell(risk)),
    ...lines.flatMap((line) => [el('br'), line]),
  )
}
