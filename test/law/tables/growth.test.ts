import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Layout, Level } from '../../../src/geometry/layout.ts'
import { pages } from '../../../src/units/quantity.ts'
import { nth } from '../../build.ts'
import { byLevel } from '../page-walk.ts'
import type { Touched } from '../toy.ts'
import { anyFixedSet, fiveLevels, runs } from '../toy.ts'
import { basePagesOf } from './base-pages-of.ts'

/*
 * A machine that starts with three levels and grows, as s390x does: crst_table_upgrade() in
 * arch/s390/mm/pgalloc.c. Spans of 4, 12, 24 and 72 pages; the top table is a pud table to begin
 * with, spanning 24 pages, then a p4d table of 72.
 */
const reachOf = (name: string): number =>
  fiveLevels.levels.find((level) => level.name === name)?.reach ?? 0

const growing: Layout = {
  ...fiveLevels,
  id: 'toy-growing',
  autoBase: pages(0),
  grows: [
    { level: 'pud', above: pages(reachOf('pud')) },
    { level: 'p4d', above: pages(reachOf('p4d')) },
  ],
}

interface Case {
  readonly first: number
  readonly length: number
  readonly touched: Touched
}

/** Many in the lowest span, so that not every process grows. */
const anyCase: fc.Arbitrary<Case> = fc
  .tuple(
    fc.oneof(fc.nat(20), fc.nat(70), fc.nat(growing.userPages - 2)),
    fc.integer({ min: 1, max: 30 }),
  )
  .chain(([first, wanted]) => {
    const length = Math.min(wanted, growing.userPages - first)
    return anyFixedSet(length).map((touched) => ({ first, length, touched }))
  })

/** Tables of a process by their place: the top one is pushed down as the process grows. */
class Walk {
  readonly tables: Map<string, Set<number>> = new Map()
  private top = 'pud'
  private readonly below: readonly Level[] = growing.levels.slice(0, -1)

  /** mmap: check_asce_limit() upgrades before anything is touched. */
  map({ first, length }: Case): void {
    for (const [from, to] of [
      ['pud', 'p4d'],
      ['p4d', 'pgd'],
    ] as const) {
      if (this.top !== from || first + length <= reachOf(from)) continue
      this.tables.set(from, new Set([0]))
      this.top = to
    }
  }

  touch(page: number): void {
    for (const { name, reach } of this.below) {
      if (name === this.top) return
      const known = this.tables.get(name) ?? new Set()
      this.tables.set(name, known.add(Math.floor(page / reach)))
    }
  }

  made(): number[] {
    const made = Object.fromEntries([...this.tables].map(([name, set]) => [name, set.size]))
    return byLevel(growing, { ...made, pgd: 1 })
  }
}

describe('a process that grows levels', () => {
  test('has the tables of a walk that pushes its top table down', () => {
    fc.assert(
      fc.property(
        fc.array(anyCase, { maxLength: 4 }),
        fc.integer({ min: 1, max: 4 }),
        (cases, processes) => {
          const walk = new Walk()
          for (const one of cases) walk.map(one)
          for (const { first, touched } of cases) {
            for (const page of touched.pages) walk.touch(first + page)
          }
          const { groups, pageTables } = basePagesOf(growing, cases, processes)
          const { perProcess } = nth(groups, 0)
          expect(growing.levels.map(({ name }) => perProcess.levels[name])).toEqual(walk.made())
          expect(growing.levels.map(({ name }) => pageTables.levels[name]?.tables)).toEqual(
            walk.made().map((tables) => tables * processes),
          )
        },
      ),
      { numRuns: runs },
    )
  })

  test('bills everything but its pgd to the mappings', () => {
    fc.assert(
      fc.property(fc.array(anyCase, { minLength: 1, maxLength: 4 }), (cases) => {
        const { regions, pageTables } = basePagesOf(growing, cases, 1)
        const billed = regions.reduce((sum, { bytes }) => sum + bytes, 0)
        // Unless the process has all levels, no p4d is its own.
        expect(billed + (pageTables.levels.pgd?.bytes ?? 0)).toBe(pageTables.bytes)
      }),
      { numRuns: runs },
    )
  })

  test('sees processes that grow and processes that do not', () => {
    const grown = fc
      .sample(anyCase, { numRuns: 200, seed: 1 })
      .filter(({ first, length }) => first + length > reachOf('pud')).length
    expect(grown).toBeGreaterThan(50)
    expect(grown).toBeLessThan(150)
  })
})
