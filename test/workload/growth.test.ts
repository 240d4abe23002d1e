import { expect, test } from 'vitest'
import { dayText, parseDay } from '../../src/units/date/calendar.ts'
import { growthDates } from '../../src/workload/growth.ts'

test('days on which something grows are in order, each once, the last among them', () => {
  const [from, until] = [parseDay('2027-01-31'), parseDay('2027-03-31')]
  if (from === undefined || until === undefined) throw new Error('no day')
  const days = growthDates(from, until, [{ per: 'month' }, { per: 'week' }, { per: 'month' }])
  expect(days.map(dayText)).toEqual([
    ...['2027-01-31', '2027-02-07', '2027-02-14', '2027-02-21', '2027-02-28'],
    ...['2027-03-07', '2027-03-14', '2027-03-21', '2027-03-28', '2027-03-31'],
  ])
})
