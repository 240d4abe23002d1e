import type { Stop } from '../../plan/result/risk-result.ts'
import type { Ink } from '../text/ink.ts'
import { named } from '../text/ink.ts'

/** What breaks, in as many words as a cell of a table holds. */
export function stopText({ cause, cgroup }: Stop, ink: Ink): string {
  return cause === 'cgroup' ? `cgroup ${named(cgroup ?? '', ink)}` : words[cause]
}

const words: Readonly<Record<Exclude<Stop['cause'], 'cgroup'>, string>> = {
  'huge-pages': 'no huge pages',
  request: 'request refused',
  'commit-limit': 'CommitLimit',
  memory: 'memory',
  unswappable: 'unswappable memory',
}
