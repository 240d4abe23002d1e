import { describe, expect, test } from 'vitest'
import { minimal, places, read, suggestions } from '../reading.ts'

const allowing = (...waivers: readonly string[]) =>
  `${minimal}allow:\n${waivers.map((one) => `  - ${one}\n`).join('')}`
const good = '{ finding: MSP005, until: 2027-01-31, reason: "the batch moves in January" }'
const gates = (text: string) => `${minimal}gates: ${text}\n`

describe('waivers', () => {
  test('name a finding by its id or its kind, with a date and a reason', () => {
    const byKind = '{ finding: tables-exceed-data, until: 2028-02-29, reason: 5 is enough }'
    expect(read(allowing(good, byKind)).workload.allow).toEqual([
      { finding: 'MSP005', until: '2027-01-31', reason: 'the batch moves in January' },
      { finding: 'MSP010', until: '2028-02-29', reason: '5 is enough' },
    ])
    expect(read(minimal).workload).not.toHaveProperty('allow')
  })

  test('that are none are an assumption where findings are judged, and only there', () => {
    const pathsOf = (text: string) => read(text).assumptions.map(({ path }) => path)
    expect(pathsOf(gates('{ findings: error }'))).toContain('allow')
    expect(pathsOf(minimal)).not.toContain('allow')
  })

  test.each([
    ['no list', `${minimal}allow: MSP005\n`, '12:8 `allow` is not a list'],
    ['no mapping', allowing('MSP005'), '13:5 `allow[0]` has no keys'],
    ['no finding', allowing(good.replace('finding: MSP005, ', '')), '13:5 `finding` is missing'],
    ['no date', allowing(good.replace('until: 2027-01-31, ', '')), '13:5 `until` is missing'],
    ['no reason', allowing('{ finding: MSP005, until: 2027-01-31 }'), '13:5 `reason` is missing'],
    ['an empty reason', allowing(good.replace(/"the.*"/, '" "')), '13:51 this is empty'],
    ['a number for a reason', allowing(good.replace(/"the.*"/, '42')), '13:51 `42` is not text'],
    [
      'an unknown finding',
      allowing(good.replace('005', '999')),
      '13:16 no finding is called `MSP999`',
    ],
    [
      'a waiver of a waiver',
      allowing(good.replace('MSP005', 'MSP030')),
      '13:16 no finding is called `MSP030`',
    ],
    ['a year', allowing(good.replace('-01-31', '')), '13:31 `2027` is not a date'],
    [
      'a day that is not in the calendar',
      allowing(good.replace('01-31', '02-29')),
      '13:31 `2027-02-29` is not a date',
    ],
    [
      'a time',
      allowing(good.replace('2027-01-31', '2027-01-31T10:00Z')),
      '13:31 `2027-01-31T10:00Z` is not a date',
    ],
    ['another key', allowing(good.replace('reason', 'because')), '13:43 unknown key `because`'],
    [
      'the same finding twice',
      allowing(good, good.replace('MSP005', 'sharer-outside-owner-cgroup')),
      '14:16 `sharer-outside-owner-cgroup` is waived twice',
    ],
  ])('with %s are wrong at their place', (_, text, expected) => {
    expect(places(text)).toContain(expected)
  })

  test.each([
    ['msp005', 'did you mean `MSP005`?'],
    ['tables-exceeds-data', 'did you mean `tables-exceed-data`?'],
  ])('of %s: %s', (written, suggestion) => {
    expect(suggestions(allowing(good.replace('MSP005', written)))).toEqual([suggestion])
  })
})

describe('the last day of a waiver', () => {
  const faults = (until: string) =>
    places(allowing(good.replace('2027-01-31', JSON.stringify(until))))

  test.each(['2028-02-29', '2000-02-29', '2027-12-31', '2027-04-30'])('may be %s', (day) => {
    expect(faults(day)).toEqual([])
  })

  test.each(['2027-02-29', '1900-02-29', '2027-04-31', '2027-13-01', '2027-1-1', '27-01-01'])(
    'is not %j',
    (day) => {
      expect(faults(day)).toEqual([expect.stringContaining(`\`${day}\` is not a date`)])
    },
  )
})
