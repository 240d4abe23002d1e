import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { limitsOf } from '../../../src/plan/limits/limits.ts'
import type { Limit } from '../../../src/plan/result/limit-result.ts'
import { tryPlan } from '../../../src/plan/strategy/plans.ts'
import { isWorse, stopOf } from '../../../src/plan/strategy/stops.ts'
import type { Outcome } from '../../../src/plan/strategy/strategy-result.ts'
import { strategiesOf } from '../../../src/sharing/catalogue.ts'
import type { RiskLevel } from '../../../src/workload/gates.ts'
import type { GroupParts, WorkloadParts } from '../../build.ts'
import { billed, kib, mib, random, workload } from '../../build.ts'
import { casesToDraw } from '../cases-to-draw.ts'
import { asRanges } from '../toy.ts'

const runs = casesToDraw(400)
const limitRuns = casesToDraw(100)

/** Under these a larger region never needs fewer tables: none of its pages becomes a huge one. */
const plain = ['as-described', 'base-pages', 'threads', 'mshare']

const levels = ['safe', 'tight', 'swapping'] as const

const anyGroup = fc.record({
  processes: fc.integer({ min: 0, max: 400 }),
  threads: fc.integer({ min: 1, max: 3 }),
  private: fc.integer({ min: 0, max: 40 }).map((n) => n * 512 * kib),
  baseTables: fc.constantFrom(0, 160 * kib),
  kernelMemory: fc.constantFrom(0, 48 * kib),
  touchedShare: fc.constantFrom<number>(0, 0.3, 1),
  atRandom: fc.boolean(),
})

/** Machines on which all four levels happen. */
const anyCase = fc.record({
  memory: fc.integer({ min: 256, max: 8192 }),
  swap: fc.constantFrom<number>(0, 128, 4096),
  region: fc.integer({ min: 1, max: 3000 }),
  backing: fc.constantFrom('posix-shm' as const, 'anonymous' as const, 'file' as const),
  locked: fc.boolean(),
  residentShare: fc.constantFrom<number>(0, 0.5, 1),
  residentAtLeast: fc.boolean(),
  limit: fc.constantFrom(100, 2000),
  // All or none: shared pages are charged to the first group that touches them, which may change.
  inTenant: fc.boolean(),
  mode: fc.constantFrom('heuristic' as const, 'always' as const),
  groups: fc.array(anyGroup, { minLength: 1, maxLength: 2 }),
})
type Case = typeof anyCase extends fc.Arbitrary<infer T> ? T : never

function partsOf({
  memory,
  swap,
  region,
  backing,
  locked,
  residentShare,
  residentAtLeast,
  limit,
  mode,
  inTenant,
  groups,
}: Case): WorkloadParts {
  const pages = (region * mib) / 4096
  const groupOf = (group: Case['groups'][number]): GroupParts => {
    const { touchedShare, atRandom, ...rest } = group
    const drawn = Math.floor(pages * touchedShare)
    const touched =
      atRandom && drawn > 0
        ? random(drawn)
        : ({ kind: 'ranges', ranges: drawn > 0 ? firstPages(drawn) : [] } as const)
    return { ...rest, ...(inTenant ? { cgroup: 'tenant' } : {}), maps: [{ region: 'r', touched }] }
  }
  const inMemory = Math.floor(pages * residentShare) * 4096
  return {
    host: {
      memory: memory * mib,
      swap: swap * mib,
      cgroups: { tenant: limit * mib },
      overcommit: { mode, ratio: 50 },
    },
    regions: {
      r: {
        size: region * mib,
        backing,
        locked,
        resident: residentAtLeast ? { atLeast: inMemory } : inMemory,
      },
    },
    groups: Object.fromEntries(groups.map((group, g) => [`g${g}`, groupOf(group)])),
  }
}

function firstPages(length: number) {
  const { set } = asRanges([0])
  if (set.kind !== 'ranges') throw new RangeError('not ranges')
  return set.ranges.map((range) => ({ ...range, length: length as typeof range.length }))
}

/** Risk by strategy; absent where it does not apply. */
function risksOf(one: Case): ReadonlyMap<string, RiskLevel> {
  const described = workload(partsOf(one))
  return new Map(
    strategiesOf(described.host.layout).flatMap((named) => {
      const plan = tryPlan(described, named)
      return plan === undefined ? [] : [[named.id, plan.risk.level] as const]
    }),
  )
}

function expectNoBetter(worse: Case, better: Case, ids?: readonly string[]): void {
  const after = risksOf(worse)
  for (const [id, level] of risksOf(better)) {
    const then = after.get(id)
    if (then === undefined || (ids !== undefined && !ids.includes(id))) continue
    expect(isWorse(level, then), `${id}: ${level}, then ${then}`).toBe(false)
  }
}

