import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Layout } from '../../../src/geometry/layout.ts'
import { mshareFindings } from '../../../src/plan/findings/mshare-findings.ts'
import type { PlannedStrategy, Result } from '../../../src/plan/result/result.ts'
import { isPlanned, planAll } from '../../../src/plan/strategy/plans.ts'
import type { Backing } from '../../../src/workload/region.ts'
import { backings } from '../../../src/workload/region.ts'
import type { GroupParts, MappingParts, RegionParts, WorkloadParts } from '../../build.ts'
import { billed, nth, planned, random, workload, zipf } from '../../build.ts'
import { anyFixedSet, anyLayout, runs, toyPageBytes } from '../toy.ts'

const anyBacking = fc.constantFrom<Backing>(...backings)

/** Regions of up to 40 pages on base pages, some marked as shared, some backed by THP. */
const anyRegion: fc.Arbitrary<RegionParts> = fc
  .record({
    size: fc.integer({ min: 1, max: 40 }).map((pages) => pages * toyPageBytes),
    backing: anyBacking,
    thp: fc.boolean(),
    locked: fc.boolean(),
    objects: fc.integer({ min: 1, max: 3 }),
    marked: fc.boolean(),
  })
  .map(({ marked, ...region }) => (marked ? { ...region, mshare: { mode: 0o600 } } : region))

function anyMap(
  regions: Readonly<Record<string, RegionParts>>,
  withChance: boolean,
): fc.Arbitrary<MappingParts> {
  return fc.constantFrom(...Object.keys(regions)).chain((region) => {
    const pages = (regions[region]?.size ?? 0) / toyPageBytes
    const fixed = anyFixedSet(pages).map(({ set }) => set)
    const drawn = fc.nat(pages).map((count) => random(count))
    const hit = fc
      .tuple(fc.constantFrom(0, 0.7, 1.3), fc.integer({ min: 1, max: 60 }), fc.boolean())
      .map(([exponent, accesses, inOrder]) =>
        zipf(exponent, accesses, inOrder ? 'in-order' : 'scattered'),
      )
    return fc.record({
      region: fc.constant(region),
      touched: withChance ? fc.oneof(fixed, drawn, hit) : fixed,
      access: fc.constantFrom('rw' as const, 'ro' as const),
      private: fc.constantFrom(false, false, false, true),
    })
  })
}

function anyGroup(
  regions: Readonly<Record<string, RegionParts>>,
  withChance: boolean,
): fc.Arbitrary<GroupParts> {
  return fc.record({
    processes: fc.nat(4),
    threads: fc.integer({ min: 1, max: 2 }),
    uid: fc.constantFrom(0, 1000, 1001),
    private: fc.nat(100_000),
    lockedPrivate: fc.nat(1000),
    baseTables: fc.nat(5000),
    kernelMemory: fc.nat(5000),
    maps: fc.array(anyMap(regions, withChance), { maxLength: 2 }),
  })
}

function anyWorkload(withChance: boolean): fc.Arbitrary<WorkloadParts> {
  return fc
    .tuple(anyLayout, fc.dictionary(fc.constantFrom('a', 'b', 'c'), anyRegion, { minKeys: 1 }))
    .chain(([layout, regions]) =>
      fc.record({
        host: fc.record({
          layout: fc.constant(layout),
          pti: fc.boolean(),
          memory: fc.integer({ min: 10_000_000, max: 1_000_000_000 }),
          swap: fc.nat(10_000_000),
          reserves: fc.dictionary(fc.constantFrom('', 'agents'), fc.nat(100_000)),
        }),
        regions: fc.constant(regions),
        groups: fc.dictionary(fc.constantFrom('x', 'y', 'z'), anyGroup(regions, withChance)),
        mshareRevision: fc.constantFrom('v3-2025' as const, 'rfc-2022' as const),
      }),
    )
}

