import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Access } from '../../../src/space/access.ts'
import { spansTouched } from '../../../src/space/spans.ts'
import { spansVariance } from '../../../src/space/variance.ts'
import { clusters, nth, random } from '../../build.ts'
import { anyFixedSet, choices, runs, subsets } from '../toy.ts'

/** An access, and all sets of pages of the axis that it may come to touch, each as likely. */
interface Case {
  readonly access: Access
  readonly outcomes: readonly (readonly number[])[]
}

const anyReach = fc.integer({ min: 1, max: 7 })

/** A draw of clusters: every choice of them, with the pages that they hold. */
function anyClusters(mostClusters: number, mostDraws = 1): fc.Arbitrary<Case> {
  return fc
    .record({
      first: fc.nat(12),
      pieces: fc.integer({ min: 1, max: mostClusters }),
      size: fc.integer({ min: 1, max: 6 }),
      lacking: fc.nat(5),
      share: fc.nat(100),
      draws: fc.integer({ min: 1, max: mostDraws }),
    })
    .map(({ first, pieces, size, lacking, share, draws }) => {
      const pages = pieces * size - (lacking % size)
      const drawn = Math.round((share * pieces) / 100)
      const held = piecesOf(first, pages, size)
      const sets = subsets(pieces, drawn).map((chosen) => chosen.flatMap((at) => nth(held, at)))
      const times = sets.length > 50 ? 1 : draws
      return {
        access: {
          first,
          pages,
          touched: clusters(drawn, size),
          draws: times,
          counts: 'all' as const,
        },
        outcomes: choices(Array.from({ length: times }, () => sets)).map((drawn) => drawn.flat()),
      }
    })
}

function anyFixed(mostPages: number): fc.Arbitrary<Case> {
  return fc.tuple(fc.nat(12), fc.integer({ min: 1, max: mostPages })).chain(([first, length]) =>
    anyFixedSet(length).map(({ set, pages }) => ({
      access: { first, pages: length, touched: set, draws: 1, counts: 'all' as const },
      outcomes: [pages.map((page) => first + page)],
    })),
  )
}

/** The pages of each cluster, cut from the start of the mapping on. */
function piecesOf(first: number, pages: number, size: number): number[][] {
  const pieces: number[][] = []
  for (let page = 0; page < pages; page++) {
    const piece = pieces.at(-1)
    if (page % size === 0 || piece === undefined) pieces.push([first + page])
    else piece.push(first + page)
  }
  return pieces
}

/** What lies in the piece, and in spans that count. */
function counted(
  pages: readonly number[],
  { within, counts, cover, ...access }: Access,
  reach: number,
) {
  const piece = within ?? { from: access.first, to: access.first + access.pages }
  const { from, to } = cover ?? piece
  const isWhole = (span: number): boolean => span * reach >= from && (span + 1) * reach <= to
  return pages
    .filter((page) => page >= piece.from && page < piece.to)
    .map((page) => Math.floor(page / reach))
    .filter((span) => counts === 'all' || isWhole(span) === (counts === 'whole'))
}

function countOne(
  outcome: readonly (readonly number[])[],
  accesses: readonly Access[],
  reach: number,
): { readonly total: number; readonly shares: readonly number[] } {
  const known = new Set<number>()
  const shares = outcome.map((pages, index) => {
    const before = known.size
    for (const span of counted(pages, nth(accesses, index), reach)) known.add(span)
    return known.size - before
  })
  return { total: known.size, shares }
}

