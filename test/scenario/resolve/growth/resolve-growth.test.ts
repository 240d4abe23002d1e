import { describe, expect, test } from 'vitest'
import { readScenario } from '../../../../src/scenario/read-scenario.ts'
import { parseDay } from '../../../../src/units/date/calendar.ts'
import type { GrownValue } from '../../../../src/workload/growth.ts'

const head = `version: 1
host: { memory: 64 GB }
regions:
  sga: { size: 4 GB }
  pool: { size: 4 GB, backing: memfd, pageSize: 2 MiB, fallback: base-pages }
groups:
  clients: { processes: 100, private: 6 MB, oomScoreAdj: -500, maps: [{ region: sga, touched: 40%, length: 1000 pages }] }
  "a.b": { processes: 1, maps: [{ region: pool, length: 1 GiB }] }
growth:
`

function valuesOn(day: string, rates: string): readonly GrownValue[] | undefined {
  const reading = readScenario(`${head}  from: 2026-12-31\n${rates}\n`, 't.yaml')
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
  const on = parseDay(day)
  return on === undefined ? undefined : reading.workload.growth?.valuesOn(on)
}

describe('a value that has grown', () => {
  test.each<readonly [string, string, GrownValue]>([
    ['2026-12-31', 'groups.clients.processes: +40 per month', 100],
    ['2027-01-30', 'groups.clients.processes: +40 per month', 100],
    ['2027-01-31', 'groups.clients.processes: +40 per month', 140],
    ['2027-02-28', 'groups.clients.processes: +40 per month', 180],
    ['2027-03-30', 'groups.clients.processes: +40 per month', 180],
    ['2027-12-31', 'groups.clients.processes: +40 per month', 580],
    ['2027-12-31', 'groups.clients.processes: +2.5 per month', 130],
    ['2027-02-28', 'groups.clients.processes: +2.25 per month', 105],
    ['2028-12-31', 'groups.clients.processes: −10% per year\n  until: 2030-01-01', 81],
    // 103, 106.09, 109.27
    ['2027-03-31', 'groups.clients.processes: +3% per month', 110],
    ['2027-01-14', 'groups.clients.private: +1 MiB per week', '8 MiB'],
    // 6 MiB · 1.01 = 6,354,370.56 · 1.01
    ['2027-01-02', 'groups.clients.private: +1% per day', '6417915 B'],
    ['2027-01-31', 'groups["a.b"].processes: + 7 PER MONTHS', 8],
    // 4 GiB · 1.001: in whole huge pages of 2 MiB, and in whole pages of 4 KiB.
    ['2027-01-31', 'regions.pool.size: +0.1% per month', '4102 MiB'],
    ['2027-01-31', 'regions.sga.size: +0.1% per month', '4198500 KiB'],
    ['2027-01-31', 'groups.clients.maps[0].length: +10 pages per month', '4040 KiB'],
    ['2027-12-31', 'groups.clients.maps[0].touched: +10% per year', '44%'],
    ['2028-12-31', 'groups.clients.maps[0].touched: +0.5% per year', '40.401%'],
  ])('is on %s, of %s: %s', (day, rate, value) => {
    expect(valuesOn(day, `  '${rate.replace(/: (?=[-+−])/, "': ")}`)).toEqual([value])
  })

  test('compounds exactly over 3,000 days, as fractions do', () => {
    const [value] = valuesOn('2035-03-19', '  regions.sga.size: +0.01% per day') ?? []
    // ⌈4 GiB · (10001 / 10000)^3000⌉, in pages of 4 KiB.
    const exact = (2n ** 32n * 10_001n ** 3000n) / (10_000n ** 3000n * 4096n) + 1n
    expect(value).toBe(`${exact * 4n} KiB`)
  })

  test('is given up where a scenario cannot have it', () => {
    expect(valuesOn('2070-12-31', '  regions.sga.size: +50% per month')).toBeUndefined()
  })
})

