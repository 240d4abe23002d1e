import { describe, expect, test } from 'vitest'
import type { TouchSet } from '../../../src/space/touch-set.ts'
import { findingIds } from '../../../src/workload/finding-ids.ts'
import type { Assumption } from '../../../src/workload/workload.ts'
import type { WorkloadParts } from '../../build.ts'
import { clusters, gib, kib, mib, nth, planned, random, range, zipf } from '../../build.ts'

function kindsOf(parts: WorkloadParts, assumptions: readonly Assumption[] = []): string[] {
  return planned(parts, assumptions).findings.map(({ kind }) => kind)
}

describe('a plan tells', () => {
  test('that private memory needs more tables than the base tables given', () => {
    const group = (baseTables: number) => ({ groups: { g: { private: 8 * mib, baseTables } } })
    // 2048 pages of 4 KiB need 4 pte tables, a pmd and a pud table.
    expect(planned(group(24 * kib - 1)).findings).toContainEqual(
      expect.objectContaining({ kind: 'private-exceeds-base-tables', neededBytes: 24 * kib }),
    )
    expect(kindsOf(group(24 * kib))).not.toContain('private-exceeds-base-tables')
  })

  test('that a few pages drawn at random open most tables', () => {
    const drawing = (drawn: number): WorkloadParts => ({
      regions: { r: { size: gib } },
      groups: { g: { maps: [{ region: 'r', touched: random(drawn) }] } },
    })
    const [finding] = planned(drawing(2621)).findings.filter(
      ({ kind }) => kind === 'few-pages-touch-most-tables',
    )
    expect(finding).toMatchObject({ drawnPages: 2621, mappedPages: 262_144, allTables: 512 })
    expect(kindsOf(drawing(10))).not.toContain('few-pages-touch-most-tables')
  })

  test('that few distinct pages of many accesses open most tables', () => {
    const hit = (exponent: number): WorkloadParts => ({
      regions: { r: { size: gib } },
      groups: { g: { maps: [{ region: 'r', touched: zipf(exponent, 20_000) }] } },
    })
    const [finding] = planned(hit(0)).findings.filter(
      ({ kind }) => kind === 'few-pages-touch-most-tables',
    )
    // 262,144 · (1 − (1 − 1 / 262,144)^20,000).
    expect(finding).toMatchObject({ drawnPages: 19_256, mappedPages: 262_144, allTables: 512 })
    expect(kindsOf(hit(2))).not.toContain('few-pages-touch-most-tables')
  })

  test('that scattered pages need nearly all tables, and what they need closer together', () => {
    const drawing = (touched: TouchSet, pageBytes = 4 * kib): WorkloadParts => ({
      regions: { r: { size: 300 * gib, backing: 'memfd', pageBytes } },
      groups: { g: { maps: [{ region: 'r', touched }] } },
    })
    const [finding] = planned(drawing(random(31_457_280))).findings.filter(
      ({ kind }) => kind === 'few-pages-touch-most-tables',
    )
    // 40 %: 122,880 of 307,200 clusters, two in a span: 153,600 · (1 − 0.6 · 0.599998…).
    expect(finding).toMatchObject({
      drawnPages: 31_457_280,
      drawnBytes: 120 * gib,
      allTables: 153_600,
      firstTables: 61_440,
      usualClusterBytes: mib,
    })
    expect(finding).toHaveProperty('tables', expect.closeTo(153_600, 6))
    expect(finding).toHaveProperty('usualTables', expect.closeTo(98_304.12, 2))
    for (const quiet of [
      drawing(random(76_000_000)),
      drawing(clusters(122_880, 256)),
      drawing(range(0, 31_457_280)),
      drawing(random(31_457_280), 2 * mib),
    ]) {
      expect(kindsOf(quiet)).not.toContain('few-pages-touch-most-tables')
    }
    const [small] = planned(drawing(clusters(1_966_080, 16))).findings
    expect(small).toMatchObject({ clusterBytes: 64 * kib, usualClusterBytes: mib })
  })

  test('that page tables of a region exceed its data', () => {
    const parts = (processes: number): WorkloadParts => ({
      regions: { r: { size: gib } },
      groups: { g: { processes, maps: [{ region: 'r' }] } },
    })
    // 514 tables of 262,144 pages: 510 processes need one page less than a GiB, 511 more.
    expect(kindsOf(parts(510))).not.toContain('tables-exceed-data')
    expect(kindsOf(parts(511))).toContain('tables-exceed-data')
  })

  test('that swap cannot help where unswappable memory exceeds capacity', () => {
    const parts = (swap: number): WorkloadParts => ({
      host: { memory: gib, swap },
      groups: { g: { processes: 3, kernelMemory: 400 * mib } },
    })
    expect(kindsOf(parts(gib))).toContain('swap-cannot-help')
    expect(kindsOf(parts(0))).not.toContain('swap-cannot-help')
  })

  test('that assumed base tables decide the answer', () => {
    const parts: WorkloadParts = { groups: { g: { processes: 3, baseTables: 160 * kib } } }
    const assumed = [{ path: 'groups.g.baseTables', value: '160 KiB', source: 'default' }]
    expect(kindsOf(parts, assumed)).toContain('base-tables-decide')
    expect(kindsOf(parts)).not.toContain('base-tables-decide')
  })

  test('of base tables that are derived, that the assumed part decides, and nothing of what memory needs', () => {
    const assumed = [{ path: 'groups.g.baseTables', value: '2 MiB', source: 'default' }]
    const parts = (assumedTables: number): WorkloadParts => ({
      groups: {
        g: { processes: 3, private: gib, baseTables: assumedTables + 2 * mib, assumedTables },
      },
    })
    expect(kindsOf(parts(160 * kib), assumed)).not.toContain('base-tables-decide')
    expect(kindsOf(parts(3 * mib), assumed)).toContain('base-tables-decide')
  })

  test('that nothing is to be gained where tables are below a hundredth of memory', () => {
    const parts = (size: number): WorkloadParts => ({
      host: { memory: 64 * gib },
      regions: { r: { size } },
      groups: { g: { processes: 100, maps: [{ region: 'r', touched: range(0, size / 4096) }] } },
    })
    expect(kindsOf(parts(gib))).toContain('nothing-to-gain')
    expect(kindsOf(parts(4 * gib))).not.toContain('nothing-to-gain')
  })
})

describe('findings', () => {
  test('have an id of their own each', () => {
    const ids = Object.values(findingIds)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((id) => /^MSP\d{3}$/.test(id))).toBe(true)
  })
})

describe('a result', () => {
  const result = planned({ host: { kernel: { major: 5, minor: 4 }, pti: true, swap: mib } })

  test('says which machine it is about', () => {
    expect(result.host).toMatchObject({
      layout: 'x86-64',
      kernel: '5.4',
      pti: true,
      swapBytes: mib,
    })
  })

  test('lists a derived min watermark among its assumptions, and not a given one', () => {
    const pathsOf = (parts: WorkloadParts): string[] =>
      planned(parts).assumptions.map(({ path }) => path)
    expect(pathsOf({})).toEqual(
      expect.arrayContaining(['host.minFree', 'counters.pageTablesBytes']),
    )
    expect(pathsOf({ host: { minFree: 0 } })).not.toContain('host.minFree')
  })

  test('keeps the strategies in the order asked for', () => {
    const strategies = ['threads', 'as-described']
    expect(planned({ strategies }).strategies.map(({ id }) => id)).toEqual(strategies)
    expect(nth(planned({ strategies }).strategies, 0).applies).toBe(true)
  })
})
