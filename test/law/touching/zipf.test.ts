import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Access } from '../../../src/space/access.ts'
import { spansTouched } from '../../../src/space/spans.ts'
import { nth, zipf } from '../../build.ts'
import { anyFixedSet, runs } from '../toy.ts'

/** Probabilities of the ranks, by plain division. */
function weightsOf(exponent: number, pages: number): readonly number[] {
  const weights = Array.from({ length: pages }, (_, index) => (index + 1) ** -exponent)
  const all = weights.reduceRight((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / all)
}

/** Something that may happen: the pages touched by each access, and how probable it is. */
interface Outcome {
  readonly touched: readonly (readonly number[])[]
  readonly probability: number
}

/** An access, and all it may come to touch. */
interface Case {
  readonly access: Access
  readonly outcomes: readonly { readonly pages: readonly number[]; readonly probability: number }[]
}

const anyExponent = fc.oneof(
  fc.constantFrom(0, 0.5, 1, 2, 5),
  fc.double({ min: 0, max: 3, noNaN: true }),
)

/** Every sequence of accesses, with its probability. */
const anyHits: fc.Arbitrary<Case> = fc
  .record({
    first: fc.nat(5),
    pages: fc.integer({ min: 1, max: 4 }),
    exponent: anyExponent,
    accesses: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ first, pages, exponent, accesses }) => {
    const weights = weightsOf(exponent, pages)
    let outcomes: Case['outcomes'] = [{ pages: [], probability: 1 }]
    for (let access = 0; access < accesses; access++) {
      outcomes = outcomes.flatMap((before) =>
        weights.map((weight, page) => ({
          pages: [...before.pages, first + page],
          probability: before.probability * weight,
        })),
      )
    }
    const touched = zipf(exponent, accesses)
    return { access: { first, pages, touched, draws: 1, counts: 'all' }, outcomes }
  })

const anyFixed: fc.Arbitrary<Case> = fc
  .record({ first: fc.nat(5), pages: fc.integer({ min: 1, max: 7 }) })
  .chain(({ first, pages: length }) =>
    anyFixedSet(length).map(({ set, pages }) => ({
      access: { first, pages: length, touched: set, draws: 1, counts: 'all' },
      outcomes: [{ pages: pages.map((page) => first + page), probability: 1 }],
    })),
  )

function outcomesOf(cases: readonly Case[]): readonly Outcome[] {
  return cases.reduce<readonly Outcome[]>(
    (all, { outcomes }) =>
      all.flatMap(({ touched, probability }) =>
        outcomes.map((one) => ({
          touched: [...touched, one.pages],
          probability: probability * one.probability,
        })),
      ),
    [{ touched: [], probability: 1 }],
  )
}

/** Distinct spans, and those of them that each access is the first to touch. */
function countIn({ touched }: Outcome, reach: number): readonly number[] {
  const known = new Set<number>()
  return touched.map((pages) => {
    const before = known.size
    for (const page of pages) known.add(Math.floor(page / reach))
    return known.size - before
  })
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

/** There may be more than a call takes arguments. */
function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value))
}

function smallest(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value))
}

