import type { TestedElsewhere } from './tested-elsewhere.ts'

const drawn = { test: 'test/report/write-report.test.ts' }
const opened = { test: 'test/proof/report/report.test.ts' }

export const report: TestedElsewhere = {
  'src/report/markup/ink.ts': { why: 'one value, for all words of a page', ...drawn },
  'src/report/markup/page-head.ts': { why: 'the policy of every page', ...drawn },
  'src/report/pictures/axes.ts': { why: 'what pictures of memory have in common', ...drawn },
  'src/report/sections/footer.ts': { why: 'one line of every page', ...drawn },
  'src/report/pictures/address-space.ts': { why: 'draws what placement placed', ...drawn },
  'src/report/pictures/budget-bar.ts': { why: 'draws the parts of the budget', ...drawn },
  'src/report/pictures/chart-tables.ts': { why: 'writes what the curves are made of', ...drawn },
  'src/report/pictures/level-bars.ts': { why: 'draws levels of the result', ...drawn },
  'src/report/pictures/process-trees.ts': {
    why: 'draws groups and regions of the result',
    ...drawn,
  },
  'src/report/pictures/sessions-chart.ts': { why: 'draws curves that have a test', ...drawn },
  'src/report/report-parts.ts': { why: 'puts the parts of a page in order', ...drawn },
  'src/report/sections/advice-part.ts': { why: 'puts advice of the result in elements', ...drawn },
  'src/report/sections/controls-part.ts': { why: 'puts fields in elements', ...opened },
  'src/report/sections/export-part.ts': { why: 'puts command and YAML in elements', ...opened },
  'src/report/sections/folded-parts.ts': { why: 'puts lines of the screen in elements', ...drawn },
  'src/report/sections/heading-part.ts': { why: 'puts the heading in elements', ...drawn },
  'src/report/sections/strategies-part.ts': { why: 'puts the comparison in elements', ...drawn },
  'src/report/sections/verdict-part.ts': { why: 'puts the verdict in elements', ...drawn },
  'src/report/sections/view.ts': { why: 'chooses the strategy that is shown', ...drawn },
  'src/report/style.ts': { why: 'the style sheet, seen in a browser', ...opened },
  'src/report/page/announce.ts': { why: 'says something in a browser', ...opened },
  'src/report/page/events.ts': { why: 'listens in a browser', ...opened },
  'src/report/page/mount.ts': { why: 'draws in a browser', ...opened },
  'src/report/page/open-report.ts': { why: 'plans and draws in a browser', ...opened },
  'src/report/page/page.ts': { why: 'starts the page in a browser', ...opened },
  'src/report/page/selection.ts': { why: 'what a browser shows first', ...opened },
}
