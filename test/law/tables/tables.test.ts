import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Layout, LevelName } from '../../../src/geometry/layout.ts'
import type { RegionResult } from '../../../src/plan/result/table-result.ts'
import { billed, nth, strategy } from '../../build.ts'
import type { Machine } from '../page-walk.ts'
import { bootMachine, byLevel } from '../page-walk.ts'
import type { Touched } from '../toy.ts'
import { anyFixedSet, anyLayout, runs, toyPageBytes } from '../toy.ts'

/** One mapping of a region of its own, in pages. */
interface Case {
  readonly first: number
  readonly offset: number
  readonly length: number
  readonly touched: Touched
  readonly pages: 'base' | 'pmd' | 'pud' | 'transparent' | 'anonymous transparent'
}

const anyPages = fc.constantFrom<Case['pages']>(
  'base',
  'pmd',
  'pud',
  'transparent',
  'anonymous transparent',
)

/** Mappings that may overlap as well as neighbour each other: the model need not know. */
function anyCase(layout: Layout): fc.Arbitrary<Case> {
  return fc
    .tuple(fc.nat(layout.userPages - 2), fc.integer({ min: 1, max: 40 }), fc.nat(20), anyPages)
    .chain(([first, wanted, offset, pages]) => {
      const length = Math.min(wanted, layout.userPages - first)
      return anyFixedSet(length).map((touched) => ({ first, offset, length, touched, pages }))
    })
}

const anyProcess = anyLayout.chain((layout) =>
  fc.record({
    layout: fc.constant(layout),
    cases: fc.array(anyCase(layout), { maxLength: 4 }),
    processes: fc.integer({ min: 1, max: 5 }),
  }),
)

/**
 * The level whose entry maps a page. Transparent huge pages are entered whole where address and
 * offset agree and the huge page lies in the mapping; anonymous ones keep their pte table.
 */
function leafOf(layout: Layout, one: Case, page: number): LevelName {
  if (one.pages === 'pmd' || one.pages === 'pud') return one.pages
  if (one.pages !== 'transparent') return 'pte'
  const { first, offset, length } = one
  const size = nth(layout.hugePages, 0).pages
  if (Math.abs(first - offset) % size !== 0) return 'pte'
  const start = page - (page % size)
  return start >= first && start + size <= first + length ? 'pmd' : 'pte'
}

function ownsItsPages({ pages }: Case): boolean {
  return pages === 'pmd' || pages === 'anonymous transparent'
}

function planOf(layout: Layout, cases: readonly Case[], processes: number) {
  const regions = cases.map((one, index) => {
    const huge = layout.hugePages.find(({ leaf }) => leaf === one.pages)
    const region = {
      size: (one.offset + one.length) * toyPageBytes,
      thp: one.pages.endsWith('transparent'),
      // Private hugetlb: what is shared, and so exists once, has a law of its own.
      backing: ownsItsPages(one) ? ('anonymous' as const) : ('memfd' as const),
      ...(huge === undefined ? {} : { pageBytes: huge.bytes }),
    }
    return [`region ${index}`, region] as const
  })
  const maps = cases.map(({ first, offset, touched }, index) => ({
    region: `region ${index}`,
    at: first * toyPageBytes,
    offset: offset * toyPageBytes,
    touched: touched.set,
  }))
  const result = billed({
    host: { layout },
    regions: Object.fromEntries(regions),
    groups: { all: { processes, maps } },
    strategies: ['as-described'],
  })
  return strategy(result, 'as-described')
}

function tablesOf(layout: Layout, { levels }: Pick<RegionResult, 'levels'>): number[] {
  return layout.levels.map(({ name }) => levels[name]?.tables ?? 0)
}

/** A process of a program that lives in the lowest span: with 5 levels it owns that p4d. */
function bootProcess(layout: Layout): Machine {
  const machine = bootMachine(layout)
  if (layout.levels.some(({ name }) => name === 'p4d')) machine.touch(0, 'p4d')
  return machine
}

/** Tables that touching one mapping's pages makes. */
function walk(layout: Layout, machine: Machine, one: Case): number[] {
  const before = byLevel(layout, machine.made())
  for (const page of one.touched.pages) {
    const at = one.first + page
    machine.touch(at, leafOf(layout, one, at))
  }
  return byLevel(layout, machine.made()).map((tables, level) => tables - nth(before, level))
}

describe('the tables of processes', () => {
  test('are those that a page walk makes, at every level, wherever the mappings lie', () => {
    fc.assert(
      fc.property(anyProcess, ({ layout, cases, processes }) => {
        const machine = bootProcess(layout)
        const walked = cases.map((one) => walk(layout, machine, one))
        const result = planOf(layout, cases, processes)
        const made = byLevel(layout, machine.made())
        const { perProcess } = nth(result.groups, 0)
        expect(layout.levels.map(({ name }) => perProcess.levels[name])).toEqual(made)
        expect(tablesOf(layout, result.pageTables)).toEqual(made.map((each) => each * processes))
        expect(result.regions.map((region) => tablesOf(layout, region))).toEqual(
          walked.map((tables) => tables.map((each) => each * processes)),
        )
      }),
      { numRuns: runs },
    )
  })

  test('hold one leaf entry for each base page touched, or each huge page', () => {
    fc.assert(
      fc.property(anyProcess, ({ layout, cases, processes }) => {
        const leaves = cases.map((one) => {
          const entries = one.touched.pages.map((page) => {
            const at = one.first + page
            const leaf = leafOf(layout, one, at)
            const size = layout.hugePages.find((huge) => huge.leaf === leaf)?.pages ?? 1
            return `${leaf} ${at - (at % size)}`
          })
          return new Set(entries).size * processes * 8
        })
        const { regions } = planOf(layout, cases, processes)
        expect(regions.map(({ leafEntryBytes }) => leafEntryBytes)).toEqual(leaves)
      }),
      { numRuns: runs },
    )
  })
})