function issuesOf(rates: string): readonly string[] {
  const reading = readScenario(head + rates, 't.yaml')
  if (reading.ok) return []
  return reading.issues.map(
    ({ line, column, message, suggestion }) =>
      `${line - 9}:${column} ${message}${suggestion ? ` (${suggestion})` : ''}`,
  )
}

describe('says what is wrong, and where', () => {
  const from = '  from: 2026-12-01\n'
  test.each([
    ['  from: 2027-02-29\n  regions.sga.size: +1 GB per year', '1:9 `2027-02-29` is not a date'],
    [
      '  from: +40 per month\n  regions.sga.size: +1 GB per year',
      '1:9 `+40 per month` is not a date',
    ],
    ['  regions.sga.size: +1 GB per year', '1:3 `from` is missing'],
    [from, '1:3 nothing grows'],
    [
      `${from}  until: 2026-12-01\n  regions.sga.size: +1 GB per year`,
      '2:10 `2026-12-01` is not after `from`',
    ],
    [
      `${from}  groups.clients.processes: +40`,
      '2:29 `+40` is not a rate (did you mean `+40 per month`?)',
    ],
    [
      `${from}  groups.clients.processes: 40 per week`,
      '2:29 `40 per week` is not a rate (did you mean `+40 per week`?)',
    ],
    [
      `${from}  groups.clients.processes: +3%/month`,
      '2:29 `+3%/month` is not a rate (did you mean `+3% per month`?)',
    ],
    [`${from}  groups.clients.processes: 2027-01-01`, '2:29 `2027-01-01` is not a rate'],
    [`${from}  groups.clients.processes: +4 per decade`, '2:29 `+4 per decade` is not a rate'],
    [
      `${from}  groups.client.processes: +40 per month`,
      '2:3 `groups` has no `client` (did you mean `groups.clients.processes`?)',
    ],
    [
      `${from}  groups.clients.processes: +5% per moth`,
      '2:29 `+5% per moth` is not a rate (did you mean `+5% per month`?)',
    ],
    [
      `${from}  groups.clients.proceses: +40 per month`,
      '2:3 the scenario has no value at `groups.clients.proceses` (did you mean `groups.clients.processes`?)',
    ],
    [
      `${from}  untl: 2027-01-01\n  groups.clients.processes: +40 per month`,
      '2:3 unknown key `untl` (did you mean `until`?)',
    ],
    [`${from}  gates.headroom: +1% per month`, '2:3 `gates.headroom` cannot grow'],
    [`${from}  '[': +1% per month`, '2:3 `[` is not a path to a key'],
    [
      `${from}  groups.clients.threads: +1 per month`,
      '2:3 the scenario has no value at `groups.clients.threads`',
    ],
    [
      `${from}  groups.clients.maps[0].region: +1 per month`,
      '2:3 `groups.clients.maps[0].region` is not a number',
    ],
    [`${from}  regions.sga: +1 GiB per month`, '2:3 `regions.sga` is not a number'],
    [
      `${from}  regions.sga.size: +40 per month`,
      '2:21 the value is a size, but `+40 per month` is not',
    ],
    [
      `${from}  groups.clients.processes: +1 GiB per month`,
      '2:29 the value is a number, but `+1 GiB per month` is not',
    ],
    [
      `${from}  groups.clients.maps[0].touched: +10 per month`,
      '2:35 the value is a percentage, but `+10 per month` is not',
    ],
    [
      `${from}  groups.clients.processes: -100% per year`,
      '2:29 `-100% per year` leaves nothing, or less',
    ],
    [
      `${from}  groups.clients.processes: -40 per month`,
      '2:29 `groups.clients.processes` falls below zero on 2027-03-01 (add `until: 2027-02-01`, or write a percentage)',
    ],
    [
      `${from}  groups.clients.processes: -101 per year`,
      '2:29 `groups.clients.processes` falls below zero on 2027-12-01 (write a smaller rate, or a percentage)',
    ],
    [
      `${from}  groups.clients.maps[0].length: +5 GiB per month`,
      '2:34 on 2027-01-01: ends past the end of `sga`, whose size is 4 GiB',
    ],
    [
      `${from}  until: 2036-12-01\n  groups.clients.processes: +1 per day`,
      '2:10 something grows on more than 3000 days until then',
    ],
  ])('%s', (rates, issue) => {
    expect(issuesOf(`${rates}\n`)).toEqual([issue])
  })

  test.each(['+1e300 per month', '+1.0000001 per month', `+${'9'.repeat(40)} per month`])(
    'a number of more digits than are exact is none: %s',
    (rate) => {
      expect(issuesOf(`${from}  groups.clients.processes: ${rate}\n`)).toEqual([
        `2:29 \`${rate}\` has too many digits, or an exponent`,
      ])
    },
  )

  test('a size past 2^53 bytes is too large, not something else', () => {
    expect(issuesOf(`${from}  regions.sga.size: +300000 TiB per month\n`)).toEqual([
      '2:21 `300000 TiB` is too large',
    ])
  })

  test.each([
    ['2300-01-01', 'month', 'at most 2276-11-01, or growth per year'],
    ['9999-12-31', 'year', 'at most 5025-12-01'],
    ['9999-12-31', 'month', 'at most 2276-11-01'],
    ['2036-12-01', 'day', 'at most 2035-02-16, or growth per week'],
    ['2100-12-01', 'week', 'at most 2084-05-23, or growth per month'],
  ])('until %s per %s, what is advised is few enough days', (until, per, expected) => {
    const rates = `${from}  until: ${until}\n  groups.clients.processes: +1 per ${per}\n`
    const reading = readScenario(head + rates, 't.yaml')
    expect(reading).toMatchObject({ ok: false, issues: [{ expected }] })
    const [, last] = /at most (\S{10})/.exec(expected) ?? []
    const [, rarer] = /per (.*)/.exec(expected) ?? []
    const advised = [
      rates.replace(until, last ?? ''),
      ...(rarer === undefined ? [] : [rates.replace(`per ${per}`, `per ${rarer}`)]),
    ]
    expect(advised.flatMap(issuesOf)).toEqual([])
  })

  test('a calendar of four digits ends', () => {
    expect(issuesOf('  from: 9999-12-31\n  groups.clients.processes: +1 per day\n')).toEqual([
      '1:9 `9999-12-31` is the last day',
    ])
    const reading = readScenario(
      `${head}  from: 9990-12-31\n  groups.clients.processes: +1 per year\n`,
      't',
    )
    expect(reading).toMatchObject({ workload: { growth: { until: parseDay('9999-12-31') } } })
  })

  test.each([
    ['groups.clients.processes', '1e300'],
    ['groups.clients', '5'],
    ['groups', '[]'],
  ])('nothing of growth where the value itself is wrong: %s', (path, value) => {
    const rates = `${from}  groups.clients.processes: +1 per month\n`
    const reading = readScenario(head + rates, 't.yaml', [{ path, value }])
    const issues = reading.ok ? [] : reading.issues
    expect(issues.map(({ file }) => file)).toEqual(['--set'])
  })

  test('every mistake at once', () => {
    expect(issuesOf('  from: never\n  a: +1 per month\n  regions.sga.size: soon\n')).toHaveLength(3)
  })
})

test('days on end are planned for eight years, all else for fifty', () => {
  const untilOf = (rate: string): number => {
    const reading = readScenario(
      `${head}  from: 2026-12-01\n  groups.clients.processes: ${rate}\n`,
      't',
    )
    if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
    return reading.workload.growth?.until ?? 0
  }
  expect(untilOf('+1 per day')).toBe((parseDay('2026-12-01') ?? 0) + 2999)
  expect(untilOf('+1 per week')).toBe(parseDay('2076-12-01'))
})

test('a hostile rate is refused at once', () => {
  expect(
    issuesOf(`  from: 2026-12-01\n  regions.sga.size: "+1 ${' '.repeat(50_000)}x per"\n`),
  ).toHaveLength(1)
})
