import type { TestedElsewhere } from './tested-elsewhere.ts'

export const sharing: TestedElsewhere = {
  'src/sharing/as-described.ts': {
    why: 'to be split',
    test: 'test/sharing/ordinary.test.ts',
  },
  'src/sharing/base-pages.ts': {
    why: 'to be split',
    test: 'test/sharing/ordinary.test.ts',
  },
  'src/sharing/catalogue.ts': {
    why: 'to be split',
    test: 'test/sharing/ordinary.test.ts',
  },
  'src/sharing/convert-regions.ts': {
    why: 'to be split',
    test: 'test/sharing/ordinary.test.ts',
  },
  'src/sharing/mshare-placement.ts': {
    why: 'to be split',
    test: 'test/sharing/free-addresses.test.ts',
  },
  'src/sharing/mshare-regions.ts': {
    why: 'to be split',
    test: 'test/sharing/ordinary.test.ts',
  },
  'src/sharing/mshare-terms.ts': {
    why: 'to be split',
    test: 'test/law/risk.test.ts',
  },
  'src/sharing/pools/backing.ts': {
    why: 'to be split',
    test: 'test/sharing/ordinary.test.ts',
  },
  'src/sharing/pools/copies.ts': {
    why: 'to be split',
    test: 'test/sharing/instances.test.ts',
  },
  'src/sharing/pools/needs.ts': {
    why: 'to be split',
    test: 'test/sharing/instances.test.ts',
  },
  'src/sharing/pools/requests.ts': {
    why: 'to be split',
    test: 'test/sharing/instances.test.ts',
  },
  'src/sharing/thp.ts': {
    why: 'to be split',
    test: 'test/sharing/ordinary.test.ts',
  },
}
