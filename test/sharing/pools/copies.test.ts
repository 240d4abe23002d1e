import { describe, expect, test } from 'vitest'
import type { PlannedStrategy } from '../../../src/plan/result/result.ts'
import { planAll } from '../../../src/plan/strategy/plans.ts'
import { partCopies } from '../../../src/sharing/pools/copies.ts'
import { count } from '../../../src/units/quantity.ts'
import type { Workload } from '../../../src/workload/workload.ts'
import { gib, kib, mib, nth } from '../../build.ts'
import { databases } from '../databases.ts'

/** Names, copies and processes of all parts of the databases. */
function partsOf(of: Workload) {
  const { regions, groups } = partCopies(of)
  return {
    regions: regions.map(({ name, copies, part }) => [name, copies, part]),
    groups: groups.map(({ name, processes, maps }) => [
      name,
      processes,
      maps.map(({ region }) => region),
    ]),
  }
}

describe('copies that a pool treats alike', () => {
  test('stay together where it holds all of them, and where it holds none', () => {
    for (const pool of [20 * 512, 0]) {
      const of = databases(pool, 2 * mib)
      expect(partCopies(of)).toBe(of)
    }
  })

  test('are the first five and the others where it holds five', () => {
    expect(partsOf(databases(5 * 512 + 100, 2 * mib))).toEqual({
      regions: [
        ['sga (copies 1–5)', 5, { name: 'sga', first: 0 }],
        ['sga (copies 6–20)', 15, { name: 'sga', first: 5 }],
      ],
      groups: [
        ['db (copies 1–5)', 50, ['sga (copies 1–5)']],
        ['db (copies 6–20)', 150, ['sga (copies 6–20)']],
      ],
    })
  })

  test('are the first one and the others where it holds a part of one', () => {
    const of = databases(100, 2 * mib)
    const regions = of.regions.map((region) => ({ ...region, fallback: 'mixed' as const }))
    expect(partsOf({ ...of, regions }).regions).toEqual([
      ['sga (copy 1)', 1, { name: 'sga', first: 0 }],
      ['sga (copies 2–20)', 19, { name: 'sga', first: 1 }],
    ])
  })

  test('are cut with the groups in their cgroups', () => {
    const of = databases(5 * 512, 2 * mib)
    const sidecar = { ...nth(of.groups, 0), name: 'sidecar', processes: count(20), maps: [] }
    expect(partsOf({ ...of, groups: [...of.groups, sidecar] }).groups.slice(2)).toEqual([
      ['sidecar (copies 1–5)', 5, []],
      ['sidecar (copies 6–20)', 15, []],
    ])
  })
})

describe('20 copies of a database', () => {
  const plain = described(databases(0, 4 * kib))

  test('have the tables of 200 processes, and 20 times the memory', () => {
    // 512 pte, a pmd, a pud and a pgd table each, and 160 KiB.
    expect(plain.pageTables.bytes).toBe(200 * (515 * 4096 + 160 * kib))
    expect(plain.memory.lines).toContainEqual(
      expect.objectContaining({ name: 'resident shared memory: sga', bytes: 20 * gib }),
    )
    expect(plain.memory.commit.committedBytes).toBe(20 * gib)
    expect(nth(plain.groups, 0)).toMatchObject({ name: 'db', copies: 20, processes: 200 })
  })

  test('are each judged by a limit of their own', () => {
    const [pod] = plain.risk.cgroups
    expect(pod?.demandBytes).toBe(gib + 10 * (515 * 4096 + 160 * kib))
  })

  test('take as many huge pages as all of them need', () => {
    const [pool] = described(databases(20 * 512, 2 * mib)).memory.pools
    expect(pool).toMatchObject({ pages: 10_240, usedPages: 10_240, strandedPages: 0 })
  })

  test('have a pool for five of them, the first ones', () => {
    const short = described(databases(5 * 512 + 100, 2 * mib))
    expect(short.groups.map(({ name, processes }) => [name, processes])).toEqual([
      ['db (copies 1–5)', 50],
      ['db (copies 6–20)', 150],
    ])
    // A linked pmd table in each of the five; the others stay on base pages.
    expect(short.pageTables.onceBytes).toBe(5 * 4096)
    expect(short.memory.pools[0]).toMatchObject({ usedPages: 2560, strandedPages: 100 })
    expect(short.risk.cgroups[0]?.demandBytes).toBe(gib + 10 * (515 * 4096 + 160 * kib))
  })
})

function described(of: Workload): PlannedStrategy {
  const [first] = planAll(partCopies(of), []).asked
  if (first?.result.applies !== true) throw new RangeError('as-described can be planned')
  return first.result
}
