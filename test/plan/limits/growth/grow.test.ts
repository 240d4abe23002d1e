import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { growthOver } from '../../../../src/plan/limits/growth/grow.ts'
import { standingOf } from '../../../../src/plan/result/outlook.ts'
import type {
  GrowthResult,
  StrategyGrowth,
} from '../../../../src/plan/result/what-if/growth-result.ts'
import { planOrUnknown } from '../../../../src/plan/strategy/plans.ts'
import { readScenario } from '../../../../src/scenario/read-scenario.ts'
import { describedStrategy } from '../../../../src/sharing/catalogue.ts'
import { partCopies } from '../../../../src/sharing/pools/copies.ts'
import { dayText } from '../../../../src/units/calendar.ts'
import { growthDates } from '../../../../src/workload/growth.ts'
import { fingerprint } from '../../../../src/workload/identity.ts'
import type { Workload } from '../../../../src/workload/workload.ts'

/** Each process needs 1 MiB: 1,020 KiB of its own and its PGD. 900 are safe in 1,000 MiB, 1,000 fit. */
const plain = {
  version: 1,
  host: { memory: '1000 MiB', minFree: '0 B' },
  groups: {
    clients: { processes: 500, private: '1020 KiB', baseTables: '0 B', kernelMemory: '0 B' },
  },
}

function workloadOf(scenario: object, set: Readonly<Record<string, unknown>> = {}): Workload {
  const overrides = Object.entries(set).map(([path, value]) => ({ path, value: `${value}` }))
  const reading = readScenario(JSON.stringify(scenario), 'test.json', overrides)
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
  return reading.workload
}

function grown(scenario: object): GrowthResult {
  const { growth } = growthOver(workloadOf(scenario), { strategies: ['as-described'] })
  if (growth === undefined) throw new Error('nothing grows')
  return growth
}

function described(scenario: object): StrategyGrowth {
  const [only] = grown(scenario).strategies
  if (only === undefined) throw new Error('not planned')
  return only
}

/** Only the days and what it becomes. */
function turns({ changes }: StrategyGrowth): readonly string[] {
  return changes.map(({ before, date, from, to }) => `${before} ${from}, ${date} ${to}`)
}

const forty = { from: '2026-12-01', 'groups.clients.processes': '+40 per month' }

describe('when a host that grows stops being safe', () => {
  test('900 of 1,000 are the last that are safe, 980 the last that fit', () => {
    const found = described({ ...plain, growth: forty })
    expect(turns(found)).toEqual([
      '2027-10-01 safe, 2027-11-01 tight',
      '2027-12-01 tight, 2028-01-01 oom',
    ])
    expect(found).toMatchObject({
      now: 'safe',
      notSafeFrom: '2027-11-01',
      diesFrom: '2028-01-01',
      changes: [
        { values: [940], headroomBytes: 60 * 2 ** 20, stop: { cause: 'memory' } },
        { values: [1020], headroomBytes: -20 * 2 ** 20, stop: { cause: 'memory' } },
      ],
    })
    expect(found.swapsFrom).toBeUndefined()
  })

  test('with 100 MiB of swap 1,100 run', () => {
    const host = { ...plain.host, swap: '100 MiB' }
    const found = described({ ...plain, host, growth: forty })
    expect(found).toMatchObject({ swapsFrom: '2028-01-01', diesFrom: '2028-04-01' })
  })

  test('a percentage compounds: 500, 550, 605, 666, 733, 806, 886, 975, 1,072', () => {
    const growth = { from: '2026-12-31', 'groups.clients.processes': '+10% per year' }
    const found = described({ ...plain, growth })
    expect(found.changes.map(({ date, values }) => [date, ...values])).toEqual([
      ['2033-12-31', 975],
      ['2034-12-31', 1072],
    ])
  })

  test('days, weeks, months and years each grow on their own days', () => {
    const result = grown({
      ...plain,
      groups: { ...plain.groups, others: { ...plain.groups.clients, processes: 0 } },
      growth: {
        from: '2027-01-31',
        until: '2027-03-31',
        'groups.clients.processes': '+100 per month',
        'groups.others.processes': '+30 per week',
      },
    })
    // 28 February: 600 and 4 · 30. 31 March: 700 and 8 · 30.
    expect(result.dates).toBe(9)
    expect(result.strategies[0]?.changes.map(({ date, values }) => [date, ...values])).toEqual([
      ['2027-03-31', 700, 240],
    ])
  })

  test('what gets better again is found on its day: memory is added in December', () => {
    const growth = { ...forty, until: '2028-12-01', 'host.memory': '+100 MiB per year' }
    const found = described({ ...plain, growth })
    expect(turns(found)).toEqual([
      '2027-10-01 safe, 2027-11-01 tight',
      '2027-11-01 tight, 2027-12-01 safe',
      '2027-12-01 safe, 2028-01-01 tight',
      '2028-03-01 tight, 2028-04-01 oom',
    ])
    expect(found.changes[1]?.stop).toBeUndefined()
    expect(found.safeAgainFrom).toBeUndefined()
  })

  test('a host that is too full now is safe again once enough processes have gone', () => {
    const growth = {
      ...{ from: '2026-12-01', until: '2027-06-01' },
      'groups.clients.processes': '-100 per month',
    }
    const groups = { clients: { ...plain.groups.clients, processes: 1150 } }
    const found = described({ ...plain, groups, growth })
    expect(found).toMatchObject({
      ...{ now: 'oom', notSafeFrom: '2026-12-01', diesFrom: '2026-12-01' },
      safeAgainFrom: '2027-03-01',
    })
  })

  test('a region that outgrows its pool does not start', () => {
    const found = described({
      ...plain,
      host: { ...plain.host, hugepages: { '2 MiB': 100 } },
      regions: { sga: { size: '100 MiB', backing: 'sysv-shm', pageSize: '2 MiB' } },
      groups: { clients: { processes: 1, maps: [{ region: 'sga' }] } },
      growth: { from: '2026-12-01', 'regions.sga.size': '+3% per month' },
    })
    // 100 MiB · 1.03^23 = 197.4, in whole huge pages 198; 1.03^24: 203.3, 204.
    expect(found.changes).toMatchObject([
      { before: '2028-11-01', date: '2028-12-01', to: 'no-start', stop: { cause: 'huge-pages' } },
    ])
    expect(found.changes[0]?.values).toEqual(['204 MiB'])
  })

  test('what no scenario has ends the growth: more than 100 % are not touched', () => {
    const found = described({
      ...plain,
      regions: { sga: { size: '100 MiB' } },
      groups: { clients: { processes: 1, maps: [{ region: 'sga', touched: '90%' }] } },
      growth: { from: '2026-12-01', 'groups.clients.maps[0].touched': '+5% per month' },
    })
    expect(found.end).toEqual({ date: '2027-02-01', reason: 'too-large' })
  })

  test('Linux has no more than 4,194,304 processes', () => {
    const host = { ...plain.host, memory: '100 TiB' }
    const growth = { ...forty, 'groups.clients.processes': '+1000000 per month' }
    expect(described({ ...plain, host, growth }).end).toEqual({
      date: '2027-04-01',
      reason: 'too-large',
    })
  })
})

