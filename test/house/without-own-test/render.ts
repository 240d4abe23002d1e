import type { TestedElsewhere } from './tested-elsewhere.ts'

export const render: TestedElsewhere = {
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
  'src/render/words/finding-words.ts': {
    why: 'words of findings',
    test: 'test/render/sections/findings.test.ts',
  },
  'src/render/words/program-words.ts': {
    why: 'names of programs',
    test: 'test/render/sections/advice.test.ts',
  },
}
