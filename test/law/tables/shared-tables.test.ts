import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Layout, LevelName } from '../../../src/geometry/layout.ts'
import { levelOf } from '../../../src/geometry/layout.ts'
import type { PlannedStrategy } from '../../../src/plan/result/result.ts'
import type { TouchSet } from '../../../src/space/touch-set.ts'
import type { WorkloadParts } from '../../build.ts'
import { billed, nth, strategy } from '../../build.ts'
import { bootMachine, byLevel } from '../page-walk.ts'
import {
  anyDraw,
  anyFixedSet,
  anyLayout,
  anyRanges,
  choices,
  fourLevels,
  runs,
  toyPageBytes,
} from '../toy.ts'

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
  readonly kind: 'base' | 'pmd' | 'transparent'
  readonly pages: number
  readonly uses: readonly Use[]
}

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
        .map(({ touched, ...use }) => ({ offset, length, ...touched, ...use }))
    })
}

const anyKind = fc.constantFrom<Case['kind']>('base', 'pmd', 'transparent')

function anyCase(
  mostPages: number,
  sets: AnySet,
  mostProcesses: number,
  layouts = anyLayout,
  kinds: fc.Arbitrary<Case['kind']> = anyKind,
): fc.Arbitrary<Case> {
  return fc
    .tuple(layouts, kinds, fc.integer({ min: 1, max: mostPages }))
    .chain(([layout, kind, pages]) =>
      fc.record({
        layout: fc.constant(layout),
        kind: fc.constant(kind),
        pages: fc.constant(pages),
        uses: fc.array(anyUse(pages, sets, mostProcesses), { minLength: 1, maxLength: 3 }),
      }),
    )
}

function asWorkload({ layout, kind, pages, uses }: Case): WorkloadParts {
  const huge = layout.hugePages.find(({ leaf }) => leaf === kind)
  const groups = uses.map((use, u) => {
    const { offset, length, set, processes, access } = use
    const map = {
      region: 'shared',
      offset: offset * toyPageBytes,
      length: length * toyPageBytes,
      touched: set,
      access,
    }
    return [`group ${u}`, { processes, maps: [map] }] as const
  })
  return {
    host: { layout },
    regions: {
      shared: {
        size: pages * toyPageBytes,
        backing: 'memfd',
        thp: kind === 'transparent',
        ...(huge === undefined ? {} : { pageBytes: huge.bytes }),
      },
    },
    groups: Object.fromEntries(groups),
  }
}

function planOf(one: Case, id: string): PlannedStrategy {
  return strategy(billed({ ...asWorkload(one), strategies: [id] }), id)
}

/** One pud table's span: what a window is a multiple of, and where the host maps the object. */
function unitOf(layout: Layout): number {
  return levelOf(layout, 'pud')?.reach ?? 1
}

/** Where a page of the region is entered: in a huge page only where that fits in the region. */
function leafOf({ layout, kind, pages }: Case, page: number): LevelName {
  if (kind === 'base') return 'pte'
  const size = nth(layout.hugePages, 0).pages
  return kind === 'pmd' || page - (page % size) + size <= pages ? 'pmd' : 'pte'
}

/** Tables by level after the host address space was walked at those pages of the region. */
function walk(one: Case, pages: Iterable<number>): number[] {
  const machine = bootMachine(one.layout)
  if (levelOf(one.layout, 'p4d') !== undefined) machine.touch(0, 'p4d')
  for (const page of pages) machine.touch(unitOf(one.layout) + page, leafOf(one, page))
  return byLevel(one.layout, machine.made())
}

function bytesOf({ layout }: Case, tables: readonly number[]): number {
  return tables.reduce((sum, each, level) => sum + each * nth(layout.levels, level).tableBytes, 0)
}

function touchedBy({ offset }: Use, outcome: readonly number[]): number[] {
  return outcome.map((page) => offset + page)
}

/** Pages of the region that processes with that access touch. */
function pagesOf({ uses }: Case, access: 'rw' | 'ro'): number[] {
  return uses
    .filter((use) => use.access === access)
    .flatMap((use) => touchedBy(use, nth(use.outcomes, 0)))
}

/** Everything the region's pages may come to, all processes of all groups together. */
function unionsOf({ uses }: Case): number[][] {
  const perProcess = uses.flatMap((use) =>
    Array.from({ length: use.processes }, () => use.outcomes.map((one) => touchedBy(use, one))),
  )
  fc.pre(perProcess.reduce((ways, list) => ways * list.length, 1) <= 3000)
  return choices(perProcess).map((lists) => lists.flat())
}

function processesOf({ uses }: Case): number {
  return uses.reduce((sum, { processes }) => sum + processes, 0)
}

