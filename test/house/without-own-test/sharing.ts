import type { TestedElsewhere } from './tested-elsewhere.ts'

export const sharing: TestedElsewhere = {
  'src/sharing/as-described.ts': {
    why: 'joins pools and mshare as the scenario says',
    test: 'test/sharing/pools.test.ts',
  },
  'src/sharing/base-pages.ts': {
    why: 'one call of ordinarySpaces() on base pages',
    test: 'test/sharing/pools.test.ts',
  },
  'src/sharing/catalogue.ts': {
    why: 'a list: docs/support-matrix.md shows it',
    test: 'test/geometry/support-matrix.test.ts',
  },
  'src/sharing/convert-regions.ts': {
    why: 'what hugetlb and thp do to every region',
    test: 'test/sharing/hugetlb.test.ts',
  },
  'src/sharing/mshare.ts': {
    why: 'one call of shareRegions() for every region',
    test: 'test/sharing/mshare-regions.test.ts',
  },
  'src/sharing/pools/backing.ts': {
    why: 'which pages a pool backs, seen in the tables of each plan',
    test: 'test/sharing/pools.test.ts',
  },
  'src/sharing/pools/copies.ts': {
    why: 'which instances a pool holds, seen in the groups of each plan',
    test: 'test/sharing/instances.test.ts',
  },
  'src/sharing/pools/needs.ts': {
    why: 'what each region gets of its pool, seen in the pools of each plan',
    test: 'test/sharing/pools.test.ts',
  },
  'src/sharing/pools/requests.ts': {
    why: 'what each region asks of its pool, seen in the pools of each plan',
    test: 'test/sharing/pools.test.ts',
  },
  'src/sharing/thp.ts': {
    why: 'one call of convertRegions()',
    test: 'test/sharing/ordinary.test.ts',
  },
}
