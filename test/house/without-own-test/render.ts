import type { TestedElsewhere } from './tested-elsewhere.ts'

export const render: TestedElsewhere = {
  'src/render/diff.ts': {
    why: 'the screen of one command',
    test: 'test/cli/commands/diff/diff-command.test.ts',
  },
  'src/render/formats/diff-markdown.ts': {
    why: 'a page of one command',
    test: 'test/cli/commands/diff/diff-command.test.ts',
  },
  'src/render/words/what-if/diff-words.ts': {
    why: 'words of one command',
    test: 'test/cli/commands/diff/diff-command.test.ts',
  },
  'src/render/sweep/about.ts': {
    why: 'a line above the points, on the screen and on a page',
    test: 'test/report/sweep/write-sweep.test.ts',
  },
  'src/render/sweep/risk-changes.ts': {
    why: 'lines below the points, on the screen and on a page',
    test: 'test/report/sweep/write-sweep.test.ts',
  },
  'src/render/limits/growth-curves.ts': {
    why: 'figures of the picture, as printed',
    test: 'test/render/limits/growth-part.test.ts',
  },
  'src/render/sweep/sweep-chart.ts': {
    why: 'a picture that limits draws, of other numbers',
    test: 'test/cli/commands/sweep/sweep-command.test.ts',
  },
  'src/render/sweep-lines.ts': {
    why: 'lines of one command, each form with every kind of point',
    test: 'test/cli/commands/sweep/sweep-command.test.ts',
  },
  'src/render/sweep/sweep-table.ts': {
    why: 'tables of one command',
    test: 'test/cli/commands/sweep/sweep-command.test.ts',
  },
  'src/render/words/what-if/sweep-words.ts': {
    why: 'words of one command',
    test: 'test/cli/commands/sweep/sweep-command.test.ts',
  },
  'src/render/sweep.ts': {
    why: 'the screen of one command',
    test: 'test/cli/commands/sweep/sweep-command.test.ts',
  },
  'src/render/sections/budget-notes.ts': {
    why: 'sentences below the budget, which its tests read',
    test: 'test/render/sections/budget.test.ts',
  },
  'src/render/sections/forecast-tables.ts': {
    why: 'tables of one view, with every cause and at every width',
    test: 'test/render/verify.test.ts',
  },
  'src/render/words/forecast-words.ts': {
    why: 'words of one view, with every cause',
    test: 'test/render/verify.test.ts',
  },
  'src/render/sections/standing-paint.ts': {
    why: 'colours, which repeat what the words say',
    test: 'test/render/screen/screen.test.ts',
  },
  'src/render/sections/region-notes.ts': {
    why: 'notes below an entry of the advice',
    test: 'test/render/sections/advice.test.ts',
  },
  'src/render/words/advice-words.ts': {
    why: 'words of the advice',
    test: 'test/render/sections/advice.test.ts',
  },
  'src/render/words/cause-words.ts': {
    why: 'words of causes',
    test: 'test/render/verify.test.ts',
  },
  'src/render/words/terms/postmortem-terms.ts': {
    why: 'words of the lines of a report, each of which must have one',
    test: 'test/house/terms.test.ts',
  },
  'src/render/words/postmortem-words.ts': {
    why: 'words of the postmortem',
    test: 'test/render/screen/postmortem-screen.test.ts',
  },
  'src/render/words/finding-words.ts': {
    why: 'words of findings',
    test: 'test/render/sections/findings.test.ts',
  },
  ...terms([
    ...['advice', 'budget', 'comparison', 'counter', 'gate', 'growth', 'strategy', 'table'],
    ...['timeline', 'verdict', 'verify'],
  ]),
  'src/render/words/limit-words.ts': {
    why: 'words of limits',
    test: 'test/render/limits/limit-table.test.ts',
  },
  'src/render/words/program-words.ts': {
    why: 'names of programs',
    test: 'test/render/sections/advice.test.ts',
  },
  'src/render/words/what-if/growth-words.ts': {
    why: 'words of days and rates',
    test: 'test/render/limits/growth-part.test.ts',
  },
  'src/render/screen/growth-lines.ts': {
    why: 'a sentence of the screen',
    test: 'test/render/limits/growth-part.test.ts',
  },
  'src/render/timeline/peaks.ts': {
    why: 'sentences above the table',
    test: 'test/render/timeline.test.ts',
  },
  'src/render/timeline/step-chart.ts': {
    why: 'bars below the table',
    test: 'test/render/timeline.test.ts',
  },
  'src/render/words/what-if/timeline-words.ts': {
    why: 'words of steps',
    test: 'test/render/timeline.test.ts',
  },
  'src/render/screen/timeline-lines.ts': {
    why: 'one sentence of the screen',
    test: 'test/render/timeline.test.ts',
  },
  'src/render/formats/timeline-formats.ts': {
    why: 'the table as CSV and Markdown',
    test: 'test/render/timeline.test.ts',
  },
}

/** Lists of terms, which are one vocabulary. */
function terms(lists: readonly string[]): TestedElsewhere {
  return Object.fromEntries(
    lists.map((list) => [
      `src/render/words/terms/${list}-terms.ts`,
      { why: 'words without code', test: 'test/render/words/terms/terms.test.ts' },
    ]),
  )
}
