import type { Bound, Limit } from '../../plan/result/limit-result.ts'
import type { LimitChart } from '../../plan/result/limits-result.ts'
import type { Stop } from '../../plan/result/risk-result.ts'
import { formatBytes, formatCount } from '../../units/format.ts'
import { quoted } from '../text/amounts.ts'
import type { Ink } from '../text/ink.ts'
import { named } from '../text/ink.ts'
import { refusalWords } from './gate-words.ts'

/** The heads of the columns with figures, and what is written where no value holds. */
export interface QuestionWords {
  readonly safe: string
  readonly last: string
  readonly never: string
}

const growing = { safe: 'Safe to', last: 'At most' } as const

/** The words of a table by what it asks about. */
export const questionWords: Readonly<Record<Limit['metric'], QuestionWords>> = {
  processes: { ...growing, never: 'at any number' },
  allProcesses: { ...growing, never: 'at any number' },
  region: { ...growing, never: 'at any size' },
  memory: { safe: 'Safe from', last: 'At least', never: 'at any size' },
}

/** What a table asks about, and what there is now. */
export function questionTitle(
  { metric, group, region, now }: About,
  ink: Ink,
  exact?: string,
): string {
  const titles: Readonly<Record<Limit['metric'], () => string>> = {
    processes: () => `Most processes of ${shown(group, ink)} (now ${formatCount(now)})`,
    allProcesses: () => 'All groups grown alike (now ×1)',
    region: () => `Largest size of ${shown(region, ink)} (now ${exact ?? formatBytes(now)})`,
    memory: () => `Least memory of the host (now ${exact ?? formatBytes(now)})`,
  }
  return titles[metric]()
}

/** What a question is about. */
export type About = Pick<Limit, 'metric' | 'group' | 'region' | 'now'>

/** What a picture shows along its two sides. */
export function chartTitle(
  { metric, group, region, axis }: LimitChart,
  ofCgroups: boolean,
  ink: Ink,
): string {
  const by: Readonly<Record<Limit['metric'], () => string>> = {
    processes: () => `by processes of ${shown(group, ink)}`,
    allProcesses: () => 'by growth of all groups',
    region: () => `by size of ${shown(region, ink)}`,
    memory: () => 'by memory of the host',
  }
  return `Memory in use${ofCgroups ? ' of the host or its fullest cgroup' : ''}, ${by[metric]()}${axis.scale === 'log' ? ' (log scale)' : ''}`
}

/** A name from outside; in quotation marks where it would not be read as one word. */
function shown(name: string | undefined, ink: Ink): string {
  return quoted(named(name ?? '', ink))
}

/** What comes behind the last value that runs. */
export function stopWords({ metric, tight, swapping }: Limit, last: Bound, ink: Ink): string {
  if (last.atLeast === true) return 'unknown'
  if (last.cause === undefined) return ranges[metric]
  if (last.cause === 'cgroup') return `cgroup ${shown(last.cgroup, ink)}`
  const swaps = swapping !== undefined && swapping.value !== tight?.value
  return last.cause === 'memory' && swaps ? 'swap' : stops[last.cause]
}

const stops: Readonly<Record<Exclude<Stop['cause'], 'cgroup'>, string>> = {
  memory: 'memory',
  unswappable: 'unswappable memory',
  'huge-pages': 'too few huge pages',
  request: 'overcommit check',
  'commit-limit': 'commit limit',
}

/** What ends where memory does not. */
const ranges: Readonly<Record<Limit['metric'], string>> = {
  processes: 'process limit of Linux',
  allProcesses: 'process limit of Linux',
  region: 'address space',
  memory: '-',
}

/** Why no value runs. */
export function neverWords({ metric, never }: Limit, ink: Ink): string {
  if (never === undefined) return 'unknown'
  const { cause, cgroup } = never
  const when = questionWords[metric].never
  switch (cause) {
    case 'huge-pages':
    case 'request':
    case 'commit-limit':
      return refusalWords[cause]
    case 'cgroup':
      return `cgroup ${shown(cgroup, ink)} is full ${when}`
    case 'memory':
    case 'unswappable':
      return `out of memory ${when}`
  }
}
