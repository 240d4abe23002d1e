import type { TestedElsewhere } from './tested-elsewhere.ts'

export const accounting: TestedElsewhere = {
  'src/accounting/arrangement.ts': {
    why: 'to be split',
    test: 'test/host/victim.test.ts',
  },
  'src/accounting/bill.ts': {
    why: 'to be split',
    test: 'test/law/risk.test.ts',
  },
  'src/accounting/counters.ts': {
    why: 'to be split',
    test: 'test/capture/capture.test.ts',
  },
  'src/accounting/filled-leaves.ts': {
    why: 'to be split',
    test: 'test/law/risk.test.ts',
  },
  'src/accounting/leaf-pages.ts': {
    why: 'to be split',
    test: 'test/host/victim.test.ts',
  },
  'src/accounting/paging.ts': {
    why: 'to be split',
    test: 'test/host/victim.test.ts',
  },
  'src/accounting/tally.ts': {
    why: 'to be split',
    test: 'test/host/victim.test.ts',
  },
}
