import type { Finding } from '../../plan/result/finding.ts'
import { isUnswappable, standingOf, subjectOf } from '../../plan/result/outlook.ts'
import type { Result } from '../../plan/result/result.ts'
import { formatCount } from '../../units/format.ts'
import { capital } from '../text/amounts.ts'
import type { Ink } from '../text/ink.ts'
import { named, widthOf, worded } from '../text/ink.ts'
import { wrap } from '../text/wrap.ts'
import { briefly } from '../words/brief-finding-words.ts'

const mostShown = 3

/**
 * Errors and warnings about the workload as it is, a line for each that the screen does not say
 * elsewhere, then how much more there is to see.
 */
export function briefFindings(
  result: Result,
  ink: Ink,
  most: number = mostShown,
): readonly string[] {
  const { findings, assumptions } = result
  const said = findings.filter((finding) => isSaid(finding, result))
  const told = tellable(result, said).slice(0, most)
  const lines = told.map((finding) => `${briefly(finding, (text) => named(text, ink)) ?? ''}`)
  const shown = new Set([...said, ...told].map(({ id }) => id))
  const more = findings.filter(({ id }) => !shown.has(id)).length
  const parts = [
    ...(more === 0 ? [] : [`${formatCount(more)} more ${more === 1 ? 'finding' : 'findings'}`]),
    ...(assumptions.length === 0
      ? []
      : [
          `${formatCount(assumptions.length)} ${assumptions.length === 1 ? 'default' : 'defaults'}`,
        ]),
    'every table: --details',
  ]
  const rest = parts.join(', ')
  return [
    ...lines.flatMap((line) => wrap(worded(line, ink), widthOf(ink))),
    ...wrap(`${capital(rest)}. Each number: explain`, widthOf(ink)),
  ]
}

/** One of each kind, errors first. */
function tellable(result: Result, said: readonly Finding[]): readonly Finding[] {
  const subject = subjectOf(result)?.id
  const seen = new Set(said.map(({ id }) => id))
  return result.findings
    .filter(({ severity, waived }) => severity !== 'note' && waived === undefined)
    .filter(({ strategy }) => strategy === undefined || strategy === subject)
    .filter((finding) => briefly(finding, (text) => text) !== undefined)
    .toSorted((one, other) => rank(one) - rank(other))
    .filter(({ id }) => !seen.has(id) && seen.add(id))
}

function rank({ severity }: Finding): number {
  return severity === 'error' ? 0 : 1
}

/** True where the verdict, the advice or the assumptions say it. */
function isSaid(finding: Finding, result: Result): boolean {
  if (finding.severity === 'note') return false
  const subject = subjectOf(result)
  if (finding.strategy !== undefined && finding.strategy !== subject?.id) return false
  switch (finding.kind) {
    case 'tables-decide':
    case 'tables-exceed-data':
      return subject !== undefined && standingOf(subject) !== 'safe'
    case 'pool-too-small':
      return finding.fallback === 'fail'
    case 'swap-cannot-help':
      return subject !== undefined && isUnswappable(result, subject)
    case 'overcommit-refuses':
    case 'stranded-huge-pages':
    case 'assumption-decides':
      return true
    default:
      return false
  }
}
