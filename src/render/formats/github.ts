import type { Finding } from '../../plan/result/finding.ts'
import type { Result } from '../../plan/result/result.ts'
import { printable } from '../../units/printable.ts'
import type { AllResults, Place, PlacedResult } from './all-results.ts'
import { findingText, gateText, isAboutThis, judgedText, verdictText } from './said.ts'

type Level = 'error' | 'warning' | 'notice'

const levels: Readonly<Record<Finding['severity'], Level>> = {
  error: 'error',
  warning: 'warning',
  note: 'notice',
}

/**
 * Annotations of GitHub Actions, at the line of the scenario that causes them: gates that fail as
 * errors, then findings by severity, then a notice with the verdict. GitHub shows 10 errors, 10
 * warnings and 10 notices of a step, so the worst come first.
 */
export function* planGithub({ results, failures }: AllResults<Result>): Generator<string, void> {
  for (const placed of results()) yield linesOf(placed).join('')
  for (const failure of failures) {
    const { file, line, column, message } = failure
    const at = file === '-' ? {} : { file, ...(line && column ? { line, col: column } : {}) }
    yield command('error', { ...at, heading: 'mshare-plan: no result' }, message)
  }
}

function linesOf({ result, places }: PlacedResult<Result>): readonly string[] {
  const { gates, findings, scenario } = result
  const failing = gates.flatMap((gate, index) => {
    if (gate.holds) return []
    const at = { ...placed(scenario, places?.gates[index]), heading: 'mshare-plan: gate fails' }
    return [command('error', at, `${gateText(gate, result)}. ${judgedText(gate, result)}`)]
  })
  const all = findings.map((finding, index) => ({ finding, place: places?.findings[index] }))
  const about = all.filter(({ finding }) => isAboutThis(finding, result))
  const found = about.map(({ finding, place }) => {
    const level = finding.waived === undefined ? levels[finding.severity] : 'notice'
    const at = { ...placed(scenario, place), heading: `mshare-plan: ${finding.id}` }
    return { level, line: command(level, at, findingText(finding, result)) }
  })
  const more = findings.length - about.length
  const rest =
    more === 0 ? '' : ` ${more} findings about other strategies and all figures: --format json.`
  return [
    ...failing,
    ...(['error', 'warning', 'notice'] as const).flatMap((level) =>
      found.flatMap((one) => (one.level === level ? [one.line] : [])),
    ),
    command(
      'notice',
      { ...placed(scenario, undefined), heading: 'mshare-plan' },
      `${printable(scenario.name)}: ${verdictText(result)}${rest}`,
    ),
  ]
}

/** Without the file where it is not known: standard input has none. */
function placed(
  { file, line = 1 }: Result['scenario'],
  place: Place | undefined,
): Readonly<Record<string, string | number>> {
  if (file === '-') return {}
  if (place === undefined) return { file, line }
  if (place.option !== undefined) return { file, line: place.line }
  const { column, endColumn } = place
  const at = { file: place.file ?? file, line: place.line, col: column }
  return endColumn === undefined ? at : { ...at, endColumn }
}

/** `::error file=…,line=…::text`, escaped as the toolkit of GitHub Actions does: packages/core, command.ts. */
function command(
  level: Level,
  properties: Readonly<Record<string, string | number>>,
  text: string,
): string {
  const written = Object.entries(properties).map(
    ([name, value]) => `${name === 'heading' ? 'title' : name}=${property(`${value}`)}`,
  )
  return `::${level} ${written.join(',')}::${data(text)}\n`
}

function data(text: string): string {
  return printable(text).replaceAll('%', '%25')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
