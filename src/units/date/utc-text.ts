/** Seconds since 1970 as people read them: `2026-03-12 03:14:07 UTC`; empty where that is no date. */
export function utcText(seconds: number): string {
  if (!Number.isSafeInteger(seconds) || seconds < 0 || seconds > latest) return ''
  const [days, rest] = [Math.floor(seconds / 86_400), seconds % 86_400]
  const [year, dayOfYear] = yearOf(days)
  const [month, day] = monthOf(dayOfYear, lengthOf(year) === 366)
  const clock = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60]
  return `${year}-${two(month)}-${two(day)} ${clock.map(two).join(':')} UTC`
}

/** The end of the year 9999. */
const latest = 253_402_300_799

function yearOf(days: number): readonly [year: number, dayOfYear: number] {
  let [year, left] = [1970, days]
  for (; left >= lengthOf(year); year += 1) left -= lengthOf(year)
  return [year, left]
}

function lengthOf(year: number): number {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 366 : 365
}

function monthOf(dayOfYear: number, isLeap: boolean): readonly [month: number, day: number] {
  let [month, left] = [1, dayOfYear]
  for (const length of [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30]) {
    if (left < length) break
    left -= length
    month += 1
  }
  return [month, left + 1]
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
