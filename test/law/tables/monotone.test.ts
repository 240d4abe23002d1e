import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { spansTouched } from '../../../src/space/spans.ts'
import type { GroupParts, WorkloadParts } from '../../build.ts'
import { billed, random, strategy, zipf } from '../../build.ts'
import {
  anyFixedSet,
  anyLayout,
  anyRanges,
  asRanges,
  fourLevels,
  runs,
  toyPageBytes,
} from '../toy.ts'

const ids = ['as-described', 'base-pages', 'threads', 'mshare']

const anyUse = fc.integer({ min: 1, max: 40 }).chain((length) =>
  fc.record({
    layout: anyLayout,
    length: fc.constant(length),
    touched: fc.oneof(
      anyFixedSet(length).map(({ set }) => set),
      fc.nat(length).map((drawn) => random(drawn)),
    ),
    processes: fc.nat(5),
    backing: fc.constantFrom('memfd' as const, 'anonymous' as const),
    baseTables: fc.nat(1000),
  }),
)

type Use = typeof anyUse extends fc.Arbitrary<infer T> ? T : never

function workloadOf({
  layout,
  length,
  touched,
  processes,
  backing,
  baseTables,
}: Use): WorkloadParts {
  return {
    host: { layout },
    regions: { r: { size: length * toyPageBytes, backing } },
    groups: { g: { processes, baseTables, maps: [{ region: 'r', touched }] } },
  }
}

function groupOf({ processes, baseTables }: Use): GroupParts {
  return { processes, baseTables }
}

/** Page tables by strategy; absent where it does not apply. */
function tablesOf(use: Use): Map<string, number> {
  const { strategies } = billed(workloadOf(use))
  return new Map(
    strategies.flatMap((one) => (one.applies ? [[one.id, one.pageTables.bytes] as const] : [])),
  )
}

function expectNoLess(more: Use, less: Use): void {
  const after = tablesOf(more)
  for (const [id, bytes] of tablesOf(less)) {
    if (!ids.includes(id)) continue
    expect(after.get(id), id).toBeGreaterThanOrEqual(bytes)
  }
}

describe('page tables never shrink', () => {
  test('when there are more processes', () => {
    fc.assert(
      fc.property(anyUse, fc.nat(5), (use, more) => {
        expectNoLess({ ...use, processes: use.processes + more }, use)
      }),
      { numRuns: runs },
    )
  })

  test('when each process touches more pages', () => {
    const anyPair = fc.integer({ min: 1, max: 30 }).chain((length) =>
      fc.record({
        use: anyUse,
        length: fc.constant(length),
        few: anyRanges(length),
        add: anyRanges(length),
      }),
    )
    fc.assert(
      fc.property(anyPair, ({ use, length, few, add }) => {
        const both = [...new Set([...few.pages, ...add.pages])].sort((a, b) => a - b)
        const less = { ...use, length, touched: few.set }
        expectNoLess({ ...less, touched: asRanges(both).set }, less)
      }),
      { numRuns: runs },
    )
  })

  test('when each process draws more pages', () => {
    fc.assert(
      fc.property(anyUse, fc.nat(40), fc.nat(40), (use, one, other) => {
        const [few, many] = [
          Math.min(one, other, use.length),
          Math.min(Math.max(one, other), use.length),
        ]
        expectNoLess({ ...use, touched: random(many) }, { ...use, touched: random(few) })
      }),
      { numRuns: runs },
    )
  })

  test('when each process accesses pages more often', () => {
    const anyHits = fc.record({
      exponent: fc.double({ min: 0, max: 3, noNaN: true }),
      order: fc.constantFrom('in-order' as const, 'scattered' as const),
      few: fc.integer({ min: 1, max: 100 }),
      more: fc.nat(100),
    })
    fc.assert(
      fc.property(anyUse, anyHits, (use, { exponent, order, few, more }) => {
        const hit = (accesses: number): Use => ({
          ...use,
          touched: zipf(exponent, accesses, order),
        })
        expectNoLess(hit(few + more), hit(few))
      }),
      { numRuns: runs },
    )
  })

  test('when the region, all touched, is larger', () => {
    fc.assert(
      fc.property(anyUse, fc.nat(20), (use, more) => {
        const all = (length: number): Use => {
          const touched = asRanges(Array.from({ length }, (_, page) => page)).set
          return { ...use, length, touched }
        }
        expectNoLess(all(use.length + more), all(use.length))
      }),
      { numRuns: runs },
    )
  })

  test('when as many pages are drawn from a larger mapping', () => {
    const anyDraw = fc.record({
      pages: fc.integer({ min: 1, max: 3000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      more: fc.integer({ min: 1, max: 3000 }),
      reach: fc.integer({ min: 1, max: 600 }),
    })
    fc.assert(
      fc.property(anyDraw, ({ pages, share, more, reach }) => {
        const touched = random(Math.floor(share * pages))
        const spansOf = (length: number): number => {
          const access = { first: 0, pages: length, touched, draws: 1, counts: 'all' } as const
          return spansTouched([access], reach, 'spans').total.expected
        }
        const [small, large] = [spansOf(pages), spansOf(pages + more)]
        expect(large).toBeGreaterThanOrEqual(small * (1 - 1e-12))
      }),
      { numRuns: runs },
    )
  })
})

describe('page tables add up', () => {
  test('over groups, where every process has its own', () => {
    fc.assert(
      fc.property(anyUse, anyUse, (one, other) => {
        const both: WorkloadParts = {
          host: { layout: one.layout },
          regions: {
            r: { size: one.length * toyPageBytes, backing: one.backing },
            s: { size: other.length * toyPageBytes, backing: other.backing },
          },
          groups: {
            ...workloadOf(one).groups,
            h: {
              ...groupOf(other),
              maps: [{ region: 's', touched: other.touched }],
            },
          },
          strategies: ['base-pages'],
        }
        const together = strategy(billed(both), 'base-pages').pageTables.bytes
        const apart = [one, { ...other, layout: one.layout }].map(
          (use) => tablesOf(use).get('base-pages') ?? Number.NaN,
        )
        const sum = apart.reduce((total, bytes) => total + bytes, 0)
        // Each of the three is rounded once, where chance decides.
        expect(Math.abs(together - sum)).toBeLessThanOrEqual(1.5)
      }),
      { numRuns: runs },
    )
  })

  test('over mappings of one process that share no table', () => {
    const anyPair = fc
      .record({ length: fc.integer({ min: 1, max: 60 }) })
      .chain(({ length }) =>
        fc.tuple(anyFixedSet(length), anyFixedSet(length)).map((sets) => ({ length, sets })),
      )
    fc.assert(
      fc.property(anyPair, ({ length, sets }) => {
        const far = fourLevels.autoBase / 2
        const mapsOf = (places: readonly number[]): WorkloadParts => ({
          host: { layout: fourLevels },
          regions: { r: { size: length * toyPageBytes } },
          groups: {
            g: {
              maps: places.map((place) => ({
                region: 'r',
                at: place * far * toyPageBytes,
                touched: sets[place]?.set ?? random(0),
              })),
            },
          },
        })
        const tables = (places: readonly number[]): number =>
          strategy(billed(mapsOf(places)), 'base-pages').pageTables.bytes
        expect(tables([0, 1])).toBe(tables([0]) + tables([1]) - tables([]))
      }),
      { numRuns: runs },
    )
  })
})
