import { describe, expect, it } from 'vitest'
import { fewestSpans } from '../../src/space/fewest-spans.ts'
import type { TouchSet } from '../../src/space/touch-set.ts'
import { clusters, random } from '../build.ts'
import { drawOver } from './drawn.ts'

/** The fewest spans of 4 pages that a draw of a mapping opens. */
function fewest(pages: number, touched: TouchSet, opened: readonly number[] = []): number {
  const [draw, cells] = drawOver(pages, touched, 4)
  return fewestSpans(draw, cells, new Set(opened))
}

describe('the fewest spans of 4 pages', () => {
  it('that 6 of 16 pages open are two', () => {
    expect(fewest(16, random(6))).toBe(2)
  })

  it('are none where opened spans have room for the draw', () => {
    expect(fewest(16, random(6), [0])).toBe(0)
  })

  // Clusters of 3 begin at 0, 3, 6, 9, 12, and at 15 one of a single page.
  it.each([
    [1, 1],
    [2, 1],
    [3, 2],
  ])(
    'that %i clusters of 3 of 16 pages open are %i: the last two are in one span',
    (drawn, spans) => {
      expect(fewest(16, clusters(drawn, 3))).toBe(spans)
    },
  )

  // Of 20 pages the first two clusters of 8 open two spans each, the third opens one.
  it.each([
    [1, 1],
    [2, 3],
  ])('that %i clusters of 8 of 20 pages open are %i: the short one is drawn', (drawn, spans) => {
    expect(fewest(20, clusters(drawn, 8))).toBe(spans)
  })
})
