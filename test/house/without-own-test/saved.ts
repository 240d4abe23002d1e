import type { TestedElsewhere } from './tested-elsewhere.ts'

export const saved: TestedElsewhere = {
  'src/saved/read-saved.ts': {
    why: 'to be split',
    test: 'test/saved/json-depth.test.ts',
  },
  'src/saved/saved-gates.ts': {
    why: 'to be split',
    test: 'test/saved/json-depth.test.ts',
  },
  'src/saved/saved-mark.ts': {
    why: 'to be split',
    test: 'test/plan/gates/contradictions.test.ts',
  },
  'src/saved/saved-schema.ts': {
    why: 'to be split',
    test: 'test/saved/json-depth.test.ts',
  },
}
