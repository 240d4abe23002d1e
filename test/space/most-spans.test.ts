import { describe, expect, it } from 'vitest'
import { mostSpans } from '../../src/space/most-spans.ts'
import { clusters } from '../build.ts'
import { drawOver } from './drawn.ts'

/** The most spans of 4 pages that clusters drawn of a mapping open. */
function most(pages: number, drawn: number, clusterPages: number): number {
  return mostSpans(...drawOver(pages, clusters(drawn, clusterPages), 4))
}

describe('the most spans of 4 pages', () => {
  // Clusters of 3 lie across the borders at 4 and 8; that at 12 is one of clusters as well.
  it.each([
    [1, 2],
    [2, 3],
    [3, 4],
    [4, 4],
  ])('that %i clusters of 3 of 16 pages open are %i', (drawn, spans) => {
    expect(most(16, drawn, 3)).toBe(spans)
  })

  it.each([
    [1, 2],
    [2, 4],
  ])(
    'that %i clusters of 8 of 20 pages open are %i: the short one is not drawn',
    (drawn, spans) => {
      expect(most(20, drawn, 8)).toBe(spans)
    },
  )
})
