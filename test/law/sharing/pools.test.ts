import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Layout } from '../../../src/geometry/layout.ts'
import { levelOf } from '../../../src/geometry/layout.ts'
import type { PlannedStrategy } from '../../../src/plan/result/result.ts'
import type { Fallback } from '../../../src/workload/region.ts'
import type { RegionParts, WorkloadParts } from '../../build.ts'
import { billed, nth, random, strategy } from '../../build.ts'
import { bootMachine, byLevel } from '../page-walk.ts'
import { anyLayout, runs, subsets } from '../toy.ts'

/** A hugetlb region, wholly touched by every process of its group; in huge pages. */
interface Use {
  readonly huge: number
  /** The region is made of this number of equal objects, each of whole huge pages. */
  readonly objects: number
  readonly at: number
  readonly processes: number
  readonly fallback: Fallback
  readonly backing: 'memfd' | 'anonymous'
  /** Which of the layout's two huge page sizes. */
  readonly size: 0 | 1
}

interface Case {
  readonly layout: Layout
  readonly uses: readonly Use[]
  /** Pages configured, by size. */
  readonly pools: readonly [number, number]
}

/** Room for the largest region, in base pages: spans of the largest huge page fit often. */
const room = 64

const anyCase: fc.Arbitrary<Case> = anyLayout.chain((layout) => {
  const use = fc.constantFrom(0 as const, 1 as const).chain((size) => {
    const { pages } = nth(layout.hugePages, size)
    const most = Math.max(1, Math.floor(room / 2 / pages))
    const whole = fc.constantFrom(1, 1, 2, 3).chain((wanted) => {
      const objects = Math.min(wanted, most)
      const each = fc.integer({ min: 1, max: Math.floor(most / objects) })
      return each.map((size) => ({ objects, huge: objects * size }))
    })
    const others = fc.record({
      at: fc.nat(Math.floor((layout.userPages - room) / pages)),
      processes: fc.nat(3),
      fallback: fc.constantFrom<Fallback>('base-pages', 'base-pages', 'mixed', 'fail'),
      backing: fc.constantFrom('memfd' as const, 'memfd' as const, 'anonymous' as const),
      size: fc.constant(size),
    })
    return fc.tuple(whole, others).map(([one, other]) => ({ ...one, ...other }))
  })
  return fc.record({
    layout: fc.constant(layout),
    uses: fc.array(use, { minLength: 1, maxLength: 4 }),
    pools: fc.tuple(fc.nat(24), fc.nat(4)),
  })
})

function partsOf({ layout, uses, pools }: Case, strategies?: readonly string[]): WorkloadParts {
  const pagesOf = ({ size }: Use) => nth(layout.hugePages, size)
  const regions = uses.map((use, index): [string, RegionParts] => {
    const { bytes } = pagesOf(use)
    const { backing, fallback, objects } = use
    const size = use.huge * bytes
    return [`region ${index}`, { size, pageBytes: bytes, backing, fallback, objects, locked: true }]
  })
  const groups = uses.map((use, index) => {
    const at = use.at * pagesOf(use).bytes
    const map = { region: `region ${index}`, at }
    return [`group ${index}`, { processes: use.processes, maps: [map] }] as const
  })
  return {
    host: {
      layout,
      memory: 2 ** 30,
      hugepages: pools.map((count, index) => ({
        pageBytes: nth(layout.hugePages, index).bytes,
        count,
      })),
    },
    regions: Object.fromEntries(regions),
    groups: Object.fromEntries(groups),
    ...(strategies === undefined ? {} : { strategies }),
  }
}

/** By process, and by huge page of the region: whether the pool backs it. */
type Held = readonly (readonly boolean[])[]

/**
 * What a pool gives. Regions ask in file order, each private copy for itself and a shared object
 * once. Who may not fall back gives back what is not all; `base-pages` asks object after object,
 * all of its pages or none; `mixed` asks page after page.
 */
function serve({ uses, pools }: Case): { readonly held: Held[]; readonly left: number[] } {
  const left = [...pools]
  const held = uses.map(({ huge, objects, processes, fallback, backing, size }): Held => {
    const before = nth(left, size)
    const copies = backing === 'anonymous' ? processes : Math.min(1, processes)
    const take = (pages: number): boolean[] => {
      const fits = nth(left, size) >= pages
      if (fits) left[size] = nth(left, size) - pages
      return Array.from({ length: pages }, () => fits)
    }
    const unit = fallback === 'mixed' ? 1 : huge / objects
    const taken = Array.from({ length: copies }, () =>
      Array.from({ length: huge / unit }, () => take(unit)).flat(),
    )
    const isRefused = fallback === 'fail' && taken.flat().includes(false)
    if (isRefused) left[size] = before
    // Planned as if the pool were large enough, with the obstacle that it is not.
    const all = Array.from({ length: huge }, () => true)
    return Array.from({ length: processes }, (_, process) =>
      isRefused ? all : nth(taken, backing === 'anonymous' ? process : 0),
    )
  })
  return { held, left }
}

