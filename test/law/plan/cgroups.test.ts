import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlannedStrategy } from '../../../src/plan/result/result.ts'
import type { Backing } from '../../../src/workload/region.ts'
import type { GroupParts, RegionParts, WorkloadParts } from '../../build.ts'
import { billed, kib, mib, planned, random } from '../../build.ts'
import { casesToDraw } from '../cases-to-draw.ts'

const backings: readonly Backing[] = ['posix-shm', 'sysv-shm', 'memfd', 'file', 'anonymous']
const names = ['a', 'b', 'c'] as const

const anyRegion: fc.Arbitrary<RegionParts> = fc
  .record({
    size: fc.integer({ min: 1, max: 60 }).map((size) => size * mib),
    backing: fc.constantFrom(...backings),
    shared: fc.boolean(),
  })
  .map(({ shared, ...region }) => (shared ? { ...region, mshare: { mode: 0o600 } } : region))

function anyGroup(regions: readonly string[]): fc.Arbitrary<GroupParts> {
  const anyMap = fc.record({
    region: fc.constantFrom(...regions),
    touched: fc.integer({ min: 1, max: 200 }).map(random),
  })
  return fc.record(
    {
      processes: fc.integer({ min: 1, max: 30 }),
      private: fc.nat(5 * mib),
      baseTables: fc.constant(160 * kib),
      kernelMemory: fc.constant(48 * kib),
      cgroup: fc.constantFrom('one', 'two'),
      maps: fc.array(anyMap, { maxLength: 2 }),
    },
    { requiredKeys: ['processes', 'private', 'baseTables', 'kernelMemory', 'maps'] },
  )
}

const anyWorkload: fc.Arbitrary<WorkloadParts> = fc
  .dictionary(fc.constantFrom(...names), anyRegion, { minKeys: 1 })
  .chain((regions) =>
    fc.record({
      host: fc.record({
        memory: fc.constant(8192 * mib),
        cgroups: fc.record({
          one: fc.integer({ min: 20, max: 400 }).map((limit) => limit * mib),
          two: fc.integer({ min: 20, max: 400 }).map((limit) => limit * mib),
        }),
      }),
      regions: fc.constant(regions),
      groups: fc.dictionary(fc.constantFrom('x', 'y', 'z'), anyGroup(Object.keys(regions)), {
        minKeys: 1,
      }),
    }),
  )

/** The level of a cgroup under a strategy with that many processes in a group, the whole planned. */
function levelWith(
  parts: WorkloadParts,
  { id }: PlannedStrategy,
  name: string,
  [group, processes]: readonly [string, number],
): string | undefined {
  const one = parts.groups?.[group]
  const changed = { ...parts, groups: { ...parts.groups, [group]: { ...one, processes } } }
  const strategy = billed({ ...changed, strategies: [id] }).strategies[0]
  if (strategy?.applies !== true) return undefined
  return strategy.risk.cgroups.find((cgroup) => cgroup.name === name)?.level
}

/** Every cgroup that breaks, under every strategy, with the number of processes that it breaks at. */
function breaksIn(parts: WorkloadParts) {
  return planned(parts).strategies.flatMap((strategy) =>
    strategy.applies
      ? strategy.risk.cgroups.flatMap(({ name, breaks }) =>
          breaks === undefined ? [] : [{ strategy, name, breaks }],
        )
      : [],
  )
}

describe('where a cgroup breaks', () => {
  it('the plan of the whole server is out of memory there, and not with one process less', () => {
    let found = 0
    fc.assert(
      fc.property(anyWorkload, (parts) => {
        for (const { strategy, name, breaks } of breaksIn(parts)) {
          const { group, processes } = breaks
          found += 1
          expect(levelWith(parts, strategy, name, [group, processes])).toBe('oom')
          if (processes > 0) {
            expect(levelWith(parts, strategy, name, [group, processes - 1])).not.toBe('oom')
          }
        }
      }),
      { numRuns: casesToDraw(40) },
    )
    expect(found).toBeGreaterThan(0)
  })
})
