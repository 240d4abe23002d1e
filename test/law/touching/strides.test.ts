import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Access } from '../../../src/space/access.ts'
import { spansTouched } from '../../../src/space/spans.ts'
import { every, nth } from '../../build.ts'
import { runs } from '../toy.ts'

const anyAccess = fc
  .record({
    first: fc.nat(60),
    length: fc.integer({ min: 1, max: 500 }),
    stride: fc.integer({ min: 1, max: 30 }),
  })
  .map(({ first, length, stride }) => ({
    access: { first, pages: length, touched: every(stride), draws: 1, counts: 'all' } as Access,
    pages: Array.from({ length }, (_, page) => page)
      .filter((page) => page % stride === 0)
      .map((page) => first + page),
  }))

describe('several strides over the same pages', () => {
  test('touch together the spans that a list of their pages lies in, and the first pays', () => {
    const anyAccesses = fc.array(anyAccess, { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(anyAccesses, fc.integer({ min: 1, max: 9 }), (strided, reach) => {
        const known = new Set<number>()
        const billed = strided.map(({ pages }) => {
          const before = known.size
          for (const page of pages) known.add(Math.floor(page / reach))
          return known.size - before
        })
        const accesses = strided.map(({ access }) => access)
        const { total, shares } = spansTouched(accesses, reach, 'spans')
        expect(total).toEqual({ least: known.size, expected: known.size, most: known.size })
        expect(shares).toEqual(billed)
      }),
      { numRuns: runs },
    )
  })

  test('touch as many spans wherever on the axis they start by whole periods', () => {
    const anyShift = fc.integer({ min: 0, max: 1000 })
    fc.assert(
      fc.property(anyAccess, anyAccess, anyShift, (one, other, shift) => {
        const reach = 4
        const moved = [one, other].map(({ access }) => ({
          ...access,
          first: access.first + shift * reach,
        }))
        expect(spansTouched(moved, reach, 'spans').total).toEqual(
          spansTouched([one.access, other.access], reach, 'spans').total,
        )
        expect(nth(moved, 0).first).toBeGreaterThanOrEqual(one.access.first)
      }),
      { numRuns: runs },
    )
  })
})
