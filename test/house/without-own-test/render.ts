import type { TestedElsewhere } from './tested-elsewhere.ts'

export const render: TestedElsewhere = {
  'src/render/limits.ts': {
    why: 'to be split',
    test: 'test/capture/capture-scenario.test.ts',
  },
  'src/render/sections/assumptions.ts': {
    why: 'to be split',
    test: 'test/render/sections/advice.test.ts',
  },
  'src/render/sections/budget.ts': {
    why: 'to be split',
    test: 'test/render/sections/advice.test.ts',
  },
  'src/render/sections/comparison.ts': {
    why: 'to be split',
    test: 'test/render/sections/advice.test.ts',
  },
  'src/render/sections/counter-table.ts': {
    why: 'to be split',
    test: 'test/render/sections/advice.test.ts',
  },
  'src/render/sections/gates.ts': {
    why: 'to be split',
    test: 'test/render/sections/advice.test.ts',
  },
  'src/render/sections/group-tables.ts': {
    why: 'to be split',
    test: 'test/render/sections/advice.test.ts',
  },
  'src/render/sections/headline.ts': {
    why: 'to be split',
    test: 'test/render/sections/advice.test.ts',
  },
  'src/render/sections/region-notes.ts': {
    why: 'to be split',
    test: 'test/render/sections/advice.test.ts',
  },
  'src/render/sections/region-tables.ts': {
    why: 'to be split',
    test: 'test/render/sections/advice.test.ts',
  },
  'src/render/sections/risk.ts': {
    why: 'to be split',
    test: 'test/render/sections/advice.test.ts',
  },
  'src/render/sections/strategy.ts': {
    why: 'to be split',
    test: 'test/render/sections/advice.test.ts',
  },
  'src/render/verdicts.ts': {
    why: 'to be split',
    test: 'test/capture/capture-scenario.test.ts',
  },
  'src/render/words/advice-words.ts': {
    why: 'to be split',
    test: 'test/render/sections/advice.test.ts',
  },
  'src/render/words/cause-words.ts': {
    why: 'to be split',
    test: 'test/render/verify.test.ts',
  },
  'src/render/words/finding-words.ts': {
    why: 'to be split',
    test: 'test/render/sections/findings.test.ts',
  },
  'src/render/words/gate-words.ts': {
    why: 'to be split',
    test: 'test/render/sections/advice.test.ts',
  },
  'src/render/words/obstacle-words.ts': {
    why: 'to be split',
    test: 'test/render/sections/advice.test.ts',
  },
  'src/render/words/program-words.ts': {
    why: 'to be split',
    test: 'test/render/sections/advice.test.ts',
  },
  'src/render/words/stop-words.ts': {
    why: 'to be split',
    test: 'test/render/sections/advice.test.ts',
  },
}
