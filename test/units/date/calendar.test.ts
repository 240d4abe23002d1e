import { describe, expect, test } from 'vitest'
import type { Day, Period } from '../../../src/units/date/calendar.ts'
import { after, dayText, parseDay, passed } from '../../../src/units/date/calendar.ts'

function day(text: string): Day {
  const read = parseDay(text)
  if (read === undefined) throw new Error(text)
  return read
}

const after31January: readonly (readonly [number, Period, string])[] = [
  [1, 'day', '2027-02-01'],
  [2, 'week', '2027-02-14'],
  [1, 'month', '2027-02-28'],
  [2, 'month', '2027-03-31'],
  [3, 'month', '2027-04-30'],
  [13, 'month', '2028-02-29'],
  [12, 'month', '2028-01-31'],
  [1, 'year', '2028-01-31'],
  [600, 'month', '2077-01-31'],
]

test.each(after31January)('%i %s after 31 January 2027 is %s', (count, period, then) => {
  expect(dayText(after(day('2027-01-31'), count, period))).toBe(then)
})

test('29 February is 28 February a year later, and 29 February again after four', () => {
  const leap = day('2028-02-29')
  expect(dayText(after(leap, 1, 'year'))).toBe('2029-02-28')
  expect(dayText(after(leap, 4, 'year'))).toBe('2032-02-29')
})

test('every day of 400 years is the day after the one before, as Date counts them', () => {
  const first = day('1900-01-01')
  expect(first).toBe(Date.UTC(1900, 0, 1) / 86_400_000)
  for (let count = 0; count <= 146_097; count += 1) {
    const text = dayText((first + count) as Day)
    const asDate = new Date((first + count) * 86_400_000).toISOString().slice(0, 10)
    if (text !== asDate || parseDay(text) !== first + count) throw new Error(`${text} ${asDate}`)
  }
})

describe('whole periods that have passed', () => {
  test.each(['day', 'week', 'month', 'year'] as const)('count the steps of a %s', (period) => {
    for (const from of ['2027-01-31', '2028-02-29', '2026-12-01', '2027-08-30'].map(day)) {
      for (let count = 0; count < 60; count += 1) {
        const then = after(from, count, period)
        expect(passed(from, then, period)).toBe(count)
        expect(passed(from, (then + 1) as Day, period)).toBe(period === 'day' ? count + 1 : count)
      }
    }
  })
})

test.each(['2027-02-29', '2027-13-01', '2027-00-10', '2027-04-31', '27-01-01', '2027-1-1', ''])(
  '`%s` is no day',
  (text) => {
    expect(parseDay(text)).toBeUndefined()
  },
)
