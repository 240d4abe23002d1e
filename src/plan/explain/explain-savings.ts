import type { Explanation } from '../result/explanation.ts'
import type { Planned } from '../strategy/strategy-result.ts'
import { put } from './formula.ts'

/** What a strategy saves of page tables, against base pages and against what is there. */
export function explainSavings(planned: Planned, all: readonly Planned[]): readonly Explanation[] {
  const basePages = all.find(({ named }) => named.kind === 'base')
  if (basePages === undefined) return []
  const { savings } = planned.result
  const substituted = `${put(basePages.pageTableBytes)} − ${put(planned.pageTableBytes)}`
  return [
    {
      path: `strategies.${planned.result.id}.savings.bytes`,
      meaning: 'saved against base-pages; negative where it costs more',
      formula: 'page tables under base-pages − page tables',
      substituted,
      value: savings.bytes,
      unit: 'bytes',
      source: 'difference of two plans of the same workload',
    },
    {
      path: `strategies.${planned.result.id}.savings.fraction`,
      meaning: 'share of the page tables under base-pages that is saved',
      formula: '(page tables under base-pages − page tables) / page tables under base-pages',
      substituted: `(${substituted}) / ${put(basePages.pageTableBytes)}`,
      value: savings.fraction,
      unit: '',
      source: 'difference of two plans of the same workload',
    },
    ...explainAgainstDescribed(planned, all),
  ]
}

function explainAgainstDescribed(
  planned: Planned,
  all: readonly Planned[],
): readonly Explanation[] {
  const described = all.find(({ named }) => named.kind === 'described')
  const value = planned.result.savings.againstDescribedBytes
  if (described === undefined || value === undefined) return []
  return [
    {
      path: `strategies.${planned.result.id}.savings.againstDescribedBytes`,
      meaning: 'saved against as-described; negative where it costs more',
      formula: 'page tables as described − page tables',
      substituted: `${put(described.pageTableBytes)} − ${put(planned.pageTableBytes)}`,
      value,
      unit: 'bytes',
      source: 'difference of two plans of the same workload',
    },
  ]
}
