import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Access } from '../../../src/space/access.ts'
import { spansTouched } from '../../../src/space/spans.ts'
import { spansVariance } from '../../../src/space/variance.ts'
import { nth } from '../../build.ts'
import { anyDraw, anyFixedSet, choices, runs } from '../toy.ts'

/** An access, and all it may come to touch, each outcome as likely as the others. */
interface Case {
  readonly access: Access
  readonly outcomes: readonly (readonly number[])[]
}

const anyReach = fc.integer({ min: 1, max: 5 })

function anyCase(lengths: fc.Arbitrary<number>, chance: fc.Arbitrary<boolean>): fc.Arbitrary<Case> {
  return fc
    .tuple(fc.nat(12), lengths, chance, fc.integer({ min: 1, max: 2 }))
    .chain(([first, length, drawn, draws]) => {
      if (!drawn) {
        return anyFixedSet(length).map(({ set, pages }) => ({
          access: { first, pages: length, touched: set, draws, counts: 'all' as const },
          outcomes: [pages.map((page) => first + page)],
        }))
      }
      const times = length > 5 ? 1 : draws
      return anyDraw(length).map(({ set, outcomes }) => ({
        access: { first, pages: length, touched: set, draws: times, counts: 'all' as const },
        outcomes: choices(Array.from({ length: times }, () => outcomes)).map((drawings) =>
          drawings.flat().map((page) => first + page),
        ),
      }))
    })
}

/** All that the accesses together may come to; refused where that is too much to enumerate. */
function outcomesOf(cases: readonly Case[]): number[][][] {
  const ways = cases.reduce((product, { outcomes }) => product * outcomes.length, 1)
  fc.pre(ways <= 5000)
  return choices(cases.map(({ outcomes }) => outcomes)).map((chosen) => chosen.map((p) => [...p]))
}

function spansOf(pages: readonly number[], reach: number): Set<number> {
  return new Set(pages.map((page) => Math.floor(page / reach)))
}

/** Distinct spans in one outcome, and what of them is billed to each access: the first pays. */
function countOne(
  outcome: readonly (readonly number[])[],
  reach: number,
): { readonly total: number; readonly shares: readonly number[] } {
  const known = new Set<number>()
  const shares = outcome.map((touched) => {
    const before = known.size
    for (const span of spansOf(touched, reach)) known.add(span)
    return known.size - before
  })
  return { total: known.size, shares }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

const anyAccesses = fc.array(
  anyCase(fc.integer({ min: 1, max: 7 }), fc.constantFrom(true, true, false)),
  {
    minLength: 1,
    maxLength: 3,
  },
)

describe('random touching', () => {
  test('expects the mean over everything that can be drawn, for all and for each that pays', () => {
    fc.assert(
      fc.property(anyAccesses, anyReach, (cases, reach) => {
        const counted = outcomesOf(cases).map((outcome) => countOne(outcome, reach))
        const { total, shares } = spansTouched(
          cases.map(({ access }) => access),
          reach,
          'spans',
        )
        expect(total.expected).toBeCloseTo(meanOf(counted.map((one) => one.total)), 10)
        cases.forEach((_, index) => {
          const mean = meanOf(counted.map((one) => nth(one.shares, index)))
          expect(shares[index]).toBeCloseTo(mean, 10)
        })
      }),
      { numRuns: runs },
    )
  })

  test('reaches its most, and never falls below its least', () => {
    fc.assert(
      fc.property(anyAccesses, anyReach, (cases, reach) => {
        const totals = outcomesOf(cases).map((outcome) => countOne(outcome, reach).total)
        const accesses = cases.map(({ access }) => access)
        const { least, most } = spansTouched(accesses, reach, 'spans').total
        expect(most).toBe(Math.max(...totals))
        expect(least).toBeLessThanOrEqual(Math.min(...totals))
      }),
      { numRuns: runs },
    )
  })

  test('reaches its least where mappings follow one another, as those of a process do', () => {
    const anyChain = fc
      .array(anyCase(fc.integer({ min: 1, max: 8 }), fc.constantFrom(true, true, false)), {
        minLength: 1,
        maxLength: 4,
      })
      .chain((cases) =>
        fc.array(fc.nat(2), { minLength: cases.length, maxLength: cases.length }).map((gaps) => {
          let from = 0
          return cases.map(({ access, outcomes }, index) => {
            const first = from + nth(gaps, index)
            from = first + access.pages
            return {
              access: { ...access, first },
              outcomes: outcomes.map((pages) => pages.map((page) => page - access.first + first)),
            }
          })
        }),
      )
    fc.assert(
      fc.property(anyChain, anyReach, (cases, reach) => {
        const totals = outcomesOf(cases).map((outcome) => countOne(outcome, reach).total)
        const accesses = cases.map(({ access }) => access)
        const { least, most } = spansTouched(accesses, reach, 'spans').total
        expect([least, most]).toEqual([Math.min(...totals), Math.max(...totals)])
      }),
      { numRuns: runs },
    )
  })

  test('reaches its least and most where processes draw over the same range', () => {
    const anySame = fc
      .record({ first: fc.nat(5), length: fc.integer({ min: 1, max: 6 }) })
      .chain(({ first, length }) =>
        fc.array(anyDraw(length), { minLength: 2, maxLength: 3 }).map((draws) =>
          draws.map(({ set, outcomes }) => ({
            access: { first, pages: length, touched: set, draws: 1, counts: 'all' as const },
            outcomes: outcomes.map((pages) => pages.map((page) => first + page)),
          })),
        ),
      )
    fc.assert(
      fc.property(anySame, anyReach, (cases, reach) => {
        const totals = outcomesOf(cases).map((outcome) => countOne(outcome, reach).total)
        const accesses = cases.map(({ access }) => access)
        const { least, most } = spansTouched(accesses, reach, 'spans').total
        expect([least, most]).toEqual([Math.min(...totals), Math.max(...totals)])
      }),
      { numRuns: runs },
    )
  })

  test('varies as everything that can be drawn varies', () => {
    const anyOne = anyCase(fc.integer({ min: 1, max: 11 }), fc.constant(true))
    fc.assert(
      fc.property(anyOne, anyReach, ({ access, outcomes }, reach) => {
        fc.pre(access.draws === 1)
        const totals = outcomes.map((pages) => spansOf(pages, reach).size)
        const mean = meanOf(totals)
        const variance = meanOf(totals.map((total) => (total - mean) ** 2))
        expect(spansVariance(access, reach)).toBeCloseTo(variance, 10)
      }),
      { numRuns: runs },
    )
  })
})