describe('risk never improves', () => {
  test('when there are more processes', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(1), fc.nat(500), (one, which, more) => {
        const groups = one.groups.map((group, g) =>
          g === which % one.groups.length ? { ...group, processes: group.processes + more } : group,
        )
        expectNoBetter({ ...one, groups }, one)
      }),
      { numRuns: runs },
    )
  })

  test('when more pages are touched', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const groups = one.groups.map((group) => ({ ...group, touchedShare: 1 }))
        expectNoBetter({ ...one, groups }, one, plain)
      }),
      { numRuns: runs },
    )
  })

  test('when more of a region is in memory', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        expectNoBetter({ ...one, residentShare: 1 }, one)
      }),
      { numRuns: runs },
    )
  })

  test('when what is in memory is a lower bound instead of the figure', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        expectNoBetter({ ...one, residentAtLeast: true }, { ...one, residentAtLeast: false })
      }),
      { numRuns: runs },
    )
  })

  test('when a region is larger, and as much of it is touched', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(3000), (one, more) => {
        expectNoBetter({ ...one, region: one.region + more }, one, plain)
      }),
      { numRuns: runs },
    )
  })
})

describe('risk never worsens', () => {
  // At 4 GiB x86-64 gets a third zone, and the min watermark takes a step: mm/khugepaged.c.
  test('when there is more memory', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(8192), (one, more) => {
        fc.pre(one.memory > 4096 === one.memory + more > 4096)
        expectNoBetter(one, { ...one, memory: one.memory + more })
      }),
      { numRuns: runs },
    )
  })

  test('when there is more swap', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(8192), (one, more) => {
        expectNoBetter(one, { ...one, swap: one.swap + more })
      }),
      { numRuns: runs },
    )
  })
})

function planOf(id: string, parts: WorkloadParts): Outcome | undefined {
  const described = workload(parts)
  const named = strategiesOf(described.host.layout).find((one) => one.id === id)
  return named && tryPlan(described, named)
}

test('the budget adds up to MemTotal, and the demand to its lines', () => {
  let seen = 0
  fc.assert(
    fc.property(anyCase, (one) => {
      const { strategies } = billed({ ...partsOf(one), strategies: plain })
      for (const each of strategies.filter((found) => found.applies)) {
        const { lines, capacityBytes, demandBytes, headroomBytes } = each.memory
        const sum = (side: string): number =>
          lines.filter((line) => line.side === side).reduce((total, line) => total + line.bytes, 0)
        const taken = lines
          .filter(({ side, name }) => side === 'supply' && name !== 'memory')
          .reduce((total, line) => total - line.bytes, 0)
        // Each line and each sum is rounded once.
        expect(Math.abs(sum('supply') - capacityBytes)).toBeLessThanOrEqual(1)
        expect(Math.abs(sum('demand') - demandBytes)).toBeLessThanOrEqual(3)
        expect(
          Math.abs(taken + demandBytes + headroomBytes - one.memory * mib),
        ).toBeLessThanOrEqual(2)
        seen += 1
      }
    }),
    { numRuns: runs },
  )
  expect(seen).toBeGreaterThan(runs)
})

test('limits agree with the plan, at the answer and one step behind it', () => {
  let answers = 0
  const anyAsked = fc.tuple(anyCase, fc.constantFrom(...plain, 'hugetlb-2m', 'thp-2m'))
  fc.assert(
    fc.property(anyAsked, ([one, id]) => {
      const parts = partsOf(one)
      for (const limit of limitsOf(workload(parts), [id])[0]?.limits ?? []) {
        const ask = askerOf(parts, id, limit)
        for (const level of ask === undefined ? [] : levels) {
          answers += expectExact(limit, level, ask)
        }
      }
    }),
    { numRuns: limitRuns },
  )
  expect(answers).toBeGreaterThan(limitRuns)
})

/** A plan with another value of what a limit is of. */
type Asker = ((value: number) => Outcome | undefined) | undefined

function askerOf(parts: WorkloadParts, id: string, { metric, group }: Limit): Asker {
  if (metric === 'memory') return (value) => planOf(id, withMemory(parts, value))
  if (metric === 'processes') return (value) => planOf(id, withGroup(parts, group, value))
  return undefined
}

/** @returns 1 where there is a step behind the answer that is worse. */
function expectExact(limit: Limit, level: (typeof levels)[number], ask: Asker): number {
  const bound = limit[level]
  if (bound === undefined) return 0
  const here = ask?.(bound.value)
  expect(here && stopOf(here, level), `${limit.metric} ${level}`).toBeUndefined()
  if (bound.next === undefined) return 0
  const next = ask?.(bound.value + (limit.metric === 'memory' ? -4096 : 1))
  expect(next?.risk.level).toBe(bound.next)
  expect(next && stopOf(next, level)).toMatchObject({ cause: bound.cause })
  return 1
}

function withMemory(parts: WorkloadParts, memory: number): WorkloadParts {
  return { ...parts, host: { ...parts.host, memory } }
}

function withGroup(
  parts: WorkloadParts,
  name: string | undefined,
  processes: number,
): WorkloadParts {
  const groups = Object.entries(parts.groups ?? {}).map(([group, one]) => [
    group,
    group === name ? { ...one, processes } : one,
  ])
  return { ...parts, groups: Object.fromEntries(groups) }
}

test('all four levels happen in these laws', () => {
  const seen = new Set(fc.sample(anyCase, 300).flatMap((one) => [...risksOf(one).values()]))
  expect([...seen].sort()).toEqual(['oom', 'safe', 'swapping', 'tight'])
})
