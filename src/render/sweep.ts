import type { RiskChange, SweepHead, SweepPoint } from '../plan/result/what-if/sweep-result.ts'
import { exactBytes, formatCount } from '../units/format.ts'
import { groupedBy } from '../units/grouped.ts'
import { proposedMeans } from './sections/strategy.ts'
import { sweepChart } from './sweep/sweep-chart.ts'
import { sweepTables } from './sweep/sweep-table.ts'
import type { Ink } from './text/ink.ts'
import { brushesOf, named, widthOf, worded } from './text/ink.ts'
import { wrap } from './text/wrap.ts'
import { standingCell } from './words/standing-words.ts'
import { axisValueWords } from './words/what-if/sweep-words.ts'

/** A sweep as far as people are shown it. */
export interface SweepView {
  readonly head: SweepHead
  /** All, or some at equal distances and the last. */
  readonly points: readonly SweepPoint[]
  readonly changes: readonly RiskChange[]
  readonly turns: boolean
  readonly noChart: boolean
}

/** A table of the points, where the risk changes, and how full memory gets. Ends with a line feed. */
export function renderSweep(view: SweepView, ink: Ink): string {
  const { head, points, noChart } = view
  const { scenario, axes, strategy } = head
  const { heading } = brushesOf(ink)
  const wrapped = (text: string): readonly string[] => wrap(text, widthOf(ink))
  const total = axes.reduce((product, { length }) => product * length, 1)
  const count = `${formatCount(total)} ${total === 1 ? 'point' : 'points'}`
  const chart = noChart ? [] : sweepChart(head, points, ink)
  const proposed = points.some((point) => point.proposed) || mentionsMshare(head)
  return [
    ...wrapped(named(scenario.name, ink)).map(heading),
    ...wrapped(
      `${named(scenario.file === '-' ? 'standard input' : scenario.file, ink)}, ${strategy}: ${count}`,
    ),
    '',
    ...sweepTables(head, points, total, ink),
    ...changeLines(view, ink),
    ...(chart.length === 0 ? [] : ['', ...chart]),
    ...(proposed ? wrapped(`mshare is ${proposedMeans}.`) : []),
    '',
  ].join('\n')
}

function mentionsMshare({ strategy, metrics }: SweepHead): boolean {
  return strategy === 'mshare' || metrics.some((path) => /^strategies[.]mshare\b/.test(path))
}

/** Lines of changes: one for each value of the other axis, so many at most. */
const mostLines = 12

function changeLines({ head, changes, turns }: SweepView, ink: Ink): readonly string[] {
  const axis = head.axes.find(({ path }) => path === changes[0]?.axis)
  if (axis === undefined) return []
  const other = head.axes.find(({ path }) => path !== axis.path)
  const groups = groupedBy(changes, ({ other: value }) => value)
  const shown = (value: number): string =>
    axis.unit === 'bytes' ? exactBytes(value) : axisValueWords(value, axis.unit)
  const lines = [...groups].slice(0, mostLines).map(([value, found]) => {
    const [first] = found
    const parts = [
      `${standingCell(first?.from.risk)} ${found[0]?.exact ? 'to' : 'at'} ${shown(first?.from.value ?? 0)}`,
      ...found.map(
        ({ to, exact }) => `${standingCell(to.risk)} ${exact ? 'from' : 'at'} ${shown(to.value)}`,
      ),
    ]
    const place = other === undefined ? '' : `${other.path}=${axisValueWords(value, other.unit)}: `
    return `${named(place, ink)}${parts.join(', ')}`
  })
  const isExact = changes.every(({ exact }) => exact)
  const rest = groups.size - lines.length
  return [
    '',
    ...wrap(`Risk by ${named(axis.path, ink)}${isExact ? ', exactly' : ''}:`, widthOf(ink)),
    ...lines.flatMap((line) =>
      wrap(worded(line, ink), widthOf(ink) - 2).map((text) => `  ${text}`),
    ),
    ...(rest > 0 ? [`  ${formatCount(rest)} more: --format json`] : []),
    ...(turns
      ? wrap('The risk gets worse and then better again along this axis.', widthOf(ink))
      : []),
  ]
}
