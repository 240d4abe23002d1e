import { describe, expect, it } from 'vitest'
import { findLayout } from '../../../src/geometry/catalogue.ts'
import { fiveLevels, gib, kib, mib, range } from '../../build.ts'
import type { Seen } from './counters.ts'
import { each, groupIn, kinds, oneGib, pageTablesIn, sum, table, verified } from './counters.ts'

describe('what PageTables counts beyond VmPTE', () => {
  it.each([
    // Linux 6.1 counts no pud: one of the plan, and one at least of the three levels of 9 base tables.
    ['6.1', false, [['pud', -10]], [['unknown-levels', -10]]],
    ['6.12', false, [], []],
    ['6.18', false, [['pgd', 10]], []],
    ['6.18', true, [['pgd', 20]], []],
  ] as const)('on Linux %s, isolation %s', (version, pti, levels, causes) => {
    const [major = 0, minor = 0] = version.split('.').map(Number)
    const counted = sum([...levels, ...causes].map(([, tables]) => tables)) * table
    const result = verified(oneGib({ kernel: { major, minor }, pti }), {
      pageTables: 10 * each + counted,
      groups: { workers: [10, 10 * each] },
    })
    const { parts, causes: found, unexplainedBytes } = pageTablesIn(result)
    expect(parts.slice(1)).toEqual(
      levels.map(([level, tables]) => ({ kind: 'level', level, bytes: tables * table })),
    )
    expect(kinds(found)).toEqual(causes.map(([kind, tables]) => [kind, tables * table]))
    expect(unexplainedBytes).toBe(0)
  })

  it('on Linux 6.1 is between one and three base tables in nine that are a pud', () => {
    // 9 tables are at most 3 + 3 + 3: measured, 2 of them were pud (28 kB of 36 kB).
    const result = verified(oneGib({ kernel: { major: 6, minor: 1 } }), {
      pageTables: 10 * (each - 3 * table),
      groups: { workers: [10, 10 * each] },
    })
    expect(pageTablesIn(result).causes).toEqual([
      {
        kind: 'unknown-levels',
        bytes: -20 * table,
        leastBytes: -30 * table,
        mostBytes: -10 * table,
      },
    ])
  })

  it('on ppc64 is whole pages of which a process uses fragments', () => {
    // As measured on Linux 6.1 with pages of 64 KiB: VmPTE says 17 kB, PageTables grows by 128 kB.
    const layout = findLayout('ppc64-radix-64k')
    const host = { kernel: { major: 6, minor: 1 }, ...(layout === undefined ? {} : { layout }) }
    const result = verified(
      { host, groups: {} },
      { pageTables: 128 * kib, elsewhere: [1, 17 * kib] },
    )
    expect(kinds(pageTablesIn(result).causes)).toEqual([['unknown-levels', 111 * kib]])
  })

  it('with five levels is the p4d as well', () => {
    const result = verified(oneGib({ layout: fiveLevels }), {
      pageTables: 10 * (each + 2 * table),
      groups: { workers: [10, 10 * each] },
    })
    expect(pageTablesIn(result)).toMatchObject({ residualBytes: 0 })
    expect(pageTablesIn(result).parts.slice(1)).toEqual([
      { kind: 'level', level: 'p4d', bytes: 10 * table },
      { kind: 'level', level: 'pgd', bytes: 10 * table },
    ])
  })

  it('is a PGD of every process elsewhere, beside its own VmPTE', () => {
    const result = verified(oneGib(), {
      pageTables: 10 * (each + table) + 7 * 10 * table,
      groups: { workers: [10, 10 * each] },
      elsewhere: [7, 7 * 9 * table],
    })
    expect(pageTablesIn(result)).toMatchObject({ residualBytes: 0 })
    expect(pageTablesIn(result).parts).toContainEqual({
      kind: 'elsewhere',
      processes: 7,
      bytes: 7 * 9 * table,
    })
  })
})

