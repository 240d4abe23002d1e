import type { Period } from '../../../units/date/calendar.ts'
import { periods } from '../../../units/date/calendar.ts'
import type { Flaw } from '../../yaml/issue.ts'
import { nearest } from '../../yaml/suggest.ts'
import { isDay } from '../day.ts'
import type { Shape } from '../shape.ts'
import { field, names } from '../shape.ts'
import { name } from '../texts.ts'

/** Keys that are days; all others are paths. */
export const growthDays: readonly string[] = ['from', 'until']

/** A rate in its parts: `+`, `40`, `month`. */
export interface RateParts {
  readonly sign: '+' | '-'
  readonly amount: string
  readonly per: Period
}

/** Reads `+40 per month`, `+3% per year`, `+1 GiB per week`; `undefined` where the text is something else. */
export function rateParts(text: string): RateParts | undefined {
  if (text.length > longestRate) return undefined
  const [, sign, amount = '', per = ''] = rateForm.exec(text.trim()) ?? []
  const period = periods.find((one) => one === per.toLowerCase())
  if (sign === undefined || period === undefined) return undefined
  return { sign: sign === '+' ? '+' : '-', amount, per: period }
}

const rateForm = /^([-+−])\s*(\S.*?)\s+per\s+(day|week|month|year)s?$/i
/** Keeps searches in hostile texts short. */
const longestRate = 100

/** Values that grow: path → rate, and the day from which on. */
export const growth: Shape<Readonly<Record<string, string>>> = {
  ...names(
    name('of a value'),
    field(
      (value) => {
        if (typeof value === 'string' && (isDay(value) || rateParts(value) !== undefined)) return
        return (written, key) =>
          growthDays.includes(key) ? flawOfDay(written) : flawOfRate(written)
      },
      {
        description: 'A day, or how a value grows: +40 per month, +3% per year, +1 GiB per week.',
        type: 'string',
      },
    ),
  ),
  help: {
    description:
      'Values that grow: path, as for --set → rate, such as +40 per month; from: the first day; until: the last day that is planned, 50 years later by default.',
    required: ['from'],
  },
}

export function flawOfDay(written: string): Flaw {
  return { message: `\`${written}\` is not a date`, expected: 'a date, such as `2026-12-01`' }
}

export function flawOfRate(written: string): Flaw {
  const meant = written.length > longestRate ? undefined : meantBy(written.trim())
  return {
    message: `\`${written}\` is not a rate`,
    expected:
      'a sign, a number, size or percentage, and `per day`, `week`, `month` or `year`, such as `+40 per month`',
    ...(meant === undefined ? {} : { suggestion: `did you mean \`${meant}\`?` }),
  }
}

/** A rate without its sign or its period, or in other words. */
function meantBy(written: string): string | undefined {
  const [, sign, amount = '', rest = ''] =
    /^([-+−]?)\s*(\d[\d.]*(?: ?(?:%|[a-z]{1,5}))??)\s*((?:\/|per|a|an|each|every)?\s*[a-z]*)$/i.exec(
      written,
    ) ?? []
  if (sign === undefined) return undefined
  const words = rest.toLowerCase()
  const last = words.split(' ').at(-1) ?? ''
  const per = periods.find((period) => words.includes(period)) ?? nearest(last, periods)
  if (per === undefined && rest !== '') return undefined
  const meant = `${sign === '' ? '+' : sign}${amount} per ${per ?? 'month'}`
  return meant === written || rateParts(meant) === undefined ? undefined : meant
}