describe('tables that exist once', () => {
  test('are those that one walk over the union of all touched pages makes', () => {
    fc.assert(
      fc.property(anyCase(60, fixed, 3), (one) => {
        const [union] = unionsOf(one)
        const walked = walk(one, union ?? [])
        const { pageTables, regions } = planOf(one, 'mshare')
        const { levels } = nth(regions, 0)
        expect(pageTables.onceBytes).toBe(bytesOf(one, walked))
        for (const name of ['pte', 'pmd', 'pud'] as const) {
          const level = one.layout.levels.findIndex((known) => known.name === name)
          expect(levels[name]?.tables).toBe(walked[level])
        }
      }),
      { numRuns: runs },
    )
  })

  test('are expected as the mean over everything the processes may draw, within their bounds', () => {
    fc.assert(
      fc.property(anyCase(6, anyDraw, 2, fc.constant(fourLevels)), (one) => {
        const walked = unionsOf(one).map((union) => walk(one, union))
        const { pageTables, regions } = planOf(one, 'mshare')
        const levels = nth(regions, 0).levels
        one.layout.levels.forEach(({ name }, level) => {
          const counts = walked.map((tables) => nth(tables, level))
          const mean = counts.reduce((sum, tables) => sum + tables, 0) / counts.length
          expect(levels[name]?.expectedTables ?? levels[name]?.tables).toBeCloseTo(mean, 10)
        })
        const pgds = processesOf(one) * (levelOf(one.layout, 'pgd')?.tableBytes ?? 0)
        const totals = walked.map((tables) => pgds + bytesOf(one, tables))
        // Fewest leaf tables need not go with fewest tables above: the bounds add level by level.
        expect(pageTables.leastBytes).toBeLessThanOrEqual(Math.min(...totals))
        expect(pageTables.mostBytes).toBeGreaterThanOrEqual(Math.max(...totals))
      }),
      { numRuns: runs },
    )
  })

  test('leave a linked process nothing to pay but its pgd, and a p4d with 5 levels', () => {
    fc.assert(
      fc.property(anyCase(60, fixed, 3), (one) => {
        for (const { perProcess } of planOf(one, 'mshare').groups) {
          const { pte, pmd, pud, pgd } = perProcess.levels
          expect([pte, pmd, pud, pgd]).toEqual([0, 0, 0, 1])
          expect(perProcess.vmPteBytes).toBe(0)
        }
      }),
      { numRuns: runs },
    )
  })
})

describe('page faults', () => {
  const perBlock = 65536 / toyPageBytes

  test('fill each page of the union once: written pages one by one, read ones block by block', () => {
    fc.assert(
      fc.property(anyCase(40, ranges, 3, anyLayout, fc.constant('base')), (one) => {
        const written = new Set(pagesOf(one, 'rw'))
        const alsoRead = pagesOf(one, 'ro').filter((page) => !written.has(page))
        const blocks = new Set(
          alsoRead.map((page) => Math.floor((unitOf(one.layout) + page) / perBlock)),
        )
        expect(planOf(one, 'mshare').faults.populate).toBe(written.size + blocks.size)
      }),
      { numRuns: runs },
    )
  })

  test('link one unit of the window each time a process first touches it', () => {
    fc.assert(
      fc.property(anyCase(60, fixed, 3), (one) => {
        const unit = unitOf(one.layout)
        const links = one.uses.map((use) => {
          const pages = touchedBy(use, nth(use.outcomes, 0))
          return use.processes * new Set(pages.map((page) => Math.floor(page / unit))).size
        })
        expect(planOf(one, 'mshare').faults.link).toBe(links.reduce((sum, n) => sum + n, 0))
      }),
      { numRuns: runs },
    )
  })

  test('of processes with tables of their own fill pages, or blocks where shmem is read', () => {
    fc.assert(
      fc.property(anyCase(60, fixed, 3, anyLayout, fc.constant('base')), (one) => {
        const faults = one.uses.map((use) => {
          const size = use.access === 'ro' ? perBlock : 1
          const start = one.layout.autoBase
          const units = nth(use.outcomes, 0).map((page) => Math.floor((start + page) / size))
          return use.processes * new Set(units).size
        })
        const { populate, link } = planOf(one, 'as-described').faults
        expect(populate).toBe(faults.reduce((sum, count) => sum + count, 0))
        expect(link).toBe(0)
      }),
      { numRuns: runs },
    )
  })

  test('fill each huge page of the union once', () => {
    fc.assert(
      fc.property(anyCase(60, fixed, 3, anyLayout, fc.constant('pmd')), (one) => {
        const size = nth(one.layout.hugePages, 0).pages
        const union = one.uses.flatMap((use) => touchedBy(use, nth(use.outcomes, 0)))
        const huge = new Set(union.map((page) => Math.floor(page / size)))
        expect(planOf(one, 'mshare').faults.populate).toBe(huge.size)
      }),
      { numRuns: runs },
    )
  })
})
