import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AddressSpace, PlacedMapping } from '../../src/accounting/arrangement.ts'
import { inProcess } from '../../src/accounting/arrangement.ts'
import { billOf } from '../../src/accounting/bill.ts'
import { leafEntries } from '../../src/accounting/leaf-entries.ts'
import type { Paging } from '../../src/accounting/paging.ts'
import type { Layout, LevelName } from '../../src/geometry/layout.ts'
import { nth } from '../build.ts'
import { bootMachine, byLevel } from './page-walk.ts'
import type { Touched } from './toy.ts'
import { anyFixedSet, anyLayout, runs } from './toy.ts'

interface Case {
  readonly first: number
  readonly length: number
  readonly touched: Touched
  readonly paging: Paging
}

const pagings: readonly Paging[] = [
  { kind: 'base' },
  { kind: 'huge', leaf: 'pmd' },
  { kind: 'huge', leaf: 'pud' },
  { kind: 'partly-huge', leaf: 'pmd' },
]

const anyPaging = fc.constantFrom(...pagings)

/** Mappings that may overlap as well as neighbour each other: the model need not know. */
function anyCase(layout: Layout): fc.Arbitrary<Case> {
  return fc
    .tuple(fc.nat(layout.userPages - 2), fc.integer({ min: 1, max: 40 }), anyPaging)
    .chain(([first, wanted, paging]) => {
      const length = Math.min(wanted, layout.userPages - first)
      return anyFixedSet(length).map((touched) => ({ first, length, touched, paging }))
    })
}

const anyProcess = anyLayout.chain((layout) =>
  fc.record({ layout: fc.constant(layout), cases: fc.array(anyCase(layout), { maxLength: 4 }) }),
)

/** The level whose entry maps a page: a huge page only where it fits in the mapping. */
function leafOf(layout: Layout, { paging, first, length }: Case, page: number): LevelName {
  if (paging.kind === 'huge') return paging.leaf
  if (paging.kind !== 'partly-huge') return 'pte'
  const size = nth(layout.hugePages, 0).pages
  const start = page - (page % size)
  return start >= first && start + size <= first + length ? paging.leaf : 'pte'
}

function spaceOf(cases: readonly Case[]): AddressSpace {
  const mappings = cases.map(
    ({ first, length, touched, paging }, region): PlacedMapping => ({
      region,
      first,
      pages: length,
      offset: 0,
      touched: touched.set,
      paging,
      access: 'rw',
      faultAround: false,
      copied: false,
      objects: 1,
    }),
  )
  return { processes: 1, draws: 1, mappings }
}

describe('the leaf entries of a mapping', () => {
  test('are one for each base page touched, or each huge page, as a walk over the pages finds', () => {
    const anyOne = anyLayout.chain((layout) =>
      fc.record({ layout: fc.constant(layout), mapping: anyCase(layout) }),
    )
    fc.assert(
      fc.property(anyOne, ({ layout, mapping }) => {
        const leaves = new Set(
          mapping.touched.pages.map((page) => {
            const at = mapping.first + page
            const leaf = leafOf(layout, mapping, at)
            const size = layout.hugePages.find((huge) => huge.leaf === leaf)?.pages ?? 1
            return `${leaf} ${at - (at % size)}`
          }),
        )
        const toucher = inProcess(nth(spaceOf([mapping]).mappings, 0), 1)
        expect(leafEntries(layout, mapping.paging, [toucher], 'leaf entries')).toBe(leaves.size)
      }),
      { numRuns: runs },
    )
  })
})

describe('the tables of a process', () => {
  test('are those that a page walk makes, at every level, wherever its mappings lie', () => {
    fc.assert(
      fc.property(anyProcess, ({ layout, cases }) => {
        const machine = bootMachine(layout)
        // With 5 levels the program itself owns the lowest p4d.
        if (layout.levels.some(({ name }) => name === 'p4d')) machine.touch(0, 'p4d')
        const walked = cases.map((mapping) => {
          const billed = layout.levels.map(() => 0)
          for (const page of mapping.touched.pages) {
            const at = mapping.first + page
            const made = byLevel(layout, machine.touch(at, leafOf(layout, mapping, at)))
            made.forEach((tables, level) => {
              billed[level] = nth(billed, level) + tables
            })
          }
          return billed
        })
        const [levels] = billOf(layout, { spaces: [spaceOf(cases)], shared: [] }).spaces
        expect(levels?.map(({ total }) => total.expected)).toEqual(byLevel(layout, machine.made()))
        cases.forEach((_, m) => {
          expect(levels?.map(({ shares }) => shares[m])).toEqual(walked[m])
        })
      }),
      { numRuns: runs },
    )
  })
})
