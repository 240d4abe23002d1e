import type { Finding } from '../../plan/result/finding.ts'
import type { Result } from '../../plan/result/result.ts'
import type { Brushes, Ink, Paint } from '../text/ink.ts'
import { brushesOf, named, widthOf, worded } from '../text/ink.ts'
import { hanging, wrap } from '../text/wrap.ts'
import { wordsOf } from '../words/finding-words.ts'
import { labelNamed } from './strategy.ts'

const severities: readonly Finding['severity'][] = ['error', 'warning', 'note']

/** What a reader should know, worst first: what is true, what to do, where to read on. */
export function findings(result: Result, ink: Ink): readonly string[] {
  const worstFirst = severities.flatMap((severity) =>
    result.findings.filter((finding) => finding.severity === severity),
  )
  const alike = new Map<string, readonly Finding[]>()
  for (const finding of worstFirst) {
    const saying = sayingOf(finding)
    alike.set(saying, [...(alike.get(saying) ?? []), finding])
  }
  return [...alike.values()].flatMap((same) => inWords(same, result, ink))
}

/** Equal where the same is true under several strategies: it is said once. */
function sayingOf(finding: Finding): string {
  return JSON.stringify({ ...finding, strategy: undefined })
}

function inWords(same: readonly Finding[], result: Result, ink: Ink): readonly string[] {
  const [finding] = same
  if (finding === undefined) return []
  const { what, next } = wordsOf(finding, (text) => named(text, ink), result.host)
  const { waived } = finding
  const tag = `${finding.severity} ${finding.id}${waived === undefined ? '' : ' (waived)'}`
  const until = waived === undefined ? '' : `until ${waived.until} (UTC): ${waived.reason}`
  const text = `${tag}: ${under(same, result)}${what}`
  const [first = '', ...others] = wrap(worded(text, ink), widthOf(ink) - 2)
  return [
    paintOf(finding.severity, brushesOf(ink))(tag) + first.slice(tag.length),
    ...others.map((line) => `  ${line}`),
    ...(waived === undefined ? [] : hanging('  Waived: ', named(until, ink), widthOf(ink))),
    ...hanging('  Next: ', worded(next, ink), widthOf(ink)),
    `  More: mshare-plan explain ${finding.id}`,
  ]
}

/** The strategies under which it is true; nothing where it is true of the workload itself. */
function under(same: readonly Finding[], result: Result): string {
  const ids = same.flatMap(({ strategy }) => (strategy === undefined ? [] : [strategy]))
  if (ids.length === 0) return ''
  return `under ${[...new Set(ids)].map((id) => labelNamed(id, result)).join(', ')}: `
}

function paintOf(severity: Finding['severity'], brushes: Brushes): Paint {
  const paints: Readonly<Record<Finding['severity'], Paint>> = {
    error: brushes.bad,
    warning: brushes.caution,
    note: brushes.aside,
  }
  return paints[severity]
}
