import { adviceTerms } from './advice-terms.ts'
import { budgetTerms, lineTerms, originTerms } from './budget-terms.ts'
import { comparisonTerms } from './comparison-terms.ts'
import { counterTerms } from './counter-terms.ts'
import { gateTerms, metricTerms, severityTerms } from './gate-terms.ts'
import { growthTerms } from './growth-terms.ts'
import { postmortemTerms, takenTerms } from './postmortem-terms.ts'
import { strategyTerms } from './strategy-terms.ts'
import { levelTerms, tableTerms } from './table-terms.ts'
import type { Term, TermGroup } from './term.ts'
import { timelineTerms } from './timeline-terms.ts'
import { riskTerms, statusTerms, stopTerms, verdictTerms } from './verdict-terms.ts'
import { verifyTerms } from './verify-terms.ts'

/** Every word that is explained, in the order of the screen and its tables. */
export const termGroups: readonly TermGroup[] = [
  { title: 'Verdict', terms: [...Object.values(riskTerms), ...verdictTerms] },
  { title: 'Comparison', terms: [...comparisonTerms, ...Object.values(statusTerms)] },
  { title: 'Advice', terms: Object.values(adviceTerms) },
  { title: 'Strategies', terms: strategyTerms },
  { title: 'Growth', terms: [...growthTerms, ...Object.values(stopTerms)] },
  { title: 'Page tables', terms: [...Object.values(levelTerms), ...tableTerms] },
  { title: 'Counters', terms: counterTerms },
  {
    title: 'Memory budget',
    terms: [...Object.values(lineTerms), ...Object.values(originTerms), ...budgetTerms],
  },
  {
    title: 'Gates and findings',
    terms: [...gateTerms, ...Object.values(metricTerms), ...Object.values(severityTerms)],
  },
  { title: 'Out of memory', terms: [...postmortemTerms, ...Object.values(takenTerms)] },
  { title: 'Timeline', terms: timelineTerms },
  { title: 'Verify', terms: verifyTerms },
]

const terms: readonly Term[] = termGroups.flatMap((group) => group.terms)

/** Every spelling of every term, for a suggestion. */
export const termNames: readonly string[] = terms.flatMap(({ name, also = [] }) => [name, ...also])

/**
 * The term that a word means. As it is printed comes first, for PageTables is a counter and page
 * tables are memory; then case, blanks, `-`, `_` and plural make no difference.
 */
export function findTerm(word: string): Term | undefined {
  for (const spelling of spellings) {
    const found = byName(spelling).get(spelling(word))
    if (found !== undefined) return found
  }
  return undefined
}

type Spelling = (word: string) => string

const spellings: readonly Spelling[] = [
  (word) => word,
  (word) => joined(word.toLowerCase()),
  (word) => joined(word.toLowerCase().split(separators).map(singular).join(' ')),
]

const separators = /[\s_-]+/

function joined(word: string): string {
  return word.split(separators).join('')
}

function singular(word: string): string {
  if (/(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2)
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word
}

/** The first term of a spelling counts: names come before other words for something else. */
function byName(spelling: Spelling): ReadonlyMap<string, Term> {
  const found = new Map<string, Term>()
  const entries = [
    ...terms.map((term) => [term.name, term] as const),
    ...terms.flatMap((term) => (term.also ?? []).map((name) => [name, term] as const)),
  ]
  for (const [name, term] of entries) {
    const key = spelling(name)
    if (!found.has(key)) found.set(key, term)
  }
  return found
}
