import type { TestedElsewhere } from './tested-elsewhere.ts'

export const space: TestedElsewhere = {
  'src/space/cell.ts': {
    why: 'to be split',
    test: 'test/space/spans.test.ts',
  },
  'src/space/cluster-weights.ts': {
    why: 'to be split',
    test: 'test/space/spans.test.ts',
  },
  'src/space/random-bounds.ts': {
    why: 'to be split',
    test: 'test/space/spans.test.ts',
  },
  'src/space/random-draw.ts': {
    why: 'to be split',
    test: 'test/space/spans.test.ts',
  },
  'src/space/random-access.ts': {
    why: 'to be split',
    test: 'test/space/spans.test.ts',
  },
  'src/space/fewest-spans.ts': {
    why: 'to be split',
    test: 'test/space/spans.test.ts',
  },
  'src/space/grid-phase.ts': {
    why: 'to be split',
    test: 'test/space/spans.test.ts',
  },
  'src/space/most-spans.ts': {
    why: 'to be split',
    test: 'test/space/spans.test.ts',
  },
  'src/space/pair-overlap.ts': {
    why: 'to be split',
    test: 'test/space/spans.test.ts',
  },
  'src/space/partition.ts': {
    why: 'to be split',
    test: 'test/space/spans.test.ts',
  },
  'src/space/segments.ts': {
    why: 'to be split',
    test: 'test/space/spans.test.ts',
  },
  'src/space/stretch.ts': {
    why: 'to be split',
    test: 'test/space/spans.test.ts',
  },
  'src/space/access.ts': {
    why: 'to be split',
    test: 'test/space/spans.test.ts',
  },
  'src/space/untouched.ts': {
    why: 'to be split',
    test: 'test/space/spans.test.ts',
  },
  'src/space/variance.ts': {
    why: 'to be split',
    test: 'test/space/spans.test.ts',
  },
}
