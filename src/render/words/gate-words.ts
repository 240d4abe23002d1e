import type { GateMetric, GateResult } from '../../plan/result/gate-result.ts'
import type { Refusal } from '../../plan/result/risk-result.ts'
import { formatBytes } from '../../units/format.ts'
import { amounts, quoted } from '../text/amounts.ts'
import { percentColumn } from '../text/column.ts'
import { standingWords } from './standing-words.ts'

/** What a gate is about, what it is measured from, and on which side of the limit it has to be. */
export interface MetricWords {
  readonly name: string
  /** Begins with a blank; empty where nothing is compared. */
  readonly from: string
  readonly bound: string
}

const metrics: Readonly<Record<GateMetric, Omit<MetricWords, 'from'>>> = {
  risk: { name: 'risk', bound: 'at most' },
  headroom: { name: 'headroom', bound: 'at least' },
  pageTables: { name: 'page tables', bound: 'at most' },
  findings: { name: 'findings', bound: 'below' },
  growth: { name: 'growth', bound: 'at most' },
  riskGrowth: { name: 'risk', bound: 'at most' },
}

/** With what growth is measured from: `growth`, ` over 28.0 GiB`, `at most`. */
export function metricWords({ metric, baseline }: GateResult): MetricWords {
  const over = typeof baseline === 'number' ? formatBytes(baseline) : 'the baseline'
  const from = metric === 'growth' ? ` over ${over}` : ''
  return { ...metrics[metric], from: metric === 'riskGrowth' ? ' against the baseline' : from }
}

/**
 * `, case failover`; empty where the scenario itself is judged.
 * @param shown the name in the characters of the output; absent: the caller sees to that.
 */
export function caseText(
  { case: name }: GateResult,
  shown = (text: string): string => text,
): string {
  return name === undefined ? '' : `, case ${quoted(shown(name))}`
}

/** No level's id in a sentence. */
export function inWords(text: string): string {
  return text === 'oom' ? standingWords.oom : text
}

/** The limit and what was found, so that unequal ones do not read alike. */
export function limitAndActual(gate: GateResult): readonly [limit: string, actual: string] {
  const { limit, actual, unit } = gate
  if (typeof limit !== 'number') return [limit, typeof actual === 'string' ? actual : absent(gate)]
  const known = typeof actual === 'number' ? [limit, actual] : [limit]
  const [limitText = '', actualText = absent(gate)] =
    unit === 'fraction' ? percentColumn(known).map((text) => `${text} %`) : amounts(...known)
  return [limitText, actualText]
}

/** How far inside the limit; negative outside; empty where it is not known. */
export function marginText({ margin, unit }: GateResult): string {
  if (margin === undefined) return ''
  if (unit === 'bytes') return formatBytes(margin)
  if (unit === 'fraction') return `${percentColumn([margin])[0]} %`
  return `${margin} ${Math.abs(margin) === 1 ? 'level' : 'levels'}`
}

/** `it does not start (huge pages are missing)`, where that is why there is no number. */
export function notStarting({ actual, reason }: GateResult): string | undefined {
  if (actual !== undefined || reason === undefined) return undefined
  return `it does not start (${refusalWords[reason]})`
}

/** What keeps the strategy from starting. */
export const refusalWords: Readonly<Record<Refusal, string>> = {
  'huge-pages': 'huge pages are missing',
  request: 'the kernel refuses a request',
  'commit-limit': 'the kernel refuses more than CommitLimit',
}

/** Why there is no number: something over nothing is no multiple of it. */
function absent({ metric, baseline, reason }: GateResult): string {
  if (reason !== undefined) return refusalWords[reason]
  if (metric === 'growth') return baseline === 0 ? 'from nothing' : 'unknown'
  return 'not planned'
}
