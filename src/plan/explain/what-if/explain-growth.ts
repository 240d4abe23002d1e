import type { Explanation } from '../../result/explanation.ts'
import type {
  GrownAmount,
  GrowthChange,
  GrowthResult,
  StrategyGrowth,
} from '../../result/what-if/growth-result.ts'
import { put } from '../formula.ts'

/** Each day on which a strategy changes as values grow, with its plan of that day; or that none does. */
export function explainGrowth(growth: GrowthResult | undefined): readonly Explanation[] {
  if (growth === undefined) return []
  return [
    explainDates(growth),
    ...growth.strategies.flatMap((one) => {
      const path = `growth.strategies.${one.id}.changes`
      return one.changes.length === 0
        ? [explainNone(path, one, growth)]
        : one.changes.flatMap((change, index) => explainChange(`${path}.${index}`, change, growth))
    }),
  ]
}

function explainDates({ from, until, dates, rates }: GrowthResult): Explanation {
  return {
    path: 'growth.dates',
    meaning: `days after ${from}, until ${until}, on which something grows`,
    formula: 'days of every rate, each day once',
    substituted: rates.map(({ path, rate, now }) => `${path} = ${amount(now)} ${rate}`).join(', '),
    value: dates,
    unit: 'days',
    source: 'scenario, growth',
  }
}

function explainNone(
  path: string,
  { now, end }: StrategyGrowth,
  { from, until }: GrowthResult,
): Explanation {
  const last = end?.date ?? until
  return {
    path,
    meaning: `days on which its risk is another: it is ${now} until ${last}`,
    formula: 'plans of days on which something grows',
    substituted: `${from} … ${last}`,
    value: 0,
    unit: 'days',
    source: 'scenario, growth',
  }
}

function explainChange(
  path: string,
  { date, before, from, to, values, pageTablesBytes, headroomBytes }: GrowthChange,
  { from: start, rates }: GrowthResult,
): readonly Explanation[] {
  const growing = rates.map((one) => `${one.path} ${one.rate}`).join(', ')
  const grown = rates.map((one, index) => `${one.path} = ${amount(values[index] ?? 0)}`).join(', ')
  const explained = (key: string, what: string, value: number): Explanation => ({
    path: `${path}.${key}`,
    meaning: `${what} on ${date}, the first day of ${to}; ${from} until ${before}`,
    formula: `plan of ${date}: ${growing}, from ${start} on`,
    substituted: grown,
    value,
    unit: 'B',
    source: 'scenario, growth: a plan of that day, and one of the last day before it',
  })
  return [
    explained('pageTablesBytes', 'page tables', pageTablesBytes),
    explained('headroomBytes', 'headroom', headroomBytes),
  ]
}

function amount(value: GrownAmount): string {
  return typeof value === 'number' ? put(value) : value
}