describe('tables that hugetlb links', () => {
  // As recorded on Linux 6.18: 3 GiB from 512 MiB past a boundary, 20 processes, 36 KiB of base tables.
  const recorded = (processes: number, pageTablesKB: number, sumVmPteKB: number) =>
    verified(
      {
        host: { hugepages: [{ pageBytes: 2 * mib, count: 1536 }] },
        regions: { segment: { size: 3 * gib, backing: 'sysv-shm', pageBytes: 2 * mib } },
        groups: {
          workers: {
            processes,
            baseTables: 36 * kib,
            maps: [{ region: 'segment', at: 0x10020000000 }],
          },
        },
      },
      { pageTables: pageTablesKB * kib, groups: { workers: [processes, sumVmPteKB * kib] } },
    )

  it.each([
    [1, 60, 56],
    [5, 268, 280],
    [20, 1048, 1120],
  ])('%d processes measured %d kB in PageTables and %d kB in VmPTE', (...row) => {
    const result = recorded(...row)
    expect(groupIn(result).residualBytes).toBe(0)
    expect(pageTablesIn(result).residualBytes).toBe(0)
  })

  it('make the sum of VmPTE larger than PageTables: 2 tables of 20 count once', () => {
    const { sumVmPteBytes, measuredBytes, parts } = pageTablesIn(recorded(20, 1048, 1120))
    expect(sumVmPteBytes).toBeGreaterThan(measuredBytes)
    expect(parts).toContainEqual({
      kind: 'links',
      tables: 2,
      onceBytes: 2 * table,
      inVmPteBytes: 40 * table,
      bytes: -38 * table,
    })
  })

  it('are no part of PageTables where there are none', () => {
    const untouched = {
      host: { hugepages: [{ pageBytes: 2 * mib, count: 1536 }] },
      regions: { segment: { size: 3 * gib, backing: 'sysv-shm' as const, pageBytes: 2 * mib } },
      groups: {
        workers: { processes: 20, maps: [{ region: 'segment', touched: range(0, 0) }] },
      },
    }
    const { parts } = pageTablesIn(verified(untouched, { pageTables: 100 * kib }))
    expect(parts.map(({ kind }) => kind)).not.toContain('links')
    expect(parts.length).toBeGreaterThan(0)
  })

  it('are named where they can only be in memory that is not planned', () => {
    const hugepages = [{ pageBytes: 2 * mib, count: 1 }]
    const seen: Seen = {
      pageTables: 10 * (each + table) - 9 * table,
      groups: { workers: [10, 10 * each] },
    }
    const own = pageTablesIn(verified(oneGib({ hugepages }), seen))
    expect(kinds(own.causes)).toEqual([['shared-tables', -9 * table]])
    // Without a pool there is no hugetlb.
    expect(pageTablesIn(verified(oneGib(), seen)).unexplainedBytes).toBe(-9 * table)
  })
})

describe('private memory that somebody looked at', () => {
  // baseTables are what the regions leave of VmPTE: 9 tables. Its pages need 6 or 7, its mappings 12.
  const seen = (vmPte: number): Seen => ({
    groups: { workers: [10, vmPte] },
    ownTables: [60 * table, 70 * table, 120 * table],
    baseTablesSource: 'mean of VmPTE, less the regions',
  })
  const at = (vmPte: number, baseTables = 9 * table) =>
    groupIn(verified(oneGib({}, { baseTables }), seen(vmPte)))

  it('is predicted no further than its pages allow, whatever VmPTE says', () => {
    expect(at(10 * each)).toMatchObject({
      predictedBytes: 10 * (514 + 7) * table,
      residualBytes: 20 * table,
      ownTables: { leastBytes: 60 * table, mostBytes: 70 * table, mappedBytes: 120 * table },
    })
    expect(kinds(at(10 * each).causes)).toEqual([['empty-tables', 20 * table]])
    expect(at(10 * (each - 5 * table), 4 * table)).toMatchObject({
      predictedBytes: 10 * (514 + 6) * table,
      residualBytes: -20 * table,
    })
  })

  it('agrees with base tables that its pages allow', () => {
    const within = 10 * (514 + 6.5) * table
    expect(at(within, 6.5 * table)).toMatchObject({ residualBytes: 0, causes: [] })
  })

  it('has no more empty tables than its mappings reach', () => {
    expect(at(10 * (each + 3 * table))).toMatchObject({ unexplainedBytes: 0 })
    expect(at(10 * (each + 3 * table) + table)).toMatchObject({ unexplainedBytes: table })
  })

  it('is in PageTables as well, beside what every process has', () => {
    const found = verified(oneGib(), { ...seen(10 * each), pageTables: 10 * (each + table) })
    expect(pageTablesIn(found)).toMatchObject({ residualBytes: 20 * table, unexplainedBytes: 0 })
  })

  it('that nobody looked at has baseTables, and where they were read', () => {
    const { ownTables: _, ...without } = seen(10 * each)
    expect(groupIn(verified(oneGib(), without))).toMatchObject({
      residualBytes: 0,
      baseTablesSource: 'mean of VmPTE, less the regions',
    })
  })
})
