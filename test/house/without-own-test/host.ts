import type { TestedElsewhere } from './tested-elsewhere.ts'

export const host: TestedElsewhere = {
  'src/host/budget.ts': {
    why: 'to be split',
    test: 'test/law/risk.test.ts',
  },
  'src/host/min-watermark.ts': {
    why: 'to be split',
    test: 'test/host/standing.test.ts',
  },
  'src/host/pools.ts': {
    why: 'to be split',
    test: 'test/law/copies.test.ts',
  },
  'src/host/resident.ts': {
    why: 'to be split',
    test: 'test/host/victim.test.ts',
  },
  'src/host/risk.ts': {
    why: 'to be split',
    test: 'test/host/standing.test.ts',
  },
}
