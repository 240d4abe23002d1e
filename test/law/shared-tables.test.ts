import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type {
  AddressSpace,
  Arrangement,
  Member,
  PlacedMapping,
} from '../../src/accounting/arrangement.ts'
import { billOf } from '../../src/accounting/bill.ts'
import { workOf } from '../../src/accounting/faults.ts'
import type { Paging } from '../../src/accounting/paging.ts'
import type { Layout, LevelName } from '../../src/geometry/layout.ts'
import { levelOf } from '../../src/geometry/layout.ts'
import type { TouchSet } from '../../src/space/touch-set.ts'
import { nth } from '../build.ts'
import { bootMachine, byLevel } from './page-walk.ts'
import { anyDraw, anyFixedSet, anyLayout, anyRanges, choices, runs, toyPageBytes } from './toy.ts'

/** One group's use of the region: which of its pages each process touches, in every way it may. */
interface Use {
  readonly offset: number
  readonly length: number
  readonly set: TouchSet
  readonly outcomes: readonly (readonly number[])[]
  readonly processes: number
  readonly access: 'rw' | 'ro'
}

interface Case {
  readonly layout: Layout
  readonly paging: Paging
  readonly pages: number
  readonly uses: readonly Use[]
}

const pagings: readonly Paging[] = [
  { kind: 'base' },
  { kind: 'huge', leaf: 'pmd' },
  { kind: 'partly-huge', leaf: 'pmd' },
]

type AnySet = (
  length: number,
) => fc.Arbitrary<{ readonly set: TouchSet; readonly outcomes: readonly (readonly number[])[] }>

const fixed: AnySet = (length) =>
  anyFixedSet(length).map(({ set, pages }) => ({ set, outcomes: [pages] }))
const ranges: AnySet = (length) =>
  anyRanges(length).map(({ set, pages }) => ({ set, outcomes: [pages] }))

function anyUse(pages: number, sets: AnySet, mostProcesses: number): fc.Arbitrary<Use> {
  return fc
    .tuple(fc.nat(pages - 1), fc.integer({ min: 1, max: pages }))
    .chain(([offset, wanted]) => {
      const length = Math.min(wanted, pages - offset)
      return fc
        .record({
          touched: sets(length),
          processes: fc.integer({ min: 1, max: mostProcesses }),
          access: fc.constantFrom('rw' as const, 'ro' as const),
        })
        .map(({ touched, processes, access }) => ({
          offset,
          length,
          ...touched,
          processes,
          access,
        }))
    })
}

function anyCase(mostPages: number, sets: AnySet, mostProcesses: number): fc.Arbitrary<Case> {
  return fc
    .tuple(anyLayout, fc.constantFrom(...pagings), fc.integer({ min: 1, max: mostPages }))
    .chain(([layout, paging, pages]) =>
      fc.record({
        layout: fc.constant(layout),
        paging: fc.constant(paging),
        pages: fc.constant(pages),
        uses: fc.array(anyUse(pages, sets, mostProcesses), { minLength: 1, maxLength: 3 }),
      }),
    )
}

/** One pud table's span: where mshare's first object starts in the host address space. */
function startOf(layout: Layout): number {
  return levelOf(layout, 'pud')?.reach ?? 1
}

/** Windows of two spans each, one after another, in every process at the same address. */
function arrangementOf({ layout, paging, pages, uses }: Case): Arrangement {
  const unit = startOf(layout)
  const mappings = uses.map(
    ({ offset, length, set, access }): PlacedMapping => ({
      region: 0,
      first: 2 * unit + offset,
      pages: length,
      offset,
      touched: set,
      paging: { kind: 'window', linked: 'pud' },
      access,
      faultAround: false,
      copied: false,
      objects: 1,
    }),
  )
  const spaces = uses.map(
    ({ processes }, u): AddressSpace => ({
      processes,
      draws: 1,
      mappings: [nth(mappings, u)],
    }),
  )
  const members = mappings.map((mapping, space): Member => ({ mapping, space }))
  return {
    spaces,
    shared: [
      {
        region: 0,
        kind: 'mshare',
        paging,
        pages,
        first: unit,
        members,
        faultAround: paging.kind === 'base',
        onceCalls: 1,
        onceVmas: 1,
      },
    ],
  }
}

/** Where a page of the region is entered: in a huge page only where that fits in the region. */
function leafOf({ layout, paging, pages }: Case, page: number): LevelName {
  if (paging.kind === 'base' || paging.kind === 'window') return 'pte'
  if (paging.kind === 'huge') return paging.leaf
  const size = nth(layout.hugePages, 0).pages
  return page - (page % size) + size <= pages ? paging.leaf : 'pte'
}

/** Tables by level after the host address space was walked at those pages of the region. */
function walk(one: Case, pages: Iterable<number>): number[] {
  const machine = bootMachine(one.layout)
  if (levelOf(one.layout, 'p4d') !== undefined) machine.touch(0, 'p4d')
  for (const page of pages) machine.touch(startOf(one.layout) + page, leafOf(one, page))
  return byLevel(one.layout, machine.made())
}