function everyOutcome(cases: readonly Case[], reach: number) {
  const ways = cases.reduce((product, { outcomes }) => product * outcomes.length, 1)
  fc.pre(ways <= 4000)
  const accesses = cases.map(({ access }) => access)
  return choices(cases.map(({ outcomes }) => outcomes)).map((outcome) =>
    countOne(outcome, accesses, reach),
  )
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** A part of a mapping, and spans of one kind only. */
function anyPart(of: fc.Arbitrary<Case>): fc.Arbitrary<Case> {
  return fc
    .tuple(
      of,
      fc.nat(30),
      fc.integer({ min: 1, max: 30 }),
      fc.constantFrom('all', 'whole', 'edges'),
    )
    .map(([{ access, outcomes }, skip, length, counts]) => {
      const from = access.first + (skip % access.pages)
      const to = Math.min(access.first + access.pages, from + length)
      return { access: { ...access, counts, within: { from, to } }, outcomes }
    })
}

const anyCases = fc.array(fc.oneof(anyClusters(6, 2), anyPart(anyClusters(6)), anyFixed(20)), {
  minLength: 1,
  maxLength: 3,
})

describe('clusters drawn at random', () => {
  test('are expected where every choice of them puts them on average, for all and for each that pays', () => {
    fc.assert(
      fc.property(anyCases, anyReach, (cases, reach) => {
        const all = everyOutcome(cases, reach)
        const { total, shares } = spansTouched(
          cases.map(({ access }) => access),
          reach,
          'spans',
        )
        expect(total.expected).toBeCloseTo(meanOf(all.map((one) => one.total)), 9)
        cases.forEach((_, index) => {
          expect(shares[index]).toBeCloseTo(meanOf(all.map((one) => nth(one.shares, index))), 9)
        })
      }),
      { numRuns: runs },
    )
  })

  test('never touch fewer spans than the least, nor more than the most', () => {
    fc.assert(
      fc.property(anyCases, anyReach, (cases, reach) => {
        const totals = everyOutcome(cases, reach).map(({ total }) => total)
        const { least, most } = spansTouched(
          cases.map(({ access }) => access),
          reach,
          'spans',
        ).total
        expect(least).toBeLessThanOrEqual(Math.min(...totals))
        expect(most).toBeGreaterThanOrEqual(Math.max(...totals))
      }),
      { numRuns: runs },
    )
  })

  test('reach the least of one mapping wherever it starts', () => {
    fc.assert(
      fc.property(anyPart(anyClusters(9, 2)), anyReach, (one, reach) => {
        fc.pre(one.access.counts === 'all')
        const totals = everyOutcome([one], reach).map(({ total }) => total)
        expect(spansTouched([one.access], reach, 'spans').total.least).toBe(Math.min(...totals))
      }),
      { numRuns: runs },
    )
  })

  test('reach the most of one mapping where no cluster is larger than a span, or all begin with spans', () => {
    fc.assert(
      fc.property(anyPart(anyClusters(9, 2)), anyReach, (one, reach) => {
        const { first, touched } = one.access
        const size = touched.kind === 'clusters' ? touched.clusterPages : 1
        fc.pre(one.access.counts === 'all')
        fc.pre(size <= reach || (size % reach === 0 && first % reach === 0))
        const totals = everyOutcome([one], reach).map(({ total }) => total)
        expect(spansTouched([one.access], reach, 'spans').total.most).toBe(Math.max(...totals))
      }),
      { numRuns: runs },
    )
  })

  test('vary as everything that can be drawn varies', () => {
    fc.assert(
      fc.property(anyClusters(10), anyReach, (one, reach) => {
        const totals = everyOutcome([one], reach).map(({ total }) => total)
        const mean = meanOf(totals)
        const variance = meanOf(totals.map((total) => (total - mean) ** 2))
        expect(spansVariance(one.access, reach)).toBeCloseTo(variance, 9)
      }),
      { numRuns: runs },
    )
  })

  test('of one page are single pages', () => {
    const anyDraw = fc.record({
      first: fc.nat(2 ** 30),
      pages: fc.integer({ min: 1, max: 2 ** 30 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      draws: fc.integer({ min: 1, max: 5 }),
      reach: fc.integer({ min: 1, max: 2 ** 18 }),
    })
    fc.assert(
      fc.property(anyDraw, ({ first, pages, share, draws, reach }) => {
        const drawn = Math.floor(share * pages)
        const of = (touched: Access['touched']): Access => ({
          first,
          pages,
          touched,
          draws,
          counts: 'all',
        })
        const [one, other] = [of(clusters(drawn, 1)), of(random(drawn))]
        expect(spansTouched([one], reach, 'spans')).toEqual(spansTouched([other], reach, 'spans'))
        expect(spansVariance(one, reach)).toBe(spansVariance(other, reach))
      }),
      { numRuns: runs },
    )
  })
})
