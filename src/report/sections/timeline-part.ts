import type {
  TimelineFigures,
  TimelineResult,
  TimelineStrategy,
} from '../../plan/result/timeline/timeline-result.ts'
import { timeline } from '../../plan/timeline/timeline.ts'
import { isUncertain, labelOf } from '../../render/sections/strategy.ts'
import { peakSentences, riskOf } from '../../render/timeline/peaks.ts'
import { stepLabel, stepText } from '../../render/words/what-if/timeline-words.ts'
import { formatBytes, formatCount } from '../../units/format.ts'
import { pageInk } from '../markup/ink.ts'
import type { Markup, Tagged } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'
import { table } from '../markup/table.ts'
import { rounded } from '../pictures/frame.ts'
import type { View } from './view.ts'

/** Steps of a table that is not asked for by itself. */
const mostSteps = 200
const width = 160

/** Page tables and headroom after each step of the timeline, under the strategy that is shown; the peak is marked. */
export function timelinePart({ workload, result, strategy: id }: View): readonly Markup[] {
  const planned = timeline(workload, result.scenario, [id])
  const [strategy] = planned.strategies
  if (strategy === undefined) return []
  const more = planned.steps.length - mostSteps
  return [
    el('h2', {}, `Timeline, ${labelOf(strategy)}`),
    ...peakSentences(planned, strategy, pageInk).map((sentence) => el('p', {}, sentence)),
    table(
      ['Step', 'Processes', 'Page tables', '', 'Headroom', '', 'Risk'],
      rowsOf(planned, strategy),
      { className: 'levels', numbers: [1, 2, 4], caption: 'After each step' },
    ),
    ...(more > 0
      ? [el('p', { class: 'note' }, `${formatCount(more)} more steps: mshare-plan timeline FILE`)]
      : []),
  ]
}

function rowsOf(
  { steps }: TimelineResult,
  { steps: figures, peak }: TimelineStrategy,
): readonly (readonly Markup[])[] {
  const largest = (amount: (one: TimelineFigures) => number): number =>
    figures.reduce((most, one) => Math.max(most, Math.abs(amount(one))), 1)
  const tablesMost = largest(({ pageTables }) => pageTables?.bytes ?? 0)
  const headroomMost = largest(({ headroomBytes = 0 }) => headroomBytes)
  return steps.slice(0, mostSteps).map((step, index) => {
    const one = figures[index] ?? {}
    const { headroomBytes = 0, pageTables } = one
    const note = stepText(step, pageInk)
    return [
      el('span', {}, stepLabel(step, pageInk), ...(note === '' ? [] : [el('br'), note])),
      formatCount(step.processes),
      tablesText(one, index === peak.pageTables),
      bar('part-page-tables', (pageTables?.bytes ?? 0) / tablesMost),
      one.headroomBytes === undefined ? '-' : formatBytes(headroomBytes),
      bar(headroomBytes < 0 ? 'part-page-tables' : 'part-private', headroomBytes / headroomMost),
      riskOf(one),
    ]
  })
}

/** Where chance decides, the expectation. */
function tablesText({ pageTables }: TimelineFigures, isPeak: boolean): string {
  if (pageTables === undefined) return '-'
  const mark = isUncertain(pageTables) ? '~' : ''
  return `${mark}${formatBytes(pageTables.bytes)}${isPeak ? ' (peak)' : ''}`
}

function bar(className: string, part: number): Tagged {
  return el(
    'svg',
    { viewBox: `0 0 ${width} 14`, width, height: 14, 'aria-hidden': 'true' },
    el('rect', { class: `part ${className}`, width: rounded(Math.abs(part) * width), height: 14 }),
  )
}
