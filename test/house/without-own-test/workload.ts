import type { TestedElsewhere } from './tested-elsewhere.ts'

export const workload: TestedElsewhere = {
  'src/workload/finding-ids.ts': {
    why: 'to be split',
    test: 'test/cli/commands/finding-page.test.ts',
  },
  'src/workload/copies.ts': {
    why: 'to be split',
    test: 'test/workload/base-tables.test.ts',
  },
}
