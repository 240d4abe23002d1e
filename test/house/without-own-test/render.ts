import type { TestedElsewhere } from './tested-elsewhere.ts'

export const render: TestedElsewhere = {
  'src/render/limits.ts': {
    why: 'one table, held by transcripts',
    test: 'test/transcript/transcript.test.ts',
  },
  'src/render/sections/comparison.ts': {
    why: 'the table of the view, compared with it',
    test: 'test/render/table.test.ts',
  },
  'src/render/sections/headline.ts': {
    why: 'the answer of the view',
    test: 'test/render/table.test.ts',
  },
  'src/render/sections/region-notes.ts': {
    why: 'notes below an entry of the advice',
    test: 'test/render/sections/advice.test.ts',
  },
  'src/render/sections/risk.ts': {
    why: 'one table, held by goldens',
    test: 'test/scenarios/golden.test.ts',
  },
  'src/render/verdicts.ts': {
    why: 'one line for each gate, held by transcripts',
    test: 'test/transcript/transcript.test.ts',
  },
  'src/render/words/advice-words.ts': {
    why: 'words of the advice',
    test: 'test/render/sections/advice.test.ts',
  },
  'src/render/words/cause-words.ts': {
    why: 'words of causes',
    test: 'test/render/verify.test.ts',
  },
  'src/render/words/finding-words.ts': {
    why: 'words of findings',
    test: 'test/render/sections/findings.test.ts',
  },
  'src/render/words/program-words.ts': {
    why: 'names of programs',
    test: 'test/render/sections/advice.test.ts',
  },
}
