import type { TestedElsewhere } from './tested-elsewhere.ts'

export const sharing: TestedElsewhere = {
  'src/sharing/mshare.ts': {
    why: 'one call of shareRegions() for every region',
    test: 'test/sharing/mshare-regions.test.ts',
  },
}
