import type { Finding } from '../plan/finding.ts'
import type { Result } from '../plan/result.ts'
import { wordsOf } from './finding-words.ts'
import type { Brushes, Ink, Paint } from './ink.ts'
import { brushesOf, named, widthOf, worded } from './ink.ts'
import { hanging, wrap } from './wrap.ts'

const severities: readonly Finding['severity'][] = ['error', 'warning', 'note']

/** What a reader should know, worst first: what is true, what to do, where to read on. */
export function findings(result: Result, ink: Ink): readonly string[] {
  const worstFirst = severities.flatMap((severity) =>
    result.findings.filter((finding) => finding.severity === severity),
  )
  const said = new Map(worstFirst.map((finding) => [sayingOf(finding), finding]))
  return [...said.values()].flatMap((finding) => inWords(finding, ink))
}

/** Equal where the same is true under several strategies: it is said once. */
function sayingOf(finding: Finding): string {
  return JSON.stringify({ ...finding, strategy: undefined })
}

function inWords(finding: Finding, ink: Ink): readonly string[] {
  const { what, next } = wordsOf(finding, (text) => named(text, ink))
  const tag = `${finding.severity} ${finding.id}`
  const [first = '', ...others] = wrap(worded(`${tag}: ${what}`, ink), widthOf(ink) - 2)
  return [
    paintOf(finding.severity, brushesOf(ink))(tag) + first.slice(tag.length),
    ...others.map((line) => `  ${line}`),
    ...hanging('  Next: ', worded(next, ink), widthOf(ink)),
    `  More: docs/findings/${finding.id}.md`,
  ]
}

function paintOf(severity: Finding['severity'], brushes: Brushes): Paint {
  const paints: Readonly<Record<Finding['severity'], Paint>> = {
    error: brushes.bad,
    warning: brushes.caution,
    note: brushes.aside,
  }
  return paints[severity]
}
