import type { TestedElsewhere } from './tested-elsewhere.ts'

export const saved: TestedElsewhere = {
  'src/saved/saved-forms.ts': {
    why: 'the form of a saved result: read-saved says what is wrong with it',
    test: 'test/saved/read-saved.test.ts',
  },
}
