import type { StrategyResult } from '../../plan/result/result.ts'
import { exactBytes } from '../../units/format.ts'

/** How memory is mapped under a strategy, in a sentence: `on huge pages of 2 MiB`, `with threads`. */
export function underStrategy({
  id,
  kind,
  pageBytes,
}: Pick<StrategyResult, 'id' | 'kind' | 'pageBytes'>): string {
  const size = pageBytes === undefined ? '' : ` of ${exactBytes(pageBytes)}`
  const words: Readonly<Record<NonNullable<StrategyResult['kind']>, string>> = {
    described: 'as described',
    base: 'on base pages',
    threads: 'with threads',
    hugetlb: `on huge pages${size}`,
    thp: `on transparent huge pages${size}`,
    mshare: 'with mshare',
  }
  return kind === undefined ? `under ${id}` : words[kind]
}
