import { describe, expect, it } from 'vitest'
import { heaviest, lightest, weightsOf } from '../../src/space/cluster-weights.ts'

/** Clusters of 6 pages over spans of 2: the third of 16 pages has 4 of its 6, and 2 spans. */
const weights = weightsOf([{ from: 0, to: 8, first: 0, end: 16 }], {
  reach: 2,
  first: 0,
  clusterPages: 6,
})

describe('of three clusters that open 3, 3 and 2 spans', () => {
  it('the weights are all spans of the segment', () => {
    expect(weights.reduce((all, { spans, clusters }) => all + spans * clusters, 0)).toBe(8)
  })

  it.each([
    [0, 0],
    [1, 2],
    [2, 5],
    [3, 8],
  ])('the lightest %i open %i', (drawn, spans) => {
    expect(lightest(drawn, weights)).toBe(spans)
  })

  it.each([
    [1, 3],
    [2, 6],
    [3, 8],
  ])('the heaviest %i open %i', (drawn, spans) => {
    expect(heaviest(drawn, weights)).toBe(spans)
  })
})

it('a cluster between two segments opens spans of both', () => {
  const grids = { reach: 2, first: 0, clusterPages: 6 }
  const apart = [
    { from: 0, to: 1, first: 0, end: 2 },
    { from: 2, to: 3, first: 4, end: 6 },
  ]
  expect(heaviest(1, weightsOf(apart, grids))).toBe(2)
})
