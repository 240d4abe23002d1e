import { layouts } from '../../geometry/catalogue.ts'
import { nearest } from '../yaml/suggest.ts'

const always = ['as-described', 'base-pages', 'threads', 'mshare'] as const
/** Huge pages of every architecture that Linux runs on with them, whether planned here or not. */
const hugetlbSizes = ['64k', '1m', '2m', '32m', '512m', '1g', '2g', '16g']
const pmdSizes = ['1m', '2m', '32m', '512m']

/** Every strategy id that some layout has. */
export const strategyIds: readonly string[] = [
  ...always,
  ...labels(hugetlbSizes, false).map((label) => `hugetlb-${label}`),
  ...labels(pmdSizes, true).map((label) => `thp-${label}`),
]

const known: ReadonlySet<string> = new Set(strategyIds)

export function isStrategyId(id: string): boolean {
  return known.has(id)
}

/** What there is, and what was probably meant. */
export function suggestStrategy(id: string): {
  readonly expected: string
  readonly suggestion?: string
} {
  const near = nearest(id, strategyIds) ?? usualOf(id)
  return {
    expected: `one of ${strategyIds.map((one) => `\`${one}\``).join(', ')}`,
    ...(near === undefined ? {} : { suggestion: `did you mean \`${near}\`?` }),
  }
}

/** The usual one of a kind that comes in many sizes. */
function usualOf(id: string): string | undefined {
  if (/^huge/i.test(id)) return 'hugetlb-2m'
  return /^(thp|transparent)/i.test(id) ? 'thp-2m' : undefined
}

function labels(always: readonly string[], pmdOnly: boolean): readonly string[] {
  const planned = layouts.flatMap((layout) =>
    layout.hugePages.filter((page) => !pmdOnly || page.leaf === 'pmd').map((page) => page.label),
  )
  return [...new Set([...always, ...planned])]
}
