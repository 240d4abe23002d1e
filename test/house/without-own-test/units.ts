import type { TestedElsewhere } from './tested-elsewhere.ts'

export const units: TestedElsewhere = {
  'src/units/estimate.ts': {
    why: 'to be split',
    test: 'test/units/quantity.test.ts',
  },
  'src/units/kernel-version.ts': {
    why: 'to be split',
    test: 'test/geometry/support-matrix.test.ts',
  },
  'src/units/path.ts': {
    why: 'to be split',
    test: 'test/scenario/write-scenario.test.ts',
  },
  'src/units/printable.ts': {
    why: 'to be split',
    test: 'test/render/text/ink.test.ts',
  },
}
