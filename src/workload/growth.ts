import type { Day, Period } from '../units/date/calendar.ts'
import { after } from '../units/date/calendar.ts'

/** Values that grow from a day on. The scenario itself is that of the first day. */
export interface Growth<Scenario> {
  readonly from: Day
  /** The last day that is looked at. */
  readonly until: Day
  readonly rates: readonly GrowthRate[]
  /**
   * What each value has become by a day, in the order of the rates; exact, and rounded up to whole
   * steps; `undefined` where no scenario has such a value.
   */
  readonly valuesOn: (day: Day) => readonly GrownValue[] | undefined
  /** The scenario with these values; `undefined` where there is no such scenario. */
  readonly scenarioOn: (day: Day) => Scenario | undefined
}

/** One value, and how it grows. */
export interface GrowthRate {
  /** As for `--set`. */
  readonly path: string
  readonly place: readonly (string | number)[]
  /** As written, with single spaces: `+40 per month`. */
  readonly rate: string
  readonly per: Period
  /** It never shrinks. */
  readonly rises: boolean
}

/** A value of a scenario: a count, or a size or percentage as `--set` takes it. */
export type GrownValue = number | string

/** So many days are planned one by one, where it must be. */
export const mostDates = 3000

/** The first day, and every later one on which something grows, until the last: in order, each once. */
export function growthDates(
  from: Day,
  until: Day,
  rates: readonly Pick<GrowthRate, 'per'>[],
): readonly Day[] {
  const dates = new Set<Day>([from])
  for (const per of new Set(rates.map((rate) => rate.per))) {
    for (let count = 1; ; count += 1) {
      const day = after(from, count, per)
      if (day > until) break
      dates.add(day)
    }
  }
  return [...dates].sort((a, b) => a - b)
}
