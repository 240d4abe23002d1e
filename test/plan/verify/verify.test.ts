import { describe, expect, it } from 'vitest'
import { findLayout } from '../../../src/geometry/catalogue.ts'
import type {
  Cause,
  Comparison,
  GroupComparison,
  PageTablesComparison,
  VerifyResult,
} from '../../../src/plan/result/verify-result.ts'
import { hasMeasurement, verify } from '../../../src/plan/verify/verify.ts'
import { bytes, count, QuantityError } from '../../../src/units/quantity.ts'
import type { Workload } from '../../../src/workload/workload.ts'
import type { GroupParts, HostParts, RegionParts, WorkloadParts } from '../../build.ts'
import { fiveLevels, gib, kib, mib, nth, random, range, workload } from '../../build.ts'

const table = 4096

interface Seen {
  readonly pageTables?: number
  readonly groups?: Readonly<Record<string, readonly [processes: number, vmPte: number]>>
  readonly elsewhere?: readonly [processes: number, vmPte: number]
  /** Of every group. */
  readonly ownTables?: readonly [least: number, most: number, mapped: number]
  readonly baseTablesSource?: string
  /** Groups whose baseTables are what was left of the VmPTE. */
  readonly fitted?: readonly string[]
  readonly maxResidual?: Workload['maxResidual']
}

function measuredAs(parts: WorkloadParts, seen: Seen): Workload {
  const of = ([processes, vmPte]: readonly [number, number]) => ({
    processes: count(processes),
    vmPte: bytes(vmPte),
  })
  const { pageTables, groups, elsewhere, maxResidual, ownTables, baseTablesSource } = seen
  const { fitted = [] } = seen
  const [least = 0, most = 0, mapped = 0] = ownTables ?? []
  const sizes = { least: bytes(least), most: bytes(most), mapped: bytes(mapped) }
  const own = { ownTables: sizes }
  const path = 'groups.workers.baseTables'
  return {
    ...workload(parts),
    ...(maxResidual === undefined ? {} : { maxResidual }),
    measured: {
      ...(pageTables === undefined ? {} : { pageTables: bytes(pageTables) }),
      groups: Object.entries(groups ?? {}).map(([name, one]) => ({
        name,
        ...of(one),
        ...(ownTables === undefined ? {} : own),
        ...(fitted.includes(name) ? { fitted: true as const } : {}),
      })),
      ...(elsewhere === undefined ? {} : { elsewhere: of(elsewhere) }),
      sources: baseTablesSource === undefined ? [] : [{ path, source: baseTablesSource }],
    },
  }
}

function verified(parts: WorkloadParts, seen: Seen): VerifyResult {
  const scenario = { name: 'test', file: '-', fingerprint: '' }
  const result = verify(measuredAs(parts, seen), {
    tool: { name: 'mshare-plan', version: '0' },
    scenario,
  })
  expectSums(result)
  return result
}