function appliedOf({ strategies }: Pick<Result, 'strategies'>): PlannedStrategy[] {
  return strategies.flatMap((one) => (one.applies ? [one] : []))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** PGDs of all processes, and with 5 levels the p4d of the span their programs live in. */
function ownedUnconditionally(layout: Layout, pti: boolean, processes: number): number {
  const bytesOf = (name: string): number =>
    layout.levels.find((level) => level.name === name)?.tableBytes ?? 0
  return processes * ((pti ? 2 : 1) * bytesOf('pgd') + bytesOf('p4d'))
}

describe('every total', () => {
  test('of page tables is the sum of regions, base tables, pgds and lowest p4ds', () => {
    fc.assert(
      fc.property(anyWorkload(false), (parts) => {
        const { layout, pti } = { layout: undefined, pti: false, ...parts.host }
        for (const { pageTables, regions, groups } of appliedOf(billed(parts))) {
          const processes = sum(groups.map((group) => group.processes))
          if (layout === undefined) throw new Error('no layout')
          // A region's host address space has its own pgd and p4d: those are the region's.
          const owned = ownedUnconditionally(layout, pti, processes)
          const lines = [...regions.map(({ bytes }) => bytes), pageTables.baseBytes, owned]
          expect(sum(lines)).toBe(pageTables.bytes)
        }
      }),
      { numRuns: runs },
    )
  })

  test('is what exists once and what each process pays', () => {
    fc.assert(
      fc.property(anyWorkload(false), (parts) => {
        for (const { pageTables, groups } of appliedOf(billed(parts))) {
          const each = groups.map(({ processes, perProcess }) => processes * perProcess.bytes)
          expect(pageTables.onceBytes + sum(each)).toBe(pageTables.bytes)
          expect([pageTables.leastBytes, pageTables.mostBytes]).toEqual([
            pageTables.bytes,
            pageTables.bytes,
          ])
        }
      }),
      { numRuns: runs },
    )
  })

  test('by level adds up to the whole, without base tables', () => {
    fc.assert(
      fc.property(anyWorkload(false), (parts) => {
        for (const { pageTables, regions } of appliedOf(billed(parts))) {
          const levels = Object.values(pageTables.levels).map(({ bytes }) => bytes)
          expect(sum(levels) + pageTables.baseBytes).toBe(pageTables.bytes)
          for (const region of regions) {
            const own = Object.values(region.levels).map(({ bytes }) => bytes)
            expect(sum(own)).toBe(region.bytes)
          }
        }
      }),
      { numRuns: runs },
    )
  })

  test('of the budget is the sum of its lines', () => {
    fc.assert(
      fc.property(anyWorkload(false), (parts) => {
        for (const { memory } of appliedOf(billed(parts))) {
          const side = (name: string): number =>
            sum(memory.lines.filter((line) => line.side === name).map(({ bytes }) => bytes))
          expect(side('supply')).toBe(memory.capacityBytes)
          expect(side('demand')).toBe(memory.demandBytes)
          expect(memory.capacityBytes - memory.demandBytes).toBe(memory.headroomBytes)
        }
      }),
      { numRuns: runs },
    )
  })

  test('with chance is rounded once, so its lines are off by less than one byte each', () => {
    fc.assert(
      fc.property(anyWorkload(true), (parts) => {
        for (const { pageTables, regions, groups, memory } of appliedOf(billed(parts))) {
          const { layout, pti } = { layout: undefined, pti: false, ...parts.host }
          if (layout === undefined) throw new Error('no layout')
          const processes = sum(groups.map((group) => group.processes))
          const owned = ownedUnconditionally(layout, pti, processes)
          const billed = sum(regions.map(({ bytes }) => bytes)) + pageTables.baseBytes + owned
          expect(Math.abs(billed - pageTables.bytes)).toBeLessThanOrEqual(regions.length)
          const demand = memory.lines.filter(({ side }) => side === 'demand')
          expect(Math.abs(sum(demand.map(({ bytes }) => bytes)) - memory.demandBytes)).toBeLessThan(
            demand.length,
          )
          expect(pageTables.leastBytes).toBeLessThanOrEqual(pageTables.bytes)
          expect(pageTables.mostBytes).toBeGreaterThanOrEqual(pageTables.bytes)
        }
      }),
      { numRuns: runs },
    )
  })
})

describe('mshare', () => {
  test('never costs more than plain mappings without saying so', () => {
    fc.assert(
      fc.property(anyWorkload(true), (parts) => {
        const { asked, basePages } = planAll(workload(parts), [])
        for (const one of asked.filter(isPlanned)) {
          if (one.result.id === 'threads' || one.result.savings.bytes >= 0) continue
          // Findings have those of each strategy: the whole plan says more, and takes ten times as long.
          const said = mshareFindings(one, basePages.result)
          expect(said.some(({ kind }) => kind === 'mshare-costs-more')).toBe(true)
        }
      }),
      { numRuns: runs },
    )
  })

  test('says by how much a region costs more, wherever it does, and whatever else is asked', () => {
    fc.assert(
      fc.property(anyWorkload(true), (parts) => {
        const result = planned({ ...parts, strategies: ['mshare'] })
        const alone = billed({ ...parts, strategies: ['base-pages'] })
        const plain = appliedOf(alone).find(({ id }) => id === 'base-pages')
        const shared = appliedOf(result).find(({ id }) => id === 'mshare')
        shared?.regions.forEach((region, index) => {
          const extra = region.bytes - nth(plain?.regions ?? [], index).bytes
          if (region.mshare === undefined || extra <= 0) return
          const said = result.findings.find(
            (finding) =>
              finding.kind === 'mshare-costs-more' &&
              finding.strategy === 'mshare' &&
              finding.region === region.name,
          )
          expect(said).toMatchObject({ extraBytes: extra })
        })
      }),
      { numRuns: runs },
    )
  })
})
