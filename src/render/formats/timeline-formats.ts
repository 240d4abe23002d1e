import type { TimelineResult } from '../../plan/result/timeline/timeline-result.ts'
import { formatBytes, formatCount } from '../../units/format.ts'
import { heading } from '../screen/heading.ts'
import type { Cell } from '../text/csv.ts'
import { renderCsv } from '../text/csv.ts'
import { inkOfNames } from '../text/ink.ts'
import { markdownTable, prose } from '../text/markdown.ts'
import { peakSentences, riskOf } from '../timeline/peaks.ts'
import { stepLabel, stepText } from '../words/what-if/timeline-words.ts'

/** One row for each step of each strategy; bytes as in the JSON. */
export function timelineCsv(result: TimelineResult): Iterable<string> {
  const names = [
    ...['file', 'scenario', 'fingerprint', 'step', 'name', 'processes', 'strategy', 'status'],
    ...['pageTables.bytes', 'pageTables.leastBytes', 'pageTables.mostBytes'],
    ...['pageTables.onceBytes', 'demandBytes', 'headroomBytes', 'level', 'refusal'],
  ]
  return renderCsv(names, rowsOf(result))
}

function* rowsOf({
  scenario,
  steps,
  strategies,
}: TimelineResult): Generator<readonly Cell[], void> {
  const { file, name, fingerprint } = scenario
  for (const { step, name: stepName, processes } of steps) {
    for (const { id, status, steps: figures } of strategies) {
      const { pageTables, demandBytes, headroomBytes, level, refusal } = figures[step] ?? {}
      yield [
        ...[file, name, fingerprint, step, stepName, processes, id, status],
        ...[pageTables?.bytes, pageTables?.leastBytes, pageTables?.mostBytes],
        ...[pageTables?.onceBytes, demandBytes, headroomBytes, level, refusal],
      ]
    }
  }
}

/** The steps as a page for a comment of a pull request. */
export function timelineMarkdown(result: TimelineResult): readonly string[] {
  const [name = '', ...machine] = heading({ ...result, assumptions: [] }, inkOfNames)
  const [first] = result.strategies
  const rows = result.steps.map((step, index) => {
    const figures = first?.steps[index] ?? {}
    return [
      prose(stepLabel(step, inkOfNames)),
      formatCount(step.processes),
      figures.pageTables === undefined ? '-' : formatBytes(figures.pageTables.bytes),
      figures.headroomBytes === undefined ? '-' : formatBytes(figures.headroomBytes),
      riskOf(figures),
      prose(stepText(step, inkOfNames)),
    ]
  })
  const table = markdownTable(
    [
      { title: 'Step', align: 'left' },
      { title: 'Processes', align: 'right' },
      { title: 'Page tables', align: 'right' },
      { title: 'Headroom', align: 'right' },
      { title: 'Risk', align: 'left' },
      { title: 'Events', align: 'left' },
    ],
    rows,
  )
  const sentences = first === undefined ? [] : peakSentences(result, first, inkOfNames)
  const lines = [`## ${prose(name)}`, '', prose(machine.join(' ')), '', prose(sentences.join(' '))]
  return [`${[...lines, '', ...table].join('\n')}\n`]
}
