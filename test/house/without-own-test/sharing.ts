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
  'src/sharing/mshare.ts': {
    why: 'one call of shareRegions() for every region',
    test: 'test/sharing/mshare-regions.test.ts',
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
