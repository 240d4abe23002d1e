import type { Advice } from '../../plan/result/advice-result.ts'
import type { Outlook } from '../../plan/result/outlook.ts'

/** What a scenario comes to, in a cell of a table. */
export const outlookWords: Readonly<Record<Outlook, string>> = {
  unplanned: 'unknown',
  'no-start': 'no start',
  oom: 'oom',
  swapping: 'swapping',
  tight: 'tight',
  safe: 'safe',
}

/** What a footnote says of a row. */
export type Mark = 'mshare' | 'cgroup' | 'other-strategy' | 'expected'

/** Behind the word of the risk; what is expected is marked before its number. */
export const signOf: Readonly<Record<Mark, string>> = {
  mshare: '*',
  cgroup: '†',
  'other-strategy': '‡',
  expected: '',
}

/** In the order of the footnotes. */
export const markMeanings: readonly (readonly [Mark, string])[] = [
  ['mshare', '* only with mshare, which is in no released kernel.'],
  ['cgroup', '† in a cgroup.'],
  ['other-strategy', '‡ under the first strategy that the scenario asks for, not as described.'],
  ['expected', '~ expected: chance decides which pages are touched.'],
]

/** What to do, in two or three words, for a cell of a table: `raise the pool`. */
export function toDoWords(each: Advice): string {
  switch (each.action) {
    case 'resize-pool':
      return `${isLarger(each) ? 'raise' : 'lower'} the pool`
    case 'commit-limit':
      return each.overcommit.mode === 'always' ? 'allow overcommit' : 'commit limit'
    case 'huge-pages':
      return 'huge pages'
    case 'pooler':
      return isDatabase(each) ? 'pool connections' : 'fewer processes'
    case 'cgroup-limit':
      return 'cgroup limit'
    case 'memory':
      return 'add memory'
    case 'transparent-huge-pages':
      return 'THP'
  }
}

function isLarger({ pools }: Advice): boolean {
  return pools.some(({ pages, configuredPages }) => pages > configuredPages)
}

function isDatabase({ settings }: Advice): boolean {
  return settings.some(({ kind }) => kind === 'connections')
}
