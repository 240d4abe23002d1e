import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lawOf } from '../../../src/plan/strategy/outcome-law.ts'
import { outcomeInLine } from '../../../src/plan/strategy/outcomes-in-line.ts'
import { tryPlan } from '../../../src/plan/strategy/plans.ts'
import type { NamedStrategy } from '../../../src/sharing/catalogue.ts'
import { strategiesOf } from '../../../src/sharing/catalogue.ts'
import type { TouchSet } from '../../../src/space/touch-set.ts'
import { bytes, count, pages } from '../../../src/units/quantity.ts'
import { backings } from '../../../src/workload/region.ts'
import type { Workload } from '../../../src/workload/workload.ts'
import { gib, kib, layoutNamed, mib, workload, x8664 } from '../../build.ts'
import { casesToDraw } from '../cases-to-draw.ts'

const anyRegion = fc
  .record({
    size: fc.constantFrom(2 * mib, 6 * mib + 4 * kib, gib, 3 * gib, 600 * gib),
    backing: fc.constantFrom(...backings),
    isHuge: fc.boolean(),
    isShared: fc.boolean(),
    locked: fc.boolean(),
    fallback: fc.constantFrom('fail' as const, 'base-pages' as const, 'mixed' as const),
    resident: fc.constantFrom(undefined, undefined, mib, { atLeast: 3 * mib }),
  })
  .map(({ isHuge, isShared, resident, ...region }) => ({
    ...region,
    ...(isHuge ? { pageBytes: 2 * mib } : {}),
    ...(isShared ? { mshare: { mode: 0o666 } } : {}),
    ...(resident === undefined ? {} : { resident }),
  }))

const anyTouched: fc.Arbitrary<TouchSet | undefined> = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(undefined, rangeOf(512), strideOf(300)) },
  { weight: 1, arbitrary: fc.constant({ kind: 'random', drawn: pages(100) } as const) },
)

function rangeOf(length: number): TouchSet {
  return { kind: 'ranges', ranges: [{ first: pages(0), length: pages(length) }] }
}

function strideOf(stride: number): TouchSet {
  return { kind: 'every', stride: pages(stride) }
}

const anyServer = fc.record({
  isLinux390: fc.constantFrom(false, false, false, true),
  memory: fc.constantFrom(gib, 8 * gib, 8000 * gib),
  swap: fc.constantFrom(0, 0, 2 * gib),
  pool: fc.constantFrom(0, 3, 600),
  mode: fc.constantFrom('heuristic' as const, 'never' as const),
  revision: fc.constantFrom('v3-2025' as const, 'rfc-2022' as const),
  cgroups: fc.constantFrom({}, { a: gib, b: 2 * gib }),
  copies: fc.constantFrom(1, 1, 1, 3),
  regions: fc.record({ r0: anyRegion, r1: anyRegion }),
  groups: fc.array(
    fc.record({
      processes: fc.integer({ min: 0, max: 3000 }),
      threads: fc.integer({ min: 1, max: 3 }),
      private: fc.constantFrom(0, mib, 5_000_001),
      baseTables: fc.constantFrom(0, 160 * kib),
      kernelMemory: fc.constantFrom(0, 48 * kib),
      cgroup: fc.constantFrom('a', 'b'),
      maps: fc.array(
        fc
          .record({
            region: fc.constantFrom('r0', 'r1'),
            touched: anyTouched,
            access: fc.constantFrom('rw' as const, 'rw' as const, 'ro' as const),
            private: fc.constantFrom(false, false, true),
          })
          .map(({ touched, ...map }) => (touched === undefined ? map : { ...map, touched })),
        { maxLength: 2 },
      ),
    }),
    { minLength: 1, maxLength: 3 },
  ),
})

type Server = typeof anyServer extends fc.Arbitrary<infer T> ? T : never