/** Tables of one process that touches those pages, entered at the leaf as far as the pool goes. */
function walkPages(layout: Layout, at: number, backed: number, touched: readonly number[]) {
  const { pages, leaf } = nth(layout.hugePages, 0)
  const machine = bootMachine(layout)
  if (levelOf(layout, 'p4d') !== undefined) machine.touch(0, 'p4d')
  for (const page of touched) {
    machine.touch(at * pages + page, page < backed * pages ? leaf : 'pte')
  }
  return byLevel(layout, machine.made())
}

/** Tables of one process, by a walk; and the windows of pmd tables that can be linked. */
function walk(layout: Layout, { huge, at, size }: Use, held: readonly boolean[]) {
  const { pages, leaf } = nth(layout.hugePages, size)
  const machine = bootMachine(layout)
  if (levelOf(layout, 'p4d') !== undefined) machine.touch(0, 'p4d')
  const isHeld = (page: number): boolean => held[Math.floor(page / pages) - at] ?? false
  for (let page = at * pages; page < (at + huge) * pages; page += 1) {
    machine.touch(page, isHeld(page) ? leaf : 'pte')
  }
  const reach = levelOf(layout, 'pmd')?.reach ?? 1
  let windows = 0
  for (let window = 0; window < layout.userPages; window += reach) {
    let full = true
    for (let page = window; full && page < window + reach; page += pages) full = isHeld(page)
    if (full) windows += 1
  }
  return { made: byLevel(layout, machine.made()), windows: leaf === 'pmd' ? windows : 0 }
}

function made(layout: Layout, { pageTables }: PlannedStrategy): number[] {
  return layout.levels.map(({ name }) => pageTables.levels[name]?.tables ?? 0)
}

function total(lists: readonly (readonly number[])[]): number[] {
  return nth(lists, 0).map((_, at) => lists.reduce((sum, list) => sum + nth(list, at), 0))
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}

describe('regions that compete for a pool', () => {
  test('have the tables of a walk over the huge pages that each process got, and base pages', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const { layout, uses } = one
        const { held } = serve(one)
        const pmd = layout.levels.findIndex(({ name }) => name === 'pmd')
        const walked = uses.flatMap((use, index) =>
          nth(held, index).map((own, process) => {
            const { made: each, windows } = walk(layout, use, own)
            const spared = use.backing === 'memfd' && process > 0 ? windows : 0
            return each.map((tables, at) => tables - (at === pmd ? spared : 0))
          }),
        )
        const plan = strategy(billed(partsOf(one, ['as-described'])), 'as-described')
        const nothing = layout.levels.map(() => 0)
        expect(made(layout, plan)).toEqual(total([nothing, ...walked]))
      }),
      { numRuns: runs },
    )
  })

  test('are billed to their processes, one by one, and nothing is left over', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const { pageTables, groups } = strategy(
          billed(partsOf(one, ['as-described'])),
          'as-described',
        )
        const own = groups.map(({ processes, perProcess }) => processes * perProcess.bytes)
        expect(pageTables.onceBytes + sum(own)).toBe(pageTables.bytes)
        one.uses.forEach(({ processes }, index) => {
          const parts = groups.filter(({ name }) => name === `group ${index}`)
          expect(sum(parts.map((part) => part.processes))).toBe(processes)
        })
      }),
      { numRuns: runs },
    )
  })

  test('have no more tables mixed than with whole objects, and leave no more of the pool', () => {
    fc.assert(
      fc.property(anyCase, ({ uses: [first, ...others], ...one }) => {
        const planOf = (fallback: Fallback) => {
          // The others take what the first leaves: to compare, they take none.
          const away = others.map((use) => ({ ...use, processes: 0 }))
          const uses = first === undefined ? [] : [{ ...first, fallback }, ...away]
          return strategy(billed(partsOf({ ...one, uses }, ['as-described'])), 'as-described')
        }
        const stranded = ({ memory }: PlannedStrategy) =>
          sum(memory.pools.map((pool) => pool.strandedPages * pool.pageBytes))
        const [mixed, whole] = [planOf('mixed'), planOf('base-pages')]
        expect(mixed.pageTables.bytes).toBeLessThanOrEqual(whole.pageTables.bytes)
        expect(stranded(mixed)).toBeLessThanOrEqual(stranded(whole))
      }),
      { numRuns: runs },
    )
  })

  test('leave stranded what is configured and not used', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const { memory } = strategy(billed(partsOf(one, ['as-described'])), 'as-described')
        const stranded = memory.pools
          .filter(({ strandedPages }) => strandedPages > 0)
          .map(({ pageBytes, strandedPages }) => [pageBytes, strandedPages])
        const left = serve(one).left.map((pages, size) => [
          nth(one.layout.hugePages, size).bytes,
          pages,
        ])
        expect(stranded).toEqual(left.filter(([, pages]) => pages !== 0))
      }),
      { numRuns: runs },
    )
  })

  test('have in memory outside the pool what they hold on base pages, and the budget adds up', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const { layout, uses, pools } = one
        const { held } = serve(one)
        const plan = strategy(billed(partsOf(one, ['as-described'])), 'as-described')
        const { lines, capacityBytes, demandBytes, headroomBytes } = plan.memory
        const beside = uses.map(({ backing, size }, index) => {
          const own = nth(held, index)
          const copies = backing === 'anonymous' ? own : own.slice(0, 1)
          const missed = copies.flat().filter((isHeld) => !isHeld).length
          return missed * nth(layout.hugePages, size).bytes
        })
        expect(demandBytes).toBe(sum(beside) + plan.pageTables.bytes)
        const configured = pools.map((count, size) => count * nth(layout.hugePages, size).bytes)
        const watermark = lines.find(({ name }) => name === 'min watermark')?.bytes ?? 0
        const set = lines.filter(({ name }) => name.startsWith('huge-page pool'))
        // Beside what is configured, what a region is missing that may not fall back.
        const own = set.filter(({ name }) => !name.endsWith('missing'))
        expect(sum(own.map(({ bytes }) => bytes))).toBeCloseTo(-sum(configured), 6)
        expect(capacityBytes).toBe(2 ** 30 + watermark + sum(set.map(({ bytes }) => bytes)))
        expect(headroomBytes).toBe(capacityBytes - demandBytes)
      }),
      { numRuns: runs },
    )
  })
})