describe('laws', () => {
  const amounts = fc.oneof(
    fc.integer({ min: 1, max: 300 }).map((count) => `+${count}`),
    fc.integer({ min: 1, max: 200 }).map((tenths) => `+${tenths / 10}%`),
  )
  const drawn = fc.record({
    clients: amounts,
    per: fc.constantFrom('week', 'month', 'month', 'year'),
    region: fc.option(fc.constantFrom('+3% per month', '+300 MiB per year')),
    memory: fc.option(fc.constantFrom('+1 GiB per year', '-1% per month')),
    hasPool: fc.boolean(),
  })
  type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never

  function scenarioOf({ clients, per, region, memory, hasPool }: Drawn): object {
    const pool = { hugepages: { '2 MiB': 1200 } }
    const huge = { backing: 'memfd', pageSize: '2 MiB' }
    return {
      version: 1,
      host: { memory: '16 GiB', swap: '1 GiB', ...(hasPool ? pool : {}) },
      regions: { sga: { size: '2 GiB', ...(hasPool ? huge : {}) } },
      groups: {
        clients: { processes: 300, private: '4 MiB', maps: [{ region: 'sga' }] },
      },
      growth: {
        ...{ from: '2026-08-31', until: '2028-12-31' },
        'groups.clients.processes': `${clients} per ${per}`,
        ...(region === null ? {} : { 'regions.sga.size': region }),
        ...(memory === null ? {} : { 'host.memory': memory }),
      },
    }
  }

  function growthIn(scenario: object): NonNullable<Workload['growth']> {
    const { growth } = workloadOf(scenario)
    if (growth === undefined) throw new Error('nothing grows')
    return growth
  }

  /** By reading the scenario of each day with `--set`, one after another. */
  function changesOneByOne(scenario: object): readonly string[] {
    const growth = growthIn(scenario)
    const changes: string[] = []
    let last: string | undefined
    for (const day of growthDates(growth.from, growth.until, growth.rates)) {
      const values = growth.valuesOn(day) ?? []
      const set = growth.rates.map(({ path }, at) => [path, values[at]])
      const there = workloadOf({ ...scenario, growth: undefined }, Object.fromEntries(set))
      const read = growth.scenarioOn(day)
      expect(read && fingerprint(read)).toBe(fingerprint(there))
      const planned = planOrUnknown(() => partCopies(there), describedStrategy)
      if (typeof planned !== 'object') throw new Error(dayText(day))
      const standing = standingOf(planned)
      if (last !== undefined && standing !== last) changes.push(`${dayText(day)} ${standing}`)
      last = standing
    }
    return changes
  }

  test('every day is the plan of the scenario with its values set, and no change is missed', () => {
    const runs = process.env['LAW_RUNS'] === 'full' ? 300 : 8
    let compared = 0
    fc.assert(
      fc.property(drawn, (values) => {
        const scenario = scenarioOf(values)
        const { changes } = described(scenario)
        const seen = changesOneByOne(scenario)
        const mayImprove = values.memory !== null
        const dead = seen.findIndex((one) => /oom|no-start/.test(one))
        const told = mayImprove || dead === -1 ? seen : seen.slice(0, dead + 1)
        expect(changes.map(({ date, to }) => `${date} ${to}`)).toEqual(told)
        compared += told.length
      }),
      { numRuns: runs, ...(runs === 8 ? { seed: 20 } : {}) },
    )
    expect(compared).toBeGreaterThan(runs / 2)
  })
})
