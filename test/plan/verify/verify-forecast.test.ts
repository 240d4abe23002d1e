import { describe, expect, it } from 'vitest'
import type { RegionOutcome, VerifyResult } from '../../../src/plan/result/verify-result.ts'
import type { PoolCounts } from '../../../src/plan/verify/region-outcomes.ts'
import { verifyForecast } from '../../../src/plan/verify/verify-forecast.ts'
import type { WorkloadParts } from '../../build.ts'
import { gib, kib, mib, nth, workload } from '../../build.ts'
import type { Seen } from './counters.ts'
import { expectSums, groupIn, kinds, measuredAs, pageTablesIn, table } from './counters.ts'

const huge = 2 * mib
const baseTables = 36 * kib

/** Ten workers that map 1 GiB of SysV shared memory. */
function segment(pageBytes?: number, name = 'workers', processes = 10): WorkloadParts {
  const pages = pageBytes === undefined ? {} : { pageBytes }
  return {
    host: { hugepages: pageBytes === undefined ? [] : [{ pageBytes, count: 512 }] },
    regions: { segment: { size: gib, backing: 'sysv-shm', ...pages } },
    groups: { [name]: { processes, baseTables, maps: [{ region: 'segment' }] } },
  }
}

/** 1 GiB on base pages: 512 pte tables, a pmd and a pud table. On huge ones a pmd and a pud table. */
const onBase = (512 + 2) * table + baseTables
const onHuge = 2 * table + baseTables
const full: PoolCounts = { pageBytes: huge, total: 512, free: 0, reserved: 0 }

function held(
  machine: WorkloadParts,
  seen: Seen,
  { pools = [full], id = 'hugetlb-2m', forecast = segment(), limit = seen.maxResidual } = {},
): VerifyResult {
  const planned = { ...workload(forecast), ...(limit === undefined ? {} : { maxResidual: limit }) }
  const now = { workload: measuredAs(machine, seen), pools }
  const verified = verifyForecast(planned, id, now, { name: 'test' })
  if (!verified.ok) throw new Error(verified.fault.kind)
  expectSums(verified.result)
  return verified.result
}

function regionIn({ forecast }: VerifyResult): RegionOutcome {
  return nth(forecast?.regions ?? [], 0)
}

describe('a segment that was moved to huge pages, as planned', () => {
  const seen: Seen = {
    groups: { workers: [10, 10 * onHuge] },
    elsewhere: [0, 0],
    // Ten PGDs and ten pud tables; the pmd table is linked, and so exists once.
    pageTables: 10 * (onHuge + table) - 9 * table,
  }
  const result = held(segment(huge), seen)

  it('holds, without a residual', () => {
    expect(result.forecast?.holds).toBe(true)
    expect(groupIn(result)).toMatchObject({ residualBytes: 0, predictedBytes: 10 * onHuge })
    expect(pageTablesIn(result).residualBytes).toBe(0)
    expect(regionIn(result)).toMatchObject({ by: 'name', holds: true })
  })

  it('used what was planned of the pool', () => {
    expect(result.forecast?.pools).toEqual([
      { pageBytes: huge, plannedPages: 512, pages: 512, usedPages: 512, reservedPages: 0 },
    ])
  })

  it('is compared with as many processes as run', () => {
    const forecast = segment(undefined, 'workers', 4000)
    const scaled = held(segment(huge), seen, { forecast })
    expect(groupIn(scaled)).toMatchObject({
      processes: 10,
      scenarioProcesses: 4000,
      residualBytes: 0,
    })
  })
})

