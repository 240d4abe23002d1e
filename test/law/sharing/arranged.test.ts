import fc from 'fast-check'
import { expect, test } from 'vitest'
import { billOf } from '../../../src/accounting/bill.ts'
import { residentMemory } from '../../../src/host/resident.ts'
import { withRegionOf } from '../../../src/plan/limits/resized-region.ts'
import { arrangedBy } from '../../../src/sharing/arranged.ts'
import { strategiesOf } from '../../../src/sharing/catalogue.ts'
import type { Arranged } from '../../../src/sharing/strategy.ts'
import type { TouchSet } from '../../../src/space/touch-set.ts'
import { count, pages } from '../../../src/units/quantity.ts'
import { backings } from '../../../src/workload/region.ts'
import type { Workload } from '../../../src/workload/workload.ts'
import { gib, mib, workload, x8664 } from '../../build.ts'
import { casesToDraw } from '../cases-to-draw.ts'

const anyRegion = fc
  .record({
    size: fc.constantFrom(2 * mib, 6 * mib, gib, 600 * gib),
    backing: fc.constantFrom(...backings),
    isShared: fc.boolean(),
    isHuge: fc.boolean(),
    fallback: fc.constantFrom('base-pages', 'fail', 'mixed'),
  })
  .map(({ size, backing, isShared, isHuge, fallback }) => ({
    size,
    backing,
    fallback,
    ...(isShared ? { mshare: { mode: 0o666 } } : {}),
    ...(isHuge ? { pageBytes: 2 * mib } : {}),
  }))

const anyTouched: fc.Arbitrary<TouchSet> = fc.constantFrom(
  { kind: 'ranges', ranges: [{ first: pages(0), length: pages(512) }] },
  { kind: 'random', drawn: pages(100) },
  { kind: 'every', stride: pages(512) },
)

const anyMapping = fc.record({
  region: fc.constantFrom('r0', 'r1'),
  touched: anyTouched,
  access: fc.constantFrom('rw', 'ro'),
  private: fc.boolean(),
})

const anyProcesses = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 5, max: 3000 }))

/** Groups as they are planned first, and with other numbers of processes then. */
const anyChange = fc.record({
  pool: fc.integer({ min: 0, max: 600 }),
  regions: fc.record({ r0: anyRegion, r1: anyRegion }),
  groups: fc.array(
    fc.record({
      before: anyProcesses,
      after: anyProcesses,
      private: fc.constantFrom(0, mib, 64 * mib),
      maps: fc.array(anyMapping, { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
})

test('another number of processes gives what arranging anew gives, under every strategy', () => {
  fc.assert(
    fc.property(anyChange, ({ pool, regions, groups }) => {
      const before = workload({
        host: { hugepages: [{ pageBytes: 2 * mib, count: pool }] },
        regions,
        groups: Object.fromEntries(
          groups.map(({ before: processes, private: own, maps }, index) => [
            `g${index}`,
            { processes, private: own, maps },
          ]),
        ),
      })
      const after: Workload = {
        ...before,
        groups: before.groups.map((group, index) => ({
          ...group,
          processes: count(groups[index]?.after ?? 0),
        })),
      }
      for (const named of strategiesOf(x8664)) {
        arrangedBy(named, before)
        expect(arrangedBy(named, after)).toEqual(named.arrange(after))
      }
    }),
    { numRuns: casesToDraw(300) },
  )
})

test('another size of one region gives what arranging anew gives: tables and memory too', () => {
  const sizes = fc.array(fc.integer({ min: 512, max: 5000 }), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(anyChange, sizes, ({ pool, regions, groups }, asked) => {
      const before = workload({
        host: { hugepages: [{ pageBytes: 2 * mib, count: pool }] },
        regions,
        groups: Object.fromEntries(
          groups.map(({ before: processes, private: own, maps }, index) => [
            `g${index}`,
            { processes, private: own, maps },
          ]),
        ),
      })
      const [region] = before.regions
      if (region === undefined) throw new Error('there is no region')
      for (const named of strategiesOf(x8664)) {
        arrangedBy(named, before)
        for (const size of asked) {
          const after = withRegionOf(before, region, pages(size))
          if (after === undefined) continue
          const anew = named.arrange(copied(after))
          const reused = arrangedBy(named, after)
          expect(reused).toEqual(anew)
          expect(accountsOf(reused)).toEqual(accountsOf(anew))
        }
      }
    }),
    { numRuns: casesToDraw(150) },
  )
})

/** Nothing is known of its parts. */
function copied(scenario: Workload): Workload {
  const { regions, groups } = scenario
  return { ...scenario, regions: structuredClone(regions), groups: structuredClone(groups) }
}

function accountsOf({ workload: planned, arrangement }: Arranged): unknown {
  return [billOf(x8664, arrangement), residentMemory(planned, arrangement)]
}
