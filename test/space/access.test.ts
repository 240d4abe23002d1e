import { describe, expect, test } from 'vitest'
import { pieceOf, wholeSpans } from '../../src/space/access.ts'
import { range } from '../build.ts'

describe('an access', () => {
  const access = { first: 3, pages: 10, touched: range(0, 10), draws: 1, counts: 'all' } as const

  test('can touch its whole mapping, or the piece that counts', () => {
    expect(pieceOf(access)).toEqual({ from: 3, to: 13 })
    expect(pieceOf({ ...access, within: { from: 4, to: 9 } })).toEqual({ from: 4, to: 9 })
  })

  test.each([
    [3, 13, 1, 3],
    [4, 12, 1, 3],
    [5, 7, 2, 2],
  ])('from page %i to %i covers spans of 4 from %i to %i whole', (from, to, first, end) => {
    expect(wholeSpans({ from, to }, 4)).toEqual({ from: first, to: end })
  })
})