function touchedBy({ offset }: Use, outcome: readonly number[]): number[] {
  return outcome.map((page) => offset + page)
}

/** Everything the region's pages may come to, all processes of all groups together. */
function unionsOf({ uses }: Case): number[][] {
  const perProcess = uses.flatMap((use) =>
    Array.from({ length: use.processes }, () => use.outcomes.map((one) => touchedBy(use, one))),
  )
  fc.pre(perProcess.reduce((ways, list) => ways * list.length, 1) <= 3000)
  return choices(perProcess).map((lists) => lists.flat())
}

/** Pages of the region that processes with that access touch. */
function pagesOf({ uses }: Case, access: 'rw' | 'ro'): number[] {
  return uses
    .filter((use) => use.access === access)
    .flatMap((use) => touchedBy(use, nth(use.outcomes, 0)))
}

describe('tables that exist once', () => {
  test('are those that one walk over the union of all touched pages makes, at every level', () => {
    fc.assert(
      fc.property(anyCase(60, fixed, 3), (one) => {
        const [levels] = billOf(one.layout, arrangementOf(one)).shared
        const [union] = unionsOf(one)
        expect(levels?.map(({ total }) => total.expected)).toEqual(walk(one, union ?? []))
      }),
      { numRuns: runs },
    )
  })

  test('are expected as the mean over everything the processes may draw, within valid bounds', () => {
    fc.assert(
      fc.property(anyCase(6, anyDraw, 2), (one) => {
        const walked = unionsOf(one).map((union) => walk(one, union))
        const [levels] = billOf(one.layout, arrangementOf(one)).shared
        one.layout.levels.forEach((_, level) => {
          const counts = walked.map((tables) => nth(tables, level))
          const mean = counts.reduce((sum, tables) => sum + tables, 0) / counts.length
          const { least, expected, most } = nth(levels ?? [], level).total
          expect(expected).toBeCloseTo(mean, 10)
          expect(most).toBe(Math.max(...counts))
          expect(least).toBeLessThanOrEqual(Math.min(...counts))
        })
      }),
      { numRuns: runs },
    )
  })

  test('leave a linked process nothing to pay but its pgd, and its p4d with 5 levels', () => {
    fc.assert(
      fc.property(anyCase(60, fixed, 3), (one) => {
        const { spaces } = billOf(one.layout, arrangementOf(one))
        for (const levels of spaces) {
          const owned = levels.filter(({ total }) => total.most > 0).map(({ level }) => level.name)
          expect(['p4d', 'pgd']).toEqual(expect.arrayContaining(owned))
        }
      }),
      { numRuns: runs },
    )
  })
})

describe('page faults', () => {
  test('fill each page of the union once: written pages one by one, read ones block by block', () => {
    fc.assert(
      fc.property(anyCase(40, ranges, 3), (one) => {
        fc.pre(one.paging.kind === 'base')
        const written = new Set(pagesOf(one, 'rw'))
        const alsoRead = pagesOf(one, 'ro').filter((page) => !written.has(page))
        const perBlock = 65536 / toyPageBytes
        const blocks = new Set(
          alsoRead.map((page) => Math.floor((startOf(one.layout) + page) / perBlock)),
        )
        const { populate } = workOf(one.layout, arrangementOf(one))
        expect(populate).toBe(written.size + blocks.size)
      }),
      { numRuns: runs },
    )
  })

  test('link one unit of the window each time a process first touches it', () => {
    fc.assert(
      fc.property(anyCase(60, fixed, 3), (one) => {
        const unit = startOf(one.layout)
        const links = one.uses.map((use) => {
          const pages = touchedBy(use, nth(use.outcomes, 0))
          return use.processes * new Set(pages.map((page) => Math.floor(page / unit))).size
        })
        const { link } = workOf(one.layout, arrangementOf(one))
        expect(link).toBe(links.reduce((sum, count) => sum + count, 0))
      }),
      { numRuns: runs },
    )
  })

  test('of a process with tables of its own fill its pages, or its blocks where it reads shmem', () => {
    const anyOwn = fc.record({ one: anyCase(60, fixed, 3), faultAround: fc.boolean() })
    fc.assert(
      fc.property(anyOwn, ({ one, faultAround }) => {
        const { spaces } = arrangementOf(one)
        const own = spaces.map((space) => ({
          ...space,
          mappings: space.mappings.map((map) => ({
            ...map,
            paging: { kind: 'base' } as const,
            faultAround,
          })),
        }))
        const faults = one.uses.map((use, u) => {
          const size = faultAround && use.access === 'ro' ? 65536 / toyPageBytes : 1
          const first = nth(nth(own, u).mappings, 0).first
          const units = nth(use.outcomes, 0).map((page) => Math.floor((first + page) / size))
          return use.processes * new Set(units).size
        })
        const { populate, link } = workOf(one.layout, { spaces: own, shared: [] })
        expect(populate).toBe(faults.reduce((sum, count) => sum + count, 0))
        expect(link).toBe(0)
      }),
      { numRuns: runs },
    )
  })
})
