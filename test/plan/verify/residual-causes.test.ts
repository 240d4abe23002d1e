import { describe, expect, it } from 'vitest'
import type { WorkloadParts } from '../../build.ts'
import { gib, kib, mib, random, range } from '../../build.ts'
import type { Seen } from './counters.ts'
import { each, groupIn, kinds, oneGib, pageTablesIn, table, verified } from './counters.ts'

describe('a group with a residual', () => {
  const residual = (tables: number, parts: WorkloadParts = oneGib()) =>
    groupIn(verified(parts, { groups: { workers: [10, 10 * each + tables * table] } }))

  it('of tables too few was touched less than the scenario says, down to none of it', () => {
    expect(residual(-5140)).toMatchObject({
      causes: [{ kind: 'short', bytes: -5140 * table, leastBytes: -5140 * table, mostBytes: 0 }],
      unexplainedBytes: 0,
    })
    expect(residual(-5141)).toMatchObject({ unexplainedBytes: -table })
  })

  it('of tables too many has empty ones, up to those of its mappings touched whole', () => {
    // The first half of the GiB is touched: 256 more tables could be there in each process.
    const half = oneGib({}, { maps: [{ region: 'shm', touched: range(0, gib / 2 / 4096) }] })
    const { causes, unexplainedBytes } = residual(1, half)
    expect(causes).toMatchObject([
      { kind: 'empty-tables', bytes: 2560 * table, mostBytes: 2560 * table },
    ])
    expect(unexplainedBytes).toBe(table)
  })

  it('has none that mappings explain where all is touched', () => {
    expect(residual(3)).toMatchObject({ causes: [], unexplainedBytes: 3 * table })
  })

  it('may have base pages where the scenario says transparent huge ones', () => {
    const huge = oneGib({}, {}, { thp: true })
    expect(kinds(residual(0, huge).causes)).toEqual([['small-pages', 5120 * table]])
  })

  it('of less than 1 KiB in each process is rounding, where base tables are an average', () => {
    const average = oneGib({}, { baseTables: 9 * table - 100 })
    expect(kinds(residual(0, average).causes)).toEqual([['rounding', 1000]])
    expect(kinds(residual(3, average).causes)).toEqual([['rounding', 10_230]])
  })

  it('keeps to what can happen where chance decides', () => {
    const drawn = oneGib({}, { maps: [{ region: 'shm', touched: random(100) }] })
    // 1 to 100 pte tables in each process; the expectation is 512 · (1 − C(n−512, 100)/C(n, 100)).
    const least = 10 * (1 + 1 + 1 + 9) * table
    const most = 10 * (100 + 1 + 1 + 9) * table
    const at = (vmPte: number) => groupIn(verified(drawn, { groups: { workers: [10, vmPte] } }))
    expect(at(most)).toMatchObject({ leastBytes: least, mostBytes: most, unexplainedBytes: 0 })
    expect(kinds(at(most).causes).map(([kind]) => kind)).toEqual(['chance'])
    expect(kinds(at(least).causes).map(([kind]) => kind)).toEqual(['chance'])
    expect(kinds(at(most + table).causes)[1]).toEqual(['empty-tables', table])
    expect(kinds(at(least - table).causes)[1]).toEqual(['short', 0 - table])
  })

  it('has no share of nothing', () => {
    const idle = groupIn(verified(oneGib(), { groups: { workers: [0, 0] } }))
    expect(idle).toMatchObject({ residualBytes: 0, predictedBytes: 0 })
    expect('residualFraction' in idle).toBe(false)
  })
})

describe('PageTables with a residual', () => {
  const own = 10 * (each + table)
  const seen = (more: number, rest: Partial<Seen> = {}): Seen => ({
    pageTables: own + more,
    groups: { workers: [10, 10 * each] },
    elsewhere: [0, 0],
    ...rest,
  })

  it('has tables of the kernel since Linux 6.16, up to those that map all of memory', () => {
    // 64 GiB are 16,777,216 pages with an entry of 8 B each.
    const { causes } = pageTablesIn(verified(oneGib(), seen(696 * kib)))
    expect(causes).toEqual([
      { kind: 'kernel-tables', bytes: 696 * kib, leastBytes: 0, mostBytes: 128 * mib },
    ])
    const more = pageTablesIn(verified(oneGib(), seen(128 * mib + 1)))
    expect(more.unexplainedBytes).toBe(1)
  })

  it('has none of them before', () => {
    const kernel = { major: 6, minor: 15 }
    expect(pageTablesIn(verified(oneGib({ kernel }), seen(696 * kib)))).toMatchObject({
      causes: [],
      unexplainedBytes: 696 * kib,
    })
  })

  it('has processes that nobody captured, where nobody looked elsewhere', () => {
    const { elsewhere: _, ...nobody } = seen(gib)
    expect(kinds(pageTablesIn(verified(oneGib(), nobody)).causes)).toEqual([['not-captured', gib]])
  })

  it('has no more unexplained than its groups, where nobody looked elsewhere', () => {
    const old = oneGib({ kernel: { major: 6, minor: 6 } })
    for (const more of [0, 40 * kib, gib]) {
      const result = verified(old, {
        pageTables: gib + more,
        groups: { workers: [10, 10 * each + mib] },
      })
      const { causes, unexplainedBytes } = pageTablesIn(result)
      expect(kinds(causes).map(([kind]) => kind)).toEqual(['unknown-levels', 'not-captured'])
      expect(unexplainedBytes).toBe(mib)
      expect(result.vmPte?.unexplainedBytes).toBe(mib)
    }
  })

  it('has the residuals of its groups, with their causes', () => {
    const half = oneGib({}, { maps: [{ region: 'shm', touched: range(0, gib / 2 / 4096) }] })
    const { causes, residualBytes } = pageTablesIn(verified(half, seen(40 * kib)))
    expect(residualBytes).toBe(2560 * table + 40 * kib)
    expect(kinds(causes)).toEqual([
      ['empty-tables', 2560 * table],
      ['kernel-tables', 40 * kib],
    ])
  })

  it('that is all there is compares the groups as the scenario has them', () => {
    const result = verified(oneGib(), { pageTables: own })
    expect(pageTablesIn(result).residualBytes).toBe(0)
    expect(result.vmPte).toBeUndefined()
  })

  it('has what exists once under mshare in no VmPTE, and says that it is proposed', () => {
    const mshared = oneGib({}, {}, { mshare: { mode: 0o666 } })
    // 512 + 1 + 1 tables once, and the PGD of the region; each process has its program and a PGD.
    const once = 515 * table
    const result = verified(mshared, {
      pageTables: 10 * 10 * table + once,
      groups: { workers: [10, 10 * 9 * table] },
    })
    expect(result.status).toBe('proposed')
    expect(pageTablesIn(result)).toMatchObject({ residualBytes: 0 })
    expect(pageTablesIn(result).parts).toContainEqual({ kind: 'mshare', bytes: once })
  })
})
