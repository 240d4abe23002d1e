import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planAll, planOne, tryPlan } from '../../../src/plan/strategy/plans.ts'
import { isOnBasePages } from '../../../src/sharing/as-described.ts'
import { baseStrategy, describedStrategy, strategiesOf } from '../../../src/sharing/catalogue.ts'
import type { TouchSet } from '../../../src/space/touch-set.ts'
import { bytes, count, pages } from '../../../src/units/quantity.ts'
import { backings } from '../../../src/workload/region.ts'
import type { Workload } from '../../../src/workload/workload.ts'
import type { RegionParts } from '../../build.ts'
import { gib, mib, workload } from '../../build.ts'
import { casesToDraw } from '../cases-to-draw.ts'

const anyRegion = fc
  .record({
    size: fc.constantFrom(2 * mib, 6 * mib, gib),
    backing: fc.constantFrom(...backings.filter((one) => one !== 'hugetlbfs')),
    isHuge: fc.boolean(),
    locked: fc.boolean(),
  })
  .map(({ size, backing, isHuge, locked }) => ({
    size,
    backing,
    locked,
    ...(isHuge ? { pageBytes: 2 * mib, fallback: 'base-pages' as const } : {}),
  }))

const anyTouched: fc.Arbitrary<TouchSet> = fc.constantFrom(
  { kind: 'ranges', ranges: [{ first: pages(0), length: pages(512) }] },
  { kind: 'random', drawn: pages(100) },
  { kind: 'every', stride: pages(512) },
)

const anyProcesses = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 5, max: 3000 }))

const anyServer = fc.record({
  pool: fc.constantFrom(0, 0, 3, 600),
  memory: fc.constantFrom(gib, 8 * gib),
  regions: fc.record({ r0: anyRegion, r1: anyRegion }),
  groups: fc.array(
    fc.record({
      processes: fc.array(anyProcesses, { minLength: 3, maxLength: 3 }),
      private: fc.constantFrom(0, mib),
      cgroup: fc.constantFrom(undefined, 'a', 'b'),
      maps: fc.array(
        fc.record({
          region: fc.constantFrom('r0', 'r1'),
          touched: anyTouched,
          access: fc.constantFrom('rw' as const, 'ro' as const),
          private: fc.boolean(),
        }),
        { maxLength: 3 },
      ),
    }),
    { minLength: 1, maxLength: 3 },
  ),
})

type Server = typeof anyServer extends fc.Arbitrary<infer T> ? T : never

interface Drawn extends Omit<Server, 'pool' | 'regions'> {
  readonly pool: number
  readonly regions: Readonly<Record<'r0' | 'r1', RegionParts>>
}

/** With the numbers of processes of a round; all objects are new. */
function serverOf({ pool, memory, regions, groups }: Drawn, round: number): Workload {
  return workload({
    host: {
      memory,
      hugepages: pool === 0 ? [] : [{ pageBytes: 2 * mib, count: pool }],
      cgroups: { a: gib, b: 2 * gib },
    },
    regions,
    groups: Object.fromEntries(
      groups.map(({ processes, cgroup, ...group }, index) => [
        `g${index}`,
        {
          ...group,
          processes: processes[round] ?? 0,
          ...(cgroup === undefined ? {} : { cgroup }),
        },
      ]),
    ),
  })
}

/** A workload with the numbers of another one; all else is the same object. */
function withNumbersOf(one: Workload, { host, groups }: Workload): Workload {
  return {
    ...one,
    host: { ...one.host, memory: bytes(host.memory) },
    groups: one.groups.map((group, g) => ({
      ...group,
      processes: count(groups[g]?.processes ?? 0),
    })),
  }
}

test('numbers that come and go give what planning anew gives, under every strategy', () => {
  fc.assert(
    fc.property(anyServer, (drawn) => {
      const first = serverOf(drawn, 0)
      for (const named of strategiesOf(first.host.layout)) {
        for (const round of [0, 1, 2, 1, 0]) {
          const anew = serverOf(drawn, round)
          expect(tryPlan(withNumbersOf(first, anew), named)).toEqual(tryPlan(anew, named))
        }
      }
    }),
    { numRuns: casesToDraw(60) },
  )
})

test('where everything is on base pages, both strategies that leave it there are one', () => {
  fc.assert(
    fc.property(anyServer, (drawn) => {
      const { r0, r1 } = drawn.regions
      const plain = { ...drawn, pool: 0, regions: { r0: onBasePages(r0), r1: onBasePages(r1) } }
      const [server, another] = [serverOf(plain, 0), serverOf(plain, 0)]
      expect(isOnBasePages(server)).toBe(true)
      expect(tryPlan(server, describedStrategy)).toEqual(tryPlan(another, baseStrategy))
      const [described, base] = planAll(another, []).asked.map(({ result }) => result)
      expect(base).toEqual({ ...described, id: 'base-pages', kind: 'base' })
      expect(described).toEqual(planOne(server, describedStrategy, new Set()).result)
    }),
    { numRuns: casesToDraw(100) },
  )
})

function onBasePages({ size, backing, locked }: Server['regions']['r0']): RegionParts {
  return { size, backing, locked }
}
