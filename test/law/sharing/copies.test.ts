import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PlannedStrategy } from '../../../src/plan/result/result.ts'
import { planAll } from '../../../src/plan/strategy/plans.ts'
import { count } from '../../../src/units/quantity.ts'
import type { Workload } from '../../../src/workload/workload.ts'
import type { GroupParts, MappingParts, RegionParts } from '../../build.ts'
import { clusters, gib, kib, mib, random, range, workload, zipf } from '../../build.ts'
import { casesToDraw } from '../cases-to-draw.ts'
import { writtenOut } from '../written-out.ts'

/** Some regions and groups with that many copies, and others that exist once. */
interface Case {
  readonly copies: number
  readonly workload: Workload
}

const anyTouched = fc.constantFrom(
  undefined,
  undefined,
  range(0, 700),
  range(300, 2000),
  random(90),
  clusters(9, 64),
  // Scattered, groups are taken to have each its own hot pages: an instance written out is a group.
  zipf(1.1, 700),
)

const anyRegion: fc.Arbitrary<RegionParts> = fc.record({
  size: fc.constantFrom(16 * mib, 1 * gib, 1 * gib + 8 * mib),
  backing: fc.constantFrom('memfd', 'sysv-shm', 'anonymous-shared', 'anonymous', 'memfd'),
  pageBytes: fc.constantFrom(4 * kib, 2 * mib, 2 * mib),
  fallback: fc.constantFrom('fail', 'base-pages', 'mixed'),
  objects: fc.constantFrom(1, 1, 4),
})

function anyMaps(names: readonly string[]): fc.Arbitrary<MappingParts[]> {
  const anyMap = fc
    .record({
      region: fc.constantFrom(...names),
      touched: anyTouched,
      access: fc.constantFrom('rw', 'ro'),
    })
    .map(({ touched, ...map }): MappingParts => (touched === undefined ? map : { ...map, touched }))
  return fc.uniqueArray(anyMap, { minLength: 1, maxLength: 2, selector: ({ region }) => region })
}

function anyGroup(names: readonly string[]): fc.Arbitrary<GroupParts> {
  return fc.record({
    processes: fc.integer({ min: 1, max: 3 }),
    private: fc.constantFrom(0, mib),
    baseTables: fc.constant(160 * kib),
    kernelMemory: fc.constantFrom(0, 48 * kib),
    threads: fc.constantFrom(1, 2),
    maps: anyMaps(names),
  })
}

const anyCase: fc.Arbitrary<Case> = fc
  .record({
    copies: fc.integer({ min: 2, max: 4 }),
    own: anyRegion,
    other: anyRegion,
    common: anyRegion,
    first: anyGroup(['own', 'other', 'common']),
    second: anyGroup(['own', 'other', 'common']),
    lone: anyGroup(['common']),
    pool: fc.constantFrom(0, 8, 20, 512, 700, 1300, 4000),
    limit: fc.constantFrom(2 * mib, 40 * mib, 2 * gib),
    isInside: fc.boolean(),
    isShared: fc.boolean(),
    mode: fc.constantFrom('heuristic' as const, 'never' as const),
  })
  .map(
    ({
      copies,
      own,
      other,
      common,
      first,
      second,
      lone,
      pool,
      limit,
      isInside,
      isShared,
      mode,
    }) => {
      const cgroup = isInside ? { cgroup: 'pod' } : {}
      const mshare = isShared && own.backing === 'memfd' ? { mshare: { mode: 0o666 } } : {}
      const once = workload({
        host: {
          memory: 16 * gib,
          hugepages: pool === 0 ? [] : [{ pageBytes: 2 * mib, count: pool }],
          cgroups: { pod: limit },
          overcommit: { mode, ratio: 50 },
        },
        regions: { own: { ...own, ...mshare }, other, common },
        groups: { first: { ...first, ...cgroup }, second: { ...second, ...cgroup }, lone },
      })
      return { copies, workload: withCopies(once, copies) }
    },
  )

function withCopies(once: Workload, copies: number): Workload {
  return {
    ...once,
    regions: once.regions.map((region) =>
      region.name === 'common' ? region : { ...region, copies: count(copies) },
    ),
    groups: once.groups.map((group) =>
      group.name === 'lone'
        ? group
        : { ...group, copies: count(copies), processes: count(group.processes * copies) },
    ),
  }
}

function plansOf(one: Workload): readonly PlannedStrategy[] {
  return planAll(one, []).asked.flatMap(({ result }) => (result.applies ? [result] : []))
}

const worst = ['safe', 'tight', 'swapping', 'oom']

function leavesOf({ regions }: PlannedStrategy): number {
  return regions.reduce((sum, { leafEntryBytes }) => sum + leafEntryBytes, 0)
}

/** The totals of a plan, whichever groups are counted together. */
function totalsOf(plan: PlannedStrategy) {
  const { pageTables, counters, memory, faults, mmapCalls, vmas, risk, groups } = plan
  const sum = (values: readonly number[]): number =>
    values.reduce((total, value) => total + value, 0)
  const levels = Object.entries(pageTables.levels).map(([name, level]) => [
    name,
    level.tables,
    level.bytes,
    Number((level.expectedTables ?? level.tables).toPrecision(12)),
  ])
  const { commit, lines, pools, ...budget } = memory
  return {
    id: plan.id,
    pageTables: { ...pageTables, levels },
    counters,
    budget,
    commit,
    pools,
    faults,
    mmapCalls,
    vmas,
    level: risk.level,
    unswappable: risk.unswappableBytes,
    processes: sum(groups.map(({ processes }) => processes)),
    cgroups: Math.max(...risk.cgroups.map(({ level }) => worst.indexOf(level))),
    fullest: Math.max(...risk.cgroups.map(({ demandBytes }) => demandBytes)),
    points: risk.victim?.points,
  }
}

describe('copies', () => {
  test('come to what they come to when every instance is written out', () => {
    let seen = 0
    fc.assert(
      fc.property(anyCase, ({ workload: folded }) => {
        const plans = plansOf(folded)
        const written = plansOf(writtenOut(folded))
        expect(plans.map(({ id }) => id)).toEqual(written.map(({ id }) => id))
        plans.forEach((plan, index) => {
          const other = written[index]
          if (other === undefined) throw new RangeError('no such plan')
          expect(totalsOf(plan)).toEqual(totalsOf(other))
          // Figures of regions are rounded one by one.
          const regions = [plan, other].map((one) => one.regions.length)
          const [leaves, otherLeaves] = [plan, other].map(leavesOf)
          expect(Math.abs((leaves ?? 0) - (otherLeaves ?? 0))).toBeLessThanOrEqual(
            Math.max(...regions),
          )
          seen += 1
        })
      }),
      { numRuns: casesToDraw(300) },
    )
    expect(seen).toBeGreaterThan(0)
  })
})