/** All objects are new, so that nothing is remembered of it. */
function serverOf(drawn: Server): Workload {
  const { isLinux390, memory, swap, pool, mode, cgroups, copies, regions, groups } = drawn
  const pooled = isLinux390 ? mib : 2 * mib
  const whole = workload({
    host: {
      layout: isLinux390 ? layoutNamed('s390x') : x8664,
      memory,
      swap,
      overcommit: { mode, ratio: 73 },
      hugepages: pool === 0 ? [] : [{ pageBytes: pooled, count: pool }],
      cgroups,
    },
    mshareRevision: drawn.revision,
    regions: Object.fromEntries(
      Object.entries(regions).map(([name, region]) => [
        name,
        'pageBytes' in region ? { ...region, pageBytes: pooled } : region,
      ]),
    ),
    groups: Object.fromEntries(
      groups.map(({ cgroup, ...group }, index) => [
        `g${index}`,
        Object.hasOwn(cgroups, cgroup) ? { ...group, cgroup } : group,
      ]),
    ),
  })
  if (copies === 1) return whole
  const copied = { copies: count(copies) }
  return {
    ...whole,
    regions: whole.regions.map((region) => ({ ...region, ...copied })),
    groups: whole.groups.map((group) => ({
      ...group,
      ...copied,
      processes: count(group.processes * copies),
    })),
  }
}

/** Another number of processes in the first group. */
function withProcesses(drawn: Server, processes: number): Workload {
  const [first, ...others] = drawn.groups
  return serverOf({
    ...drawn,
    groups: [...(first === undefined ? [] : [{ ...first, processes }]), ...others],
  })
}

/** What follows from plans of some workloads, and the plan itself; `undefined` where nothing follows. */
function bothOf(named: NamedStrategy, known: readonly Workload[], wanted: Workload) {
  const samples = known.flatMap((one) => {
    const outcome = tryPlan(one, named)
    return outcome === undefined ? [] : [{ workload: one, outcome }]
  })
  const followed = outcomeInLine(samples, wanted, () => lawOf(named, wanted))
  return followed === undefined ? undefined : { followed, planned: tryPlan(wanted, named) }
}

const anyNumbers = fc.array(
  fc.oneof(
    fc.integer({ min: 0, max: 9 }),
    fc.integer({ min: 3, max: 5000 }),
    fc.integer({ min: 1_000_000, max: 4_000_000 }),
  ),
  { minLength: 3, maxLength: 3 },
)

test('another number of processes comes to what a plan of it comes to, under every strategy', () => {
  const followed = new Map<string, number>()
  fc.assert(
    fc.property(anyServer, anyNumbers, (drawn, [one = 0, other = 0, wanted = 0]) => {
      if (one === wanted || other === wanted) return
      for (const named of strategiesOf(serverOf(drawn).host.layout)) {
        const known = [withProcesses(drawn, one), withProcesses(drawn, other)]
        const both = bothOf(named, known, withProcesses(drawn, wanted))
        if (both === undefined) continue
        expect(both.followed).toEqual(both.planned)
        followed.set(named.id, (followed.get(named.id) ?? 0) + 1)
      }
    }),
    { numRuns: casesToDraw(600) },
  )
  for (const id of ['as-described', 'base-pages', 'hugetlb-2m', 'thp-2m', 'mshare']) {
    expect(followed.get(id), id).toBeGreaterThan(0)
  }
  expect(followed.has('threads')).toBe(false)
})

test('other memory comes to what a plan with it comes to, under every strategy', () => {
  let followed = 0
  const anyMemory = fc.integer({ min: 1, max: 2 ** 30 }).map((some) => bytes(some * 4 * kib))
  fc.assert(
    fc.property(anyServer, anyMemory, (drawn, memory) => {
      const server = serverOf(drawn)
      const wanted = serverOf(drawn)
      for (const named of strategiesOf(server.host.layout)) {
        const both = bothOf(named, [server], { ...wanted, host: { ...wanted.host, memory } })
        if (both === undefined) continue
        expect(both.followed).toEqual(both.planned)
        followed += 1
      }
    }),
    { numRuns: casesToDraw(300) },
  )
  expect(followed).toBeGreaterThan(9)
})
