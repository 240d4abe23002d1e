/** A day of the calendar, as days since 1 January 1970. */
export type Day = number & { readonly __unit: 'day' }

/** What passes between two steps of a growth. */
export const periods = ['day', 'week', 'month', 'year'] as const
/** A stretch of the calendar. */
export type Period = (typeof periods)[number]

/** Reads `2027-01-31`; `undefined` where the calendar has no such day. */
export function parseDay(text: string): Day | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? []
  if (year === undefined || month === undefined || day === undefined) return undefined
  if (month < 1 || month > 12 || day < 1 || day > lengthOfMonth(year, month)) return undefined
  return dayOf(year, month, day)
}

/** `2027-01-31`. */
export function dayText(day: Day): string {
  const { year, month, date } = dateOf(day)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`
}

/**
 * The day on which so many periods have passed. A month later is the same date of the next month or,
 * where that is shorter, its last day: always counted from the first day, so that 31 January, then 28
 * February, is followed by 31 March.
 */
export function after(from: Day, count: number, period: Period): Day {
  if (period === 'day') return (from + count) as Day
  if (period === 'week') return (from + 7 * count) as Day
  const { year, month, date } = dateOf(from)
  const months = 12 * year + (month - 1) + count * (period === 'year' ? 12 : 1)
  const [toYear, toMonth] = [Math.floor(months / 12), (months % 12) + 1]
  return dayOf(toYear, toMonth, Math.min(date, lengthOfMonth(toYear, toMonth)))
}

/** How many whole periods have passed on a day, from the first day on. */
export function passed(from: Day, day: Day, period: Period): number {
  if (period === 'day') return day - from
  if (period === 'week') return Math.floor((day - from) / 7)
  const [first, last] = [dateOf(from), dateOf(day)]
  const months = 12 * (last.year - first.year) + last.month - first.month
  const count = period === 'year' ? Math.floor(months / 12) : months
  return after(from, count, period) <= day ? count : count - 1
}

/** Year, month from 1, and day of the month. */
export function dateOf(day: Day): {
  readonly year: number
  readonly month: number
  readonly date: number
} {
  // Years begin in March, so that the day of a leap year is their last one.
  const days = day + daysBefore1970
  const era = Math.floor(days / daysOfEra)
  const ofEra = days - era * daysOfEra
  const yearOfEra = Math.floor(
    (ofEra -
      Math.floor(ofEra / 1460) +
      Math.floor(ofEra / 36_524) -
      Math.floor(ofEra / (daysOfEra - 1))) /
      365,
  )
  const ofYear = ofEra - daysOfYears(yearOfEra)
  const fromMarch = Math.floor((5 * ofYear + 2) / 153)
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    date: ofYear - daysOfMonths(fromMarch) + 1,
  }
}

/** Days of 400 years, after which the calendar repeats. */
const daysOfEra = 146_097
/** From 1 March of the year 0. */
const daysBefore1970 = 719_468

function dayOf(year: number, month: number, date: number): Day {
  const fromMarch = month > 2 ? month - 3 : month + 9
  const years = month <= 2 ? year - 1 : year
  const era = Math.floor(years / 400)
  const days = daysOfYears(years - era * 400) + daysOfMonths(fromMarch) + date - 1
  return (era * daysOfEra + days - daysBefore1970) as Day
}

function daysOfYears(years: number): number {
  return years * 365 + Math.floor(years / 4) - Math.floor(years / 100)
}

/** Of months since March: 31, 30, 31, 30, 31 and again. */
function daysOfMonths(months: number): number {
  return Math.floor((153 * months + 2) / 5)
}

function lengthOfMonth(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  if (month === 2) return isLeap ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