describe('a segment that fell back to base pages', () => {
  const seen: Seen = { groups: { workers: [10, 10 * onBase] }, elsewhere: [0, 0] }
  const small = { ...full, total: 100, free: 100 }
  const machine = {
    ...segment(),
    host: { hugepages: [{ pageBytes: huge, count: 100 }] },
  }

  it('has 512 more tables in each process, and that cause', () => {
    const result = held(machine, seen, { pools: [small] })
    expect(result.forecast?.holds).toBe(false)
    expect(groupIn(result).residualBytes).toBe(10 * 512 * table)
    expect(kinds(groupIn(result).causes)).toEqual([['other-pages', 10 * 512 * table]])
    expect(groupIn(result).unexplainedBytes).toBe(0)
  })

  it('because the pool is too small', () => {
    const { cause } = regionIn(held(machine, seen, { pools: [small] }))
    expect(cause).toEqual({ kind: 'pool-too-small', needed: 512, pages: 100 })
  })

  it('because others took the pool', () => {
    const roomy = { ...segment(), host: { hugepages: [{ pageBytes: huge, count: 512 }] } }
    const taken = { ...full, free: 300, reserved: 100 }
    const { cause } = regionIn(held(roomy, seen, { pools: [taken] }))
    expect(cause).toEqual({ kind: 'pool-taken', needed: 512, available: 200 })
  })

  it('because the program was not restarted, where the pool has room', () => {
    const roomy = { ...segment(), host: { hugepages: [{ pageBytes: huge, count: 512 }] } }
    const { cause } = regionIn(held(roomy, seen, { pools: [{ ...full, free: 512 }] }))
    expect(cause).toEqual({ kind: 'not-asked', needed: 512, available: 512 })
  })

  it('and nothing is said of a pool that the machine does not describe', () => {
    const roomy = { ...segment(), host: { hugepages: [{ pageBytes: huge, count: 512 }] } }
    expect(regionIn(held(roomy, seen, { pools: [] })).cause).toEqual({ kind: 'other-pages' })
  })

  it('fails a limit on the residual', () => {
    const limit = { kind: 'fraction', fraction: 0.05 } as const
    const result = held(machine, { ...seen, pageTables: 10 * (onBase + table) }, { limit })
    expect(result.verdict).toBe('fail')
    expect(result.gates.map(({ group, holds }) => [group, holds])).toEqual([
      ['workers', false],
      [undefined, false],
    ])
  })
})

describe('base tables that a forecast assumed', () => {
  it('are a cause where the private memory was looked at', () => {
    const own = 10 * (baseTables - 5 * table)
    const result = held(segment(huge), {
      groups: { workers: [10, 10 * (onHuge - 5 * table)] },
      ownTables: [own, own, own],
    })
    expect(kinds(groupIn(result).causes)).toEqual([['own-tables', -50 * table]])
  })
})

describe('groups and regions of other names', () => {
  const machine: WorkloadParts = {
    ...segment(huge, 'app: workers'),
    regions: { 'sysv-shm 7': { size: gib + huge, backing: 'sysv-shm', pageBytes: huge } },
    groups: {
      'app: workers': { processes: 10, maps: [{ region: 'sysv-shm 7' }] },
      batch: { processes: 3 },
    },
  }
  const seen: Seen = {
    groups: { 'app: workers': [10, 10 * onHuge], batch: [3, 300 * kib] },
    elsewhere: [2, 100 * kib],
    pageTables: 10 * (onHuge + table) - 9 * table + 400 * kib + 5 * table,
  }
  const result = held(machine, seen)

  it('are matched by what the processes do, and by size', () => {
    expect(result.forecast?.matches).toEqual([
      { name: 'workers', found: ['app: workers'], by: 'role', processes: 10, plannedProcesses: 10 },
    ])
    const [found] = regionIn(result).found
    expect(found).toEqual({
      name: 'sysv-shm 7',
      sizeBytes: gib + huge,
      pageBytes: huge,
      thp: false,
    })
    expect(regionIn(result).by).toBe('size')
  })

  it('what is not in the forecast counts as elsewhere', () => {
    expect(result.forecast?.otherGroups).toEqual(['batch'])
    expect(pageTablesIn(result).parts).toContainEqual({
      kind: 'elsewhere',
      processes: 5,
      bytes: 400 * kib,
    })
    expect(pageTablesIn(result).residualBytes).toBe(0)
  })

  it('memory of another size is not taken for the region', () => {
    const regions = { 'sysv-shm 7': { size: 2 * gib, backing: 'sysv-shm' } } as const
    const other = held({ ...machine, regions }, seen)
    expect(regionIn(other)).toMatchObject({ found: [], holds: false, cause: { kind: 'not-found' } })
  })

  it('segments that come to the size together are taken together', () => {
    const half = { size: gib / 2, backing: 'sysv-shm', pageBytes: huge } as const
    const maps = [{ region: 'a' }, { region: 'b' }]
    const two = {
      regions: { a: half, b: half },
      groups: { 'app: workers': { processes: 10, maps }, batch: { processes: 3 } },
    }
    expect(regionIn(held(two, seen)).found.map(({ name }) => name)).toEqual(['a', 'b'])
  })

  it('a group without processes is named, in no total, and fails a limit', () => {
    const limit = { kind: 'fraction', fraction: 1 } as const
    const gone = held(
      { groups: { batch: { processes: 3 } } },
      { groups: { batch: [3, 300 * kib] }, elsewhere: [0, 0], pageTables: 300 * kib + 3 * table },
      { limit },
    )
    expect(gone.groups).toEqual([{ name: 'workers', compared: false, scenarioProcesses: 10 }])
    expect(gone.forecast).toMatchObject({ holds: false, regions: [] })
    expect(pageTablesIn(gone).residualBytes).toBe(0)
    expect(gone.verdict).toBe('fail')
  })
})

