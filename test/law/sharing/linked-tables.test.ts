import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Layout } from '../../../src/geometry/layout.ts'
import { levelOf } from '../../../src/geometry/layout.ts'
import type { PlannedStrategy } from '../../../src/plan/result/result.ts'
import { billed, nth, strategy } from '../../build.ts'
import type { Touched } from '../toy.ts'
import { anyFixedSet, anyLayout, runs, toyPageBytes } from '../toy.ts'

/** One group's mapping of a hugetlb region, in pages; places are whole huge pages. */
interface Use {
  readonly at: number
  readonly offset: number
  readonly length: number
  readonly touched: Touched
  readonly processes: number
  readonly access: 'rw' | 'ro'
}

/** Whole huge pages of either layout; a region may end before the last one does. */
const mostPages = 60

function anyUse(layout: Layout, regionPages: number): fc.Arbitrary<Use> {
  const size = nth(layout.hugePages, 0).pages
  const most = mostPages / size
  const places = Math.floor((layout.userPages - mostPages) / size)
  return fc
    .tuple(fc.nat(places), fc.nat(most - 1), fc.integer({ min: 1, max: most }))
    .chain(([place, skipped, wanted]) => {
      const end = Math.min(regionPages, (skipped + Math.min(wanted, most - skipped)) * size)
      const length = end - skipped * size
      const touched = anyFixedSet(length)
      const processes = fc.integer({ min: 1, max: 4 })
      const access = fc.constantFrom('rw' as const, 'ro' as const)
      return fc
        .record({ touched, processes, access })
        .map((use) => ({ at: place * size, offset: skipped * size, length, ...use }))
    })
}

/** Often at one address, so that there is something to share. */
const anyRegion = fc.tuple(anyLayout, fc.integer({ min: mostPages - 2, max: mostPages }))

const anyCase = anyRegion.chain(([layout, regionPages]) =>
  fc.record({
    layout: fc.constant(layout),
    regionPages: fc.constant(regionPages),
    uses: fc
      .array(anyUse(layout, regionPages), { minLength: 1, maxLength: 3 })
      .chain((uses) =>
        fc
          .boolean()
          .map((together) =>
            together ? uses.map((use) => ({ ...use, at: nth(uses, 0).at })) : uses,
          ),
      ),
  }),
)

type Case = typeof anyCase extends fc.Arbitrary<infer T> ? T : never

function planOf({ layout, regionPages, uses }: Case): PlannedStrategy {
  const groups = uses.map(({ at, offset, length, touched, processes, access }, index) => {
    const map = {
      region: 'pool',
      at: at * toyPageBytes,
      offset: offset * toyPageBytes,
      length: length * toyPageBytes,
      touched: touched.set,
      access,
    }
    return [`group ${index}`, { processes, maps: [map] }] as const
  })
  const pageBytes = nth(layout.hugePages, 0).bytes
  const result = billed({
    host: { layout, hugepages: [{ pageBytes, count: 1000 }] },
    regions: { pool: { size: regionPages * toyPageBytes, backing: 'hugetlbfs', pageBytes } },
    groups: Object.fromEntries(groups),
    strategies: ['as-described'],
  })
  return strategy(result, 'as-described')
}

/** Windows of one pmd table that a process touches: those it covers whole can be shared. */
function windowsOf(layout: Layout, { at, offset, length, touched, access }: Use) {
  const reach = levelOf(layout, 'pmd')?.reach ?? 1
  const size = nth(layout.hugePages, 0).pages
  // The mapping ends with a whole huge page.
  const end = at + Math.ceil(length / size) * size
  const windows = new Map<number, string | undefined>()
  for (const page of touched.pages) {
    const start = Math.floor((at + page) / reach) * reach
    const whole = start >= at && start + reach <= end
    windows.set(start, whole ? `${start - at + offset} ${access}` : undefined)
  }
  return windows
}

function distinct(pages: readonly number[], at: number, reach: number): number {
  return new Set(pages.map((page) => Math.floor((at + page) / reach))).size
}

describe('pmd tables of shared hugetlb pages', () => {
  test('exist once for each part of the file that is mapped whole, alike and in phase', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const { layout, uses } = one
        const parts = uses.flatMap((use) => [...windowsOf(layout, use).values()])
        const shared = new Set(parts.filter((part) => part !== undefined))
        const own = uses.flatMap((use) =>
          [...windowsOf(layout, use).values()].map((part) =>
            part === undefined ? use.processes : 0,
          ),
        )
        expect(planOf(one).pageTables.levels.pmd?.tables).toBe(
          own.reduce((sum, tables) => sum + tables, shared.size),
        )
      }),
      { numRuns: runs },
    )
  })

  test('are in the VmPTE of every process that links to them', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const { layout, uses } = one
        const { groups } = planOf(one)
        uses.forEach((use, index) => {
          const [pmd, pud] = (['pmd', 'pud'] as const).map((name) => {
            const level = levelOf(layout, name)
            return distinct(use.touched.pages, use.at, level?.reach ?? 1) * (level?.tableBytes ?? 0)
          })
          expect(nth(groups, index).perProcess.vmPteBytes).toBe((pmd ?? 0) + (pud ?? 0))
        })
      }),
      { numRuns: runs },
    )
  })
})