/** Every residual is what its causes and the rest make; every prediction what its parts make. */
function expectSums({ groups, vmPte, pageTables }: VerifyResult): void {
  const compared: readonly Comparison[] = [
    ...groups.filter((group) => group.compared),
    ...(vmPte === undefined ? [] : [vmPte]),
    ...(pageTables === undefined ? [] : [pageTables]),
  ]
  expect(compared.length).toBeGreaterThan(0)
  for (const one of compared) {
    expect(one.residualBytes).toBe(one.measuredBytes - one.predictedBytes)
    expect(sum(one.causes.map((cause) => cause.bytes)) + one.unexplainedBytes).toBe(
      one.residualBytes,
    )
    for (const { bytes: part, leastBytes, mostBytes } of one.causes) {
      expect(part).toBeGreaterThanOrEqual(leastBytes)
      expect(part).toBeLessThanOrEqual(mostBytes)
    }
  }
  if (pageTables === undefined) return
  expect(sum(pageTables.parts.map((part) => part.bytes))).toBe(pageTables.predictedBytes)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** One GiB, touched whole at an aligned address: 512 + 1 + 1 tables, and 5 of the program itself. */
function oneGib(host: HostParts = {}, group: GroupParts = {}, region: Partial<RegionParts> = {}) {
  return {
    host,
    regions: { shm: { size: gib, ...region } },
    groups: {
      workers: { processes: 10, baseTables: 9 * table, maps: [{ region: 'shm' }], ...group },
    },
  }
}
const each = (514 + 9) * table

function groupIn(result: VerifyResult, index = 0): Extract<GroupComparison, { compared: true }> {
  const group = nth(result.groups, index)
  if (!group.compared) throw new RangeError(`${group.name} was not compared`)
  return group
}

function pageTablesIn({ pageTables }: VerifyResult): PageTablesComparison {
  if (pageTables === undefined) throw new RangeError('PageTables was not compared')
  return pageTables
}

function kinds(causes: readonly Cause[]): readonly (readonly [string, number])[] {
  return causes.map(({ kind, bytes: part }) => [kind, part] as const)
}

describe('a plan that agrees with the counters', () => {
  const result = verified(oneGib(), {
    pageTables: 10 * (each + table),
    groups: { workers: [10, 10 * each] },
  })

  it('has no residual, and no cause', () => {
    expect(groupIn(result)).toMatchObject({ residualBytes: 0, residualFraction: 0, causes: [] })
    expect(pageTablesIn(result)).toMatchObject({ residualBytes: 0, unexplainedBytes: 0 })
    expect(result.vmPte).toMatchObject({ processes: 10, measuredBytes: 10 * each })
  })

  it('counts the PGDs of Linux 6.18 in PageTables, beside VmPTE', () => {
    expect(pageTablesIn(result).parts).toEqual([
      { kind: 'groups', processes: 10, bytes: 10 * each },
      { kind: 'level', level: 'pgd', bytes: 10 * table },
    ])
  })

  it('without a limit there is no gate, and no verdict', () => {
    expect(result).toMatchObject({ gates: [], verdict: 'none', status: 'mainline' })
  })
})

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

describe('base tables that were worked out from the VmPTE they are compared with', () => {
  const { workers } = oneGib().groups
  const both = { ...oneGib(), groups: { workers, others: workers } }
  const limit = { kind: 'fraction', fraction: 0.5 } as const

  it('verify nothing: no gate holds, and they are in no sum', () => {
    const groups = { workers: [10, 10 * each], others: [10, 10 * each] } as const
    const seen: Seen = { groups, maxResidual: limit, pageTables: 20 * (each + table) }
    const fair = verified(both, seen)
    expect(fair).toMatchObject({ verdict: 'pass', vmPte: { processes: 20 } })
    const found = verified(both, { ...seen, fitted: ['others'] })
    expect(found).toMatchObject({ verdict: 'fail', vmPte: { processes: 10 } })
    expect(found.gates.map(({ group, holds }) => [group, holds])).toEqual([
      ['workers', true],
      ['others', false],
      [undefined, true],
    ])
    const nothing = verified(both, { ...seen, fitted: ['workers', 'others'] })
    expect('vmPte' in nothing).toBe(false)
  })
})

describe('a scenario that was edited', () => {
  it('is compared for the processes that were measured', () => {
    const result = verified(oneGib({}, { processes: 4000 }), {
      pageTables: 10 * (each + table),
      groups: { workers: [10, 10 * each] },
    })
    expect(groupIn(result)).toMatchObject({
      processes: 10,
      scenarioProcesses: 4000,
      residualBytes: 0,
    })
    expect(pageTablesIn(result).residualBytes).toBe(0)
  })

  it('lists a group that nobody measured, which PageTables may have or not', () => {
    const parts = oneGib()
    const { workers } = parts.groups
    const both = { ...parts, groups: { workers, added: { ...workers, processes: 3 } } }
    const seen: Seen = { groups: { workers: [10, 10 * each] }, elsewhere: [0, 0] }
    const absent = verified(both, { ...seen, pageTables: 10 * (each + table) })
    expect(nth(absent.groups, 1)).toEqual({ name: 'added', compared: false, scenarioProcesses: 3 })
    expect(kinds(pageTablesIn(absent).causes)).toEqual([['not-measured', -3 * (each + table)]])
    const present = verified(both, { ...seen, pageTables: 13 * (each + table) })
    expect(pageTablesIn(present).residualBytes).toBe(0)
    expect(present.vmPte?.processes).toBe(10)
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

describe('a gate on the residual', () => {
  const judged = (maxResidual: Workload['maxResidual'], seen: Partial<Seen> = {}) =>
    verified(oneGib(), {
      pageTables: 10 * (each + table) + 100 * table,
      groups: { workers: [10, 10 * each + 100 * table] },
      ...(maxResidual === undefined ? {} : { maxResidual }),
      ...seen,
    })
  const size = (amount: number) => ({ kind: 'bytes', bytes: bytes(amount) }) as const

  it('holds at the limit and not a byte below, whatever the sign', () => {
    expect(judged(size(100 * table))).toMatchObject({
      gates: [
        { metric: 'residual', group: 'workers', actual: 100 * table, margin: 0, holds: true },
        { metric: 'residual', holds: true },
      ],
      verdict: 'pass',
    })
    expect(judged(size(100 * table - 1))).toMatchObject({
      gates: [{ margin: -1, holds: false }, { holds: false }],
      verdict: 'fail',
    })
    const less = { groups: { workers: [10, 10 * each - 100 * table] } } as const
    expect(judged(size(100 * table), less).gates[0]).toMatchObject({ actual: 100 * table })
  })

  it('as a share is one of what was measured, rounded down', () => {
    // 5330 tables measured: a percent of them is 53.3.
    const { gates } = judged({ kind: 'fraction', fraction: 0.01 })
    expect(gates[0]).toMatchObject({ limit: Math.floor(53.3 * table), holds: false })
    expect(judged({ kind: 'fraction', fraction: 0.02 }).verdict).toBe('pass')
  })

  it('does not hold where nothing was measured', () => {
    const { pageTables: _, ...without } = {
      pageTables: 0,
      groups: { workers: [10, 10 * each] },
      maxResidual: size(gib),
    } satisfies Seen
    const noTotal = verified(oneGib(), without)
    expect(noTotal.gates).toEqual([
      expect.objectContaining({ group: 'workers', holds: true }),
      { metric: 'residual', unit: 'bytes', limit: gib, holds: false },
    ])
    expect(noTotal.verdict).toBe('fail')
    const noGroup = judged(size(gib), { groups: {} })
    expect(noGroup.gates[0]).toEqual({
      metric: 'residual',
      unit: 'bytes',
      limit: gib,
      group: 'workers',
      holds: false,
    })
  })
})

describe('nothing to compare', () => {
  it('is said before anything is asked', () => {
    expect(hasMeasurement(workload(oneGib()))).toBe(false)
    expect(hasMeasurement(measuredAs(oneGib(), { elsewhere: [3, 100] }))).toBe(false)
    expect(hasMeasurement(measuredAs(oneGib(), { pageTables: 0 }))).toBe(true)
    expect(() => verified(oneGib(), {})).toThrow(RangeError)
  })
})

it('sums past 2^53 − 1 are refused, not rounded', () => {
  const most = Number.MAX_SAFE_INTEGER
  const two = { ...oneGib(), groups: { a: { processes: 1 }, b: { processes: 1 } } }
  const seen: Seen = { groups: { a: [1, most], b: [1, most] } }
  expect(() => verified(two, seen)).toThrow(QuantityError)
})