describe('other strategies', () => {
  it('as described: the pages of the scenario, and its pool', () => {
    const seen: Seen = { groups: { workers: [10, 10 * onHuge] } }
    const described = { id: 'as-described', forecast: segment(huge) }
    expect(held(segment(huge), seen, described).forecast?.holds).toBe(true)
    const base = held(segment(huge), seen, { id: 'as-described' })
    expect(regionIn(base)).toMatchObject({ holds: false, cause: { kind: 'other-pages' } })
  })

  it('threads: processes that are still processes did not come true', () => {
    const seen: Seen = { groups: { workers: [10, 10 * onBase] } }
    const { forecast } = held(segment(), seen, { id: 'threads' })
    expect(nth(forecast?.matches ?? [], 0)).toMatchObject({ processes: 10, plannedProcesses: 1 })
    expect(forecast?.holds).toBe(false)
    const united = {
      ...segment(),
      groups: { workers: { threads: 10, processes: 1, maps: [{ region: 'segment' }] } },
    }
    const one = held(united, { groups: { workers: [1, onBase] } }, { id: 'threads' })
    expect(one.forecast?.holds).toBe(true)
    expect(groupIn(one).residualBytes).toBe(0)
  })

  it('private memory on base pages is in no capture, and is as planned where that was the plan', () => {
    const forecast: WorkloadParts = {
      regions: { heap: { size: gib, backing: 'anonymous' } },
      groups: { workers: { processes: 10, baseTables, maps: [{ region: 'heap' }] } },
    }
    const machine = { groups: { workers: { processes: 10 } } }
    const seen: Seen = { groups: { workers: [10, 10 * onBase] } }
    const base = held(machine, seen, { forecast, id: 'base-pages' })
    expect(regionIn(base)).toMatchObject({ found: [], holds: true })
    const moved = held(machine, seen, { forecast })
    expect(regionIn(moved)).toMatchObject({ holds: false, cause: { kind: 'private' } })
  })
})

describe('forecasts that cannot be compared', () => {
  const now = { workload: measuredAs(segment(), { pageTables: table }), pools: [] }
  const about = { name: 'test' }

  it('say why', () => {
    const forecast = workload(segment())
    const faultOf = (id: string, machine = now, planned = forecast) => {
      const verified = verifyForecast(planned, id, machine, about)
      return verified.ok ? undefined : verified.fault.kind
    }
    expect(faultOf('hugetlb-3m')).toBe('unknown-strategy')
    expect(faultOf('as-described', { workload: forecast, pools: [] })).toBe('not-measured')
    const file = { ...segment(), regions: { segment: { size: gib, backing: 'file' } } } as const
    expect(faultOf('hugetlb-2m', now, workload(file))).toBe('obstacles')
  })
})
