import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { spansTouched } from '../../src/space/spans.ts'
import type { Toucher } from '../../src/space/toucher.ts'
import { every, nth } from '../build.ts'
import { runs } from './toy.ts'

const anyComb = fc
  .record({
    first: fc.nat(60),
    length: fc.integer({ min: 1, max: 500 }),
    stride: fc.integer({ min: 1, max: 30 }),
  })
  .map(({ first, length, stride }) => ({
    toucher: { first, pages: length, touched: every(stride), draws: 1, counts: 'all' } as Toucher,
    pages: Array.from({ length }, (_, page) => page)
      .filter((page) => page % stride === 0)
      .map((page) => first + page),
  }))

describe('several strides over the same pages', () => {
  test('touch together the spans that a list of their pages lies in, and the first pays', () => {
    const anyCombs = fc.array(anyComb, { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(anyCombs, fc.integer({ min: 1, max: 9 }), (combs, reach) => {
        const known = new Set<number>()
        const billed = combs.map(({ pages }) => {
          const before = known.size
          for (const page of pages) known.add(Math.floor(page / reach))
          return known.size - before
        })
        const touchers = combs.map(({ toucher }) => toucher)
        const { total, shares } = spansTouched(touchers, reach, 'spans')
        expect(total).toEqual({ least: known.size, expected: known.size, most: known.size })
        expect(shares).toEqual(billed)
      }),
      { numRuns: runs },
    )
  })

  test('touch as many spans wherever on the axis they start by whole periods', () => {
    const anyShift = fc.integer({ min: 0, max: 1000 })
    fc.assert(
      fc.property(anyComb, anyComb, anyShift, (one, other, shift) => {
        const reach = 4
        const moved = [one, other].map(({ toucher }) => ({
          ...toucher,
          first: toucher.first + shift * reach,
        }))
        expect(spansTouched(moved, reach, 'spans').total).toEqual(
          spansTouched([one.toucher, other.toucher], reach, 'spans').total,
        )
        expect(nth(moved, 0).first).toBeGreaterThanOrEqual(one.toucher.first)
      }),
      { numRuns: runs },
    )
  })
})
