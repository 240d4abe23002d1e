import type {
  TimelineFigures,
  TimelineResult,
  TimelineStrategy,
} from '../plan/result/timeline/timeline-result.ts'
import { formatBytes, formatCount } from '../units/format.ts'
import { heading } from './screen/heading.ts'
import { isUncertain, labelOf, proposedMeans } from './sections/strategy.ts'
import type { Column, Row } from './text/grid.ts'
import { renderGrid } from './text/grid.ts'
import type { Ink } from './text/ink.ts'
import { brushesOf, widthOf, worded } from './text/ink.ts'
import { wrap } from './text/wrap.ts'
import { peakSentences, riskOf } from './timeline/peaks.ts'
import { stepChart } from './timeline/step-chart.ts'
import { stepLabel, stepText } from './words/what-if/timeline-words.ts'

/** Which parts are printed. */
export interface TimelineView {
  readonly withChart: boolean
}

/** Every step of a timeline and the peak; then the peak of each strategy. Ends with a line feed. */
export function renderTimeline(
  result: TimelineResult,
  { withChart }: TimelineView,
  ink: Ink,
): string {
  const [first] = result.strategies
  if (first === undefined) return `${heading({ ...result, assumptions: [] }, ink).join('\n')}\n`
  const chart = withChart ? stepChart(result, first, ink) : []
  const sentences = peakSentences(result, first, ink).join(' ')
  const title = wrap(worded(`Page tables of ${labelOf(first)} after each step:`, ink), widthOf(ink))
  return `${[
    ...heading({ ...result, assumptions: [] }, ink),
    '',
    ...wrap(worded(sentences, ink), widthOf(ink)),
    '',
    ...renderGrid(columns, stepRows(result, first, ink), ink),
    ...(chart.length === 0 ? [] : ['', ...title, ...chart]),
    ...(result.strategies.length < 2 ? [] : ['', ...strategyTable(result, ink)]),
    '',
    ...legend(result, first, ink),
  ].join('\n')}\n`
}

const columns: readonly Column[] = [
  { title: 'Step', align: 'left' },
  { title: 'Processes', align: 'right' },
  { title: 'Page tables', align: 'right', isWhole: true },
  { title: 'Headroom', align: 'right' },
  { title: 'Risk', align: 'left' },
]

function stepRows(
  { steps }: TimelineResult,
  { steps: figures, peak }: TimelineStrategy,
  ink: Ink,
): readonly Row[] {
  const { strong } = brushesOf(ink)
  return steps.map((step, index): Row => {
    const isPeak = index === peak.pageTables
    const note = stepText(step, ink)
    return {
      cells: [
        stepLabel(step, ink),
        formatCount(step.processes),
        ...figureCells(figures[index] ?? {}, isPeak),
      ],
      ...(isPeak ? { paint: new Map([[2, strong]]) } : {}),
      ...(note === '' ? {} : { note: worded(note, ink) }),
    }
  })
}

function figureCells(figures: TimelineFigures, isPeak: boolean): readonly string[] {
  const { pageTables, headroomBytes } = figures
  return [
    pageTables === undefined ? '-' : `${tablesText(pageTables)}${isPeak ? ' *' : ''}`,
    headroomBytes === undefined ? '-' : formatBytes(headroomBytes),
    riskOf(figures),
  ]
}

/** Where chance decides, the expectation. */
function tablesText(pageTables: NonNullable<TimelineFigures['pageTables']>): string {
  return `${isUncertain(pageTables) ? '~' : ''}${formatBytes(pageTables.bytes)}`
}

function strategyTable({ strategies }: TimelineResult, ink: Ink): readonly string[] {
  const titles: readonly Column[] = [
    { title: 'Strategy', align: 'left' },
    { title: 'Peak', align: 'right' },
    { title: 'Step', align: 'right' },
    { title: 'Least headroom', align: 'right', isWhole: true },
    { title: 'Step', align: 'right' },
    { title: 'Risk', align: 'left' },
  ]
  const rows = strategies.map((strategy): Row => {
    const { steps, peak } = strategy
    const tables = steps[peak.pageTables]?.pageTables
    const shortest = steps[peak.headroom]?.headroomBytes
    return {
      cells: [
        labelOf(strategy),
        tables === undefined ? '-' : tablesText(tables),
        `${peak.pageTables}`,
        shortest === undefined ? '-' : formatBytes(shortest),
        `${peak.headroom}`,
        riskOf(steps[peak.risk] ?? {}),
      ],
    }
  })
  return renderGrid(titles, rows, ink)
}

function legend(
  { strategies, refused }: TimelineResult,
  shown: TimelineStrategy,
  ink: Ink,
): readonly string[] {
  const isProposed = strategies.some(({ status }) => status === 'proposed')
  const text = [
    `Steps: ${labelOf(shown)}. *: the peak.`,
    ...(refused.length === 0
      ? []
      : [`Not possible: ${refused.map((one) => labelOf(one)).join(', ')}.`]),
    ...(isProposed ? [`${proposedMeans}.`] : []),
  ].join(' ')
  return wrap(worded(text, ink), widthOf(ink))
}
