import type { Explanation } from '../../result/explanation.ts'
import type { GrownAmount, GrowthChange, GrowthResult } from '../../result/what-if/growth-result.ts'
import { put } from '../formula.ts'

/** Each day on which a strategy changes as values grow: what its plan of that day comes to. */
export function explainGrowth(growth: GrowthResult | undefined): readonly Explanation[] {
  if (growth === undefined) return []
  return growth.strategies.flatMap(({ id, changes }) =>
    changes.flatMap((change, index) =>
      explainChange(`growth.strategies.${id}.changes.${index}`, change, growth),
    ),
  )
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