describe('a mapping that a pool backs in part, touched at random', () => {
  /** Three huge pages of four at most: all draws can be walked. */
  const anyDrawn = fc.tuple(anyLayout, fc.integer({ min: 2, max: 3 })).chain(([layout, huge]) => {
    const { pages } = nth(layout.hugePages, 0)
    return fc.record({
      layout: fc.constant(layout),
      huge: fc.constant(huge),
      at: fc.nat(Math.floor((layout.userPages - room) / pages)),
      backed: fc.nat(huge),
      drawn: fc.nat(4),
    })
  })

  test('has the expected tables of all draws, walked one by one', () => {
    fc.assert(
      fc.property(anyDrawn, ({ layout, huge, at, backed, drawn }) => {
        const { bytes, pages } = nth(layout.hugePages, 0)
        const map = { region: 'data', at: at * bytes, touched: random(drawn) }
        const result = billed({
          host: { layout, hugepages: [{ pageBytes: bytes, count: backed }] },
          regions: {
            data: {
              size: huge * bytes,
              pageBytes: bytes,
              backing: 'memfd',
              fallback: 'mixed',
            },
          },
          groups: { one: { maps: [map] } },
          strategies: ['as-described'],
        })
        const outcomes = subsets(huge * pages, drawn)
        const walked = outcomes.map((outcome) => walkPages(layout, at, backed, outcome))
        const { levels } = strategy(result, 'as-described').pageTables
        total(walked).forEach((tables, level) => {
          const { name } = nth(layout.levels, level)
          expect(levels[name]?.expectedTables).toBeCloseTo(tables / walked.length, 9)
        })
      }),
      { numRuns: runs },
    )
  })
})

describe('base pages', () => {
  test('are planned alike whatever else is asked for, pools and all', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const alone = strategy(billed(partsOf(one, ['base-pages'])), 'base-pages')
        const { layout, uses } = one
        expect(strategy(billed(partsOf(one)), 'base-pages')).toEqual(alone)
        expect(strategy(billed(partsOf({ ...one, pools: [0, 0] })), 'base-pages')).toEqual(alone)
        const plain = uses.map((use) =>
          walk(layout, use, []).made.map((tables) => tables * use.processes),
        )
        expect(made(layout, alone)).toEqual(total(plain))
      }),
      { numRuns: runs },
    )
  })
})

describe('huge pages', () => {
  test('never need more tables than base pages, where all is touched', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        for (const plan of billed(partsOf(one)).strategies) {
          if (plan.applies && plan.id.startsWith('hugetlb-')) {
            expect(plan.savings.bytes).toBeGreaterThanOrEqual(0)
          }
        }
      }),
      { numRuns: runs },
    )
  })
})
