import type { TestedElsewhere } from './tested-elsewhere.ts'

export const space: TestedElsewhere = {
  'src/space/cell.ts': {
    why: 'a step of spansTouched(): its cells are what the sums are made of',
    test: 'test/space/spans.test.ts',
  },
  'src/space/cluster-weights.ts': {
    why: 'one case of the bounds of clusters, held by the law that draws them all',
    test: 'test/law/touching/clusters.test.ts',
  },
  'src/space/fewest-spans.ts': {
    why: 'the least of spansTouched(), held by the law that draws them all',
    test: 'test/law/touching/clusters.test.ts',
  },
  'src/space/most-spans.ts': {
    why: 'the most of spansTouched(), held by the law that draws them all',
    test: 'test/law/touching/clusters.test.ts',
  },
  'src/space/pair-overlap.ts': {
    why: 'a term of the variance, held by the law that draws them all',
    test: 'test/law/touching/clusters.test.ts',
  },
  'src/space/partition.ts': {
    why: 'who touches which span, held by the law that lists the pages of strides',
    test: 'test/law/touching/strides.test.ts',
  },
  'src/space/random-access.ts': {
    why: 'a step of the bounds: draws over the same range count as one',
    test: 'test/law/touching/clusters.test.ts',
  },
  'src/space/random-bounds.ts': {
    why: 'the least and most of spansTouched(), held by the law of all outcomes',
    test: 'test/law/touching/random.test.ts',
  },
  'src/space/segments.ts': {
    why: 'a step of the bounds of clusters, held by the law that draws them all',
    test: 'test/law/touching/clusters.test.ts',
  },
  'src/space/stretch.ts': {
    why: 'a step of spansTouched(): its stretches are what the cells are cut from',
    test: 'test/space/spans.test.ts',
  },
}
