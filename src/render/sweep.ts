import type { RiskChange, SweepHead, SweepPoint } from '../plan/result/what-if/sweep-result.ts'
import { formatCount } from '../units/format.ts'
import { proposedMeans } from './sections/strategy.ts'
import { aboutLine, pointsOf, restsOnMshare } from './sweep/about.ts'
import { riskChanges, turnsBack } from './sweep/risk-changes.ts'
import { sweepChart } from './sweep/sweep-chart.ts'
import { sweepTables } from './sweep/sweep-table.ts'
import type { Ink } from './text/ink.ts'
import { brushesOf, named, widthOf, worded } from './text/ink.ts'
import { wrap } from './text/wrap.ts'

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
  const { scenario, axes } = head
  const { heading } = brushesOf(ink)
  const wrapped = (text: string): readonly string[] => wrap(text, widthOf(ink))
  const total = pointsOf(axes)
  const chart = noChart ? [] : sweepChart(head, points, ink)
  return [
    ...wrapped(named(scenario.name, ink)).map(heading),
    ...wrapped(aboutLine(head, ink)),
    '',
    ...sweepTables(head, points, total, ink),
    ...changeLines(view, ink),
    ...(chart.length === 0 ? [] : ['', ...chart]),
    ...(restsOnMshare(head, points) ? wrapped(`mshare is ${proposedMeans}.`) : []),
    '',
  ].join('\n')
}

/** Lines of changes: one for each value of the other axis, so many at most. */
const mostLines = 12

function changeLines({ head, changes, turns }: SweepView, ink: Ink): readonly string[] {
  const found = riskChanges(head, changes, mostLines, ink)
  if (found === undefined) return []
  const { title, lines, more } = found
  return [
    '',
    ...wrap(`${title}:`, widthOf(ink)),
    ...lines.flatMap((line) =>
      wrap(worded(line, ink), widthOf(ink) - 2).map((text) => `  ${text}`),
    ),
    ...(more > 0 ? [`  ${formatCount(more)} more: --format json`] : []),
    ...(turns ? wrap(turnsBack, widthOf(ink)) : []),
  ]
}
