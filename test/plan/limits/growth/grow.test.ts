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
import { describedStrategy, strategyOf } from '../../../../src/sharing/catalogue.ts'
import { partCopies } from '../../../../src/sharing/pools/copies.ts'
import { dayText } from '../../../../src/units/date/calendar.ts'
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

  test('a cgroup out of memory for some months, until others touch its pages first', () => {
    const random = (share: string): object => ({ random: share, in: '2 MiB' })
    const { growth } = growthOver(
      workloadOf({
        version: 1,
        host: { memory: '256 GB', cgroups: { B: { limit: '4 GB' } } },
        regions: { b: { size: '10 GB' } },
        groups: {
          a: { processes: 1, maps: [{ region: 'b', touched: random('0.5%') }] },
          w: { processes: 1, cgroup: 'B', maps: [{ region: 'b', touched: random('2%') }] },
        },
        growth: {
          ...{ from: '2026-01-01', until: '2029-01-01' },
          'groups.a.processes': '+10 per month',
          'groups.w.processes': '+10 per month',
        },
      }),
      { strategies: ['threads', 'base-pages'] },
    )
    expect(growth?.strategies).toMatchObject([
      { id: 'base-pages', diesFrom: '2026-04-01' },
      { id: 'threads', diesFrom: '2026-04-01', safeAgainFrom: '2027-09-01' },
    ])
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
    const days = growthDates(growth.from, growth.until, growth.rates)
    for (const day of days.filter((one) => growth.scenarioOn(one) !== undefined)) {
      const read = growth.scenarioOn(day)
      const values = growth.valuesOn(day) ?? []
      const set = growth.rates.map(({ path }, at) => [path, values[at]])
      const there = workloadOf({ ...scenario, growth: undefined }, Object.fromEntries(set))
      expect(read && fingerprint(read)).toBe(fingerprint(there))
      const planned = planOrUnknown(() => partCopies(there), describedStrategy)
      if (typeof planned !== 'object') throw new Error(dayText(day))
      const standing = standingOf(planned)
      if (last !== undefined && standing !== last) changes.push(`${dayText(day)} ${standing}`)
      last = standing
    }
    return changes
  }

  const share = fc.integer({ min: 1, max: 99 }).map((percent) => `${percent}%`)
  const charged = fc.record({
    limits: fc.array(fc.option(fc.integer({ min: 300, max: 6000 })), {
      minLength: 2,
      maxLength: 2,
    }),
    fallback: fc.constantFrom('fail', 'base-pages', 'mixed'),
    touched: fc.array(
      fc.oneof(
        share,
        share.map((random) => ({ random })),
        share.map((random) => ({ random, in: '2 MiB' })),
        fc.integer({ min: 9, max: 9e5 }).map((accesses) => ({ zipf: { exponent: 1, accesses } })),
      ),
      { minLength: 2, maxLength: 2 },
    ),
    grows: fc.uniqueArray(
      fc.constantFrom(
        ...['groups.a.processes', 'groups.b.processes', 'groups.b.private', 'groups.a.threads'],
      ),
      { minLength: 1 },
    ),
    percent: fc.integer({ min: 3, max: 60 }),
    seesPool: fc.boolean(),
  })

  function chargedScenario(values: typeof charged extends fc.Arbitrary<infer T> ? T : never) {
    const { limits, fallback, touched, grows, percent, seesPool } = values
    const [a, b] = limits
    const huge = { backing: 'memfd', pageSize: '2 MiB', fallback }
    const inCgroup = (cgroup: string, limit: unknown) => (limit === null ? {} : { cgroup })
    const cgroups = {
      ...(a === null ? {} : { a: { limit: `${a} MiB` } }),
      ...(b === null ? {} : { b: { limit: `${b} MiB` } }),
    }
    const maps = touched.map((one, index) => ({
      region: seesPool ? 'pool' : `r${index}`,
      touched: one,
    }))
    const each = { private: '9 MiB', threads: 2, maps }
    return {
      version: 1,
      host: { memory: '12 GiB', swap: '1 GiB', hugepages: { '2 MiB': 600 }, cgroups },
      regions: {
        pool: { size: '2 GiB', ...(fallback === 'fail' ? {} : huge) },
        r0: { size: '3 GiB' },
        r1: { size: '1 GiB' },
      },
      groups: {
        a: { processes: 3, ...each, ...inCgroup('a', a) },
        b: { processes: 20, ...each, ...inCgroup('b', b), maps: maps.slice(1) },
      },
      growth: {
        ...{ from: '2026-08-31', until: '2028-01-31' },
        ...Object.fromEntries(grows.map((path) => [path, `+${percent}% per month`])),
      },
    }
  }

  test('with cgroups, fallbacks and any pages touched, each strategy changes as day after day does', () => {
    const runs = process.env['LAW_RUNS'] === 'full' ? 300 : 8
    let compared = 0
    fc.assert(
      fc.property(charged.map(chargedScenario), (scenario) => {
        const workload = workloadOf(scenario)
        const growth = growthIn(scenario)
        const days = growthDates(growth.from, growth.until, growth.rates)
        const { growth: { strategies = [] } = {} } = growthOver(workload)
        for (const { id, now, changes } of strategies) {
          const named = strategyOf(workload.host.layout, id)
          let last: string = now
          const seen = days.flatMap((day) => {
            const there = growth.scenarioOn(day)
            const planned = named && there && planOrUnknown(() => partCopies(there), named)
            if (typeof planned !== 'object') return []
            const standing = standingOf(planned)
            const changed = standing === last ? [] : [`${dayText(day)} ${standing}`]
            last = standing
            return changed
          })
          const told = changes.map(({ date, to }) => `${date} ${to}`)
          expect([id, ...told]).toEqual([id, ...seen.slice(0, told.length)])
          // What is not told is how it stays dead.
          const isDead = /oom|no-start/
          const untold = seen.slice(told.length)
          expect(untold.every((one) => isDead.test(one) && isDead.test(told.at(-1) ?? now))).toBe(
            true,
          )
          compared += told.length
        }
      }),
      { numRuns: runs, ...(runs === 8 ? { seed: 16 } : {}) },
    )
    expect(compared).toBeGreaterThan(runs)
  })

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
