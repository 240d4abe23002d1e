import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Access } from '../../../src/space/access.ts'
import { spansTouched } from '../../../src/space/spans.ts'
import { spansVariance } from '../../../src/space/variance.ts'
import { random } from '../../build.ts'
import { runs } from '../toy.ts'

/** Marsaglia's xorshift in plain arithmetic would need bit operators: a Lehmer generator does. */
function lehmer(seed: number): () => number {
  let state = 1 + (seed % 2147483646)
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

/** Distinct pages, uniformly: Floyd's sampling, one step for each page drawn. */
function draw(pages: number, drawn: number, next: () => number): Set<number> {
  const chosen = new Set<number>()
  for (let top = pages - drawn; top < pages; top++) {
    const page = Math.floor(next() * (top + 1))
    chosen.add(chosen.has(page) ? top : page)
  }
  return chosen
}

const samples = 60

describe('random touching, simulated', () => {
  test('comes within five standard errors of the expectation, and within the bounds', () => {
    const anyDraw = fc.record({
      first: fc.nat(200),
      pages: fc.integer({ min: 1, max: 3000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      reach: fc.integer({ min: 1, max: 64 }),
      seed: fc.nat(2 ** 31),
    })
    fc.assert(
      fc.property(anyDraw, ({ first, pages, share, reach, seed }) => {
        const drawn = Math.floor(share ** 3 * pages)
        const access: Access = { first, pages, touched: random(drawn), draws: 1, counts: 'all' }
        const { least, expected, most } = spansTouched([access], reach, 'spans').total
        const next = lehmer(seed)
        let sum = 0
        for (let sample = 0; sample < samples; sample++) {
          const spans = new Set(
            [...draw(pages, drawn, next)].map((page) => Math.floor((first + page) / reach)),
          ).size
          expect(spans).toBeGreaterThanOrEqual(least)
          expect(spans).toBeLessThanOrEqual(most)
          sum += spans
        }
        const standardError = Math.sqrt(spansVariance(access, reach) / samples)
        // The last term is Bernstein's: rare events are not normal in sixty samples.
        const allowed = 5 * standardError + 10 / samples
        expect(Math.abs(sum / samples - expected)).toBeLessThanOrEqual(allowed)
      }),
      { numRuns: runs, seed: 2022 },
    )
  })
})
