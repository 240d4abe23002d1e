import type { Commit } from './memory-result.ts'
import type { Refusal } from './risk-result.ts'

/** What decides whether a plan starts. */
export interface Starting {
  readonly pools: readonly { readonly missingPages: number }[]
  readonly commit: Pick<Commit, 'granted' | 'mode'>
}

/** What keeps a plan from starting at all; `undefined` where nothing does. */
export function refusalIn({ pools, commit }: Starting): Refusal | undefined {
  if (pools.some(({ missingPages }) => missingPages > 0)) return 'huge-pages'
  if (commit.granted) return undefined
  return commit.mode === 'never' ? 'commit-limit' : 'request'
}