describe('accesses by rank', () => {
  test('expect the mean over all that can happen, for all and for each that pays', () => {
    const anyCases = fc.array(anyHits, { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(anyCases, fc.integer({ min: 1, max: 5 }), (cases, reach) => {
        const outcomes = outcomesOf(cases)
        const counted = outcomes.map((outcome) => countIn(outcome, reach))
        const mean = (of: (counts: readonly number[]) => number): number =>
          total(counted.map((counts, index) => of(counts) * nth(outcomes, index).probability))
        const accesses = cases.map(({ access }) => access)
        const spans = spansTouched(accesses, reach, 'spans')
        expect(spans.total.expected).toBeCloseTo(mean(total), 9)
        cases.forEach((_, at) => {
          expect(spans.shares[at]).toBeCloseTo(
            mean((counts) => nth(counts, at)),
            9,
          )
        })
        const totals = counted.map(total)
        expect(spans.total.most).toBe(largest(totals))
        expect(spans.total.least).toBeLessThanOrEqual(smallest(totals))
        if (cases.length === 1) expect(spans.total.least).toBe(smallest(totals))
      }),
      { numRuns: runs },
    )
  })

  test('stay within what can happen beside pages that are touched for certain', () => {
    const anyCases = fc.array(fc.oneof(anyHits, anyFixed), { minLength: 2, maxLength: 3 })
    fc.assert(
      fc.property(anyCases, fc.integer({ min: 1, max: 5 }), (cases, reach) => {
        const totals = outcomesOf(cases).map((outcome) => total(countIn(outcome, reach)))
        const accesses = cases.map(({ access }) => access)
        const { least, expected, most } = spansTouched(accesses, reach, 'spans').total
        expect(most).toBe(largest(totals))
        expect(least).toBeLessThanOrEqual(smallest(totals))
        expect(expected).toBeGreaterThanOrEqual(least)
        expect(expected).toBeLessThanOrEqual(most)
      }),
      { numRuns: runs },
    )
  })
})

/** A mapping too long to enumerate and short enough to add up. */
const anyLong = fc.record({
  first: fc.nat(700),
  pages: fc.integer({ min: 1, max: 40_000 }),
  exponent: fc.oneof(anyExponent, fc.double({ min: 0, max: 15, noNaN: true })),
  accesses: fc
    .double({ min: 0, max: 53, noNaN: true })
    .map((power) => Math.min(Number.MAX_SAFE_INTEGER, Math.floor(2 ** power))),
  draws: fc.integer({ min: 1, max: 3000 }),
  reach: fc.constantFrom(1, 2, 7, 64, 512),
})

/** Masses of the spans that pages of a mapping lie in, added up page by page. */
function massesOf(
  { first, exponent, pages }: { first: number; exponent: number; pages: number },
  reach: number,
): readonly number[] {
  const masses = new Map<number, number>()
  weightsOf(exponent, pages).forEach((weight, page) => {
    const span = Math.floor((first + page) / reach)
    masses.set(span, (masses.get(span) ?? 0) + weight)
  })
  return [...masses.values()]
}

/** 1 − (1 − m)^a. */
function hit(mass: number, accesses: number): number {
  return -Math.expm1(accesses * Math.log1p(-Math.min(1, mass)))
}

function near(value: number, exact: number): void {
  expect(Math.abs(value - exact)).toBeLessThanOrEqual(1e-9 * exact)
}

describe('accesses by rank to long mappings', () => {
  test('expect within 1e-9 what adding up every span comes to', () => {
    fc.assert(
      fc.property(anyLong, ({ draws, reach, accesses, exponent, ...place }) => {
        const touched = zipf(exponent, accesses)
        const access: Access = { ...place, touched, draws, counts: 'all' }
        const exact = massesOf({ ...place, exponent }, reach).map((m) => hit(m, accesses * draws))
        near(spansTouched([access], reach, 'spans').total.expected, total(exact))
      }),
      { numRuns: runs / 4, seed: 2026 },
    )
  })

  test('of two groups expect it too, however unlike they are', () => {
    fc.assert(
      fc.property(anyLong, anyExponent, fc.nat(10_000), (long, exponent, other) => {
        const { draws, reach, accesses, exponent: _, ...place } = long
        const one: Access = {
          ...place,
          touched: zipf(long.exponent, accesses),
          draws,
          counts: 'all',
        }
        const two: Access = { ...one, touched: zipf(exponent, other + 1), draws: 1 }
        const [ofOne, ofTwo] = [long.exponent, exponent].map((each) =>
          massesOf({ ...place, exponent: each }, reach),
        )
        const exact = (ofOne ?? []).map((mass, span) => {
          const p = hit(mass, accesses * draws)
          return p + (1 - p) * hit(nth(ofTwo ?? [], span), other + 1)
        })
        near(spansTouched([one, two], reach, 'spans').total.expected, total(exact))
      }),
      { numRuns: runs / 4, seed: 2027 },
    )
  })

  test('touch more with each access, and as much as the same accesses of several processes', () => {
    fc.assert(
      fc.property(
        anyLong,
        fc.constantFrom('in-order' as const, 'scattered' as const),
        ({ draws, reach, accesses, exponent, ...place }, order) => {
          const expected = (each: number, processes: number): number => {
            const touched = zipf(exponent, each, order)
            const access: Access = { ...place, touched, draws: processes, counts: 'all' }
            return spansTouched([access], reach, 'spans').total.expected
          }
          const few = Math.min(accesses, 2 ** 40)
          near(expected(few, draws), expected(few * draws, 1))
          expect(expected(2 * few, draws)).toBeGreaterThanOrEqual(expected(few, draws) * (1 - 1e-9))
        },
      ),
      { numRuns: runs / 4 },
    )
  })

  test('touch fewest where the ranks lie in order', () => {
    fc.assert(
      fc.property(anyLong, ({ draws, reach, accesses, exponent, pages }) => {
        const [inOrder = 0, scattered = 0] = (['in-order', 'scattered'] as const).map((order) => {
          const touched = zipf(exponent, accesses, order)
          const access: Access = { first: 0, pages, touched, draws, counts: 'all' }
          return spansTouched([access], reach, 'spans').total.expected
        })
        expect(inOrder).toBeLessThanOrEqual(scattered * (1 + 1e-9))
      }),
      { numRuns: runs / 4 },
    )
  })
})

/** As in the simulation of random draws. */
function lehmer(seed: number): () => number {
  let state = 1 + (seed % 2147483646)
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

const anySimulated = fc.record({
  first: fc.nat(100),
  pages: fc.integer({ min: 2, max: 1000 }),
  exponent: fc.double({ min: 0, max: 2.5, noNaN: true }),
  accesses: fc.integer({ min: 1, max: 300 }),
  reach: fc.integer({ min: 1, max: 64 }),
  seed: fc.nat(2 ** 31),
})

const samples = 100

/** Spans touched in each sample; the ranks of a page are those of `order`, made anew for each. */
function simulated(
  { first, pages, exponent, accesses, reach, seed }: SimulatedCase,
  order: (next: () => number) => readonly number[],
): readonly number[] {
  const next = lehmer(seed)
  const ends: number[] = []
  for (const weight of weightsOf(exponent, pages)) ends.push((ends.at(-1) ?? 0) + weight)
  return Array.from({ length: samples }, () => {
    const pageOf = order(next)
    const spans = new Set<number>()
    for (let access = 0; access < accesses; access++) {
      const drawn = next()
      const rank = ends.findIndex((end) => drawn < end)
      spans.add(Math.floor((first + nth(pageOf, rank < 0 ? pages - 1 : rank)) / reach))
    }
    return spans.size
  })
}

type SimulatedCase = typeof anySimulated extends fc.Arbitrary<infer T> ? T : never

/** Fisher and Yates. */
function shuffled(length: number, next: () => number): readonly number[] {
  const pages = Array.from({ length }, (_, page) => page)
  for (let last = length - 1; last > 0; last--) {
    const other = Math.floor(next() * (last + 1))
    ;[pages[last], pages[other]] = [nth(pages, other), nth(pages, last)]
  }
  return pages
}

/** Five standard errors of the samples; the last term is Bernstein's, for what is rare. */
function allowedOf(found: readonly number[]): number {
  const mean = total(found) / samples
  const variance = total(found.map((one) => (one - mean) ** 2)) / (samples - 1)
  return 5 * Math.sqrt(variance / samples) + 10 / samples
}

describe('accesses by rank, simulated', () => {
  test.each([
    ['in-order', 0],
    ['scattered', 0.2],
  ] as const)(
    '%s come within the error of the samples, and are at most %d too high beyond it',
    (order, above) => {
      fc.assert(
        fc.property(anySimulated, (one) => {
          const { first, pages, exponent, accesses, reach } = one
          const inOrder = Array.from({ length: pages }, (_, page) => page)
          const found = simulated(one, (next) =>
            order === 'scattered' ? shuffled(pages, next) : inOrder,
          )
          const touched = zipf(exponent, accesses, order)
          const access: Access = { first, pages, touched, draws: 1, counts: 'all' }
          const { least, expected, most } = spansTouched([access], reach, 'spans').total
          expect(Math.min(...found)).toBeGreaterThanOrEqual(least)
          expect(Math.max(...found)).toBeLessThanOrEqual(most)
          const difference = expected - total(found) / samples
          expect(difference).toBeGreaterThanOrEqual(-allowedOf(found))
          expect(difference).toBeLessThanOrEqual(above + allowedOf(found))
        }),
        { numRuns: runs / 10, seed: 2028 },
      )
    },
  )
})
