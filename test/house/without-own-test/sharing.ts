import type { TestedElsewhere } from './tested-elsewhere.ts'

export const sharing: TestedElsewhere = {
  'src/sharing/arranged.ts': {
    why: 'must give what arranging anew gives, for any change of processes',
    test: 'test/law/sharing/arranged.test.ts',
  },
  'src/sharing/filling-ground.ts': {
    why: 'where mappings fit as an address space fills up; places are compared with placing anew',
    test: 'test/law/sharing/window-places.test.ts',
  },
}
