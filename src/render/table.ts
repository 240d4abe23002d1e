import type { Result } from '../plan/result/result.ts'
import { advice, adviceTitle } from './sections/advice.ts'
import { assumptions } from './sections/assumptions.ts'
import { budget } from './sections/budget.ts'
import { comparison } from './sections/comparison.ts'
import { counterTable } from './sections/counter-table.ts'
import { findings } from './sections/findings.ts'
import { gateTable } from './sections/gates.ts'
import { groupTables } from './sections/group-tables.ts'
import { headline } from './sections/headline.ts'
import { regionTables } from './sections/region-tables.ts'
import { riskTable } from './sections/risk.ts'
import { labelOf, plannedIn, subjectOf } from './sections/strategy.ts'
import type { Ink } from './text/ink.ts'
import { brushesOf, named, rule, widthOf } from './text/ink.ts'
import { wrap } from './text/wrap.ts'

export interface TableOptions {
  /** Every assumption on lines of its own, with its source, and what identifies the run. */
  readonly verbose?: boolean
}

/**
 * The main view of a result, for a terminal: the answer in words, the strategies compared, then
 * where the numbers come from. Shows nothing that is not in the result; no line is wider than the
 * ink's width but those to paste. Ends with a line feed.
 */
export function renderTable(result: Result, ink: Ink, options: TableOptions = {}): string {
  const planned = plannedIn(result).length > 0
  const subject = subjectOf(result)
  const sections: readonly Section[] = [
    ['Strategies', comparison(result, ink)],
    [adviceTitle(result), advice(result, ink, options.verbose === true)],
    ['Groups', planned ? groupTables(result, ink) : []],
    ['Regions', planned ? regionTables(result, ink) : []],
    ['Counters, faults and calls', planned ? counterTable(result, ink) : []],
    [`Memory budget, ${subject === undefined ? '' : labelOf(subject)}`, budget(result, ink)],
    ['Risk', riskTable(result, ink)],
    ['Gates', result.gates.length > 0 ? gateTable(result, ink) : []],
    ['Findings', findings(result, ink)],
    ['Assumptions', assumptions(result, ink, options.verbose === true)],
    ['Identity', options.verbose === true ? identity(result, ink) : []],
  ]
  const body = sections.flatMap((section) => titled(section, ink))
  return `${[...headline(result, ink), ...body].join('\n')}\n`
}

/** Which program planned which scenario: what a second run is compared by. */
function identity({ tool, scenario }: Result, ink: Ink): readonly string[] {
  return [
    `${tool.name} ${named(tool.version, ink)}`,
    ...wrap(`scenario sha256 ${named(scenario.fingerprint, ink)}`, widthOf(ink)),
  ]
}

type Section = readonly [title: string, lines: readonly string[]]

function titled([title, lines]: Section, ink: Ink): readonly string[] {
  if (lines.length === 0) return []
  const shown = brushesOf(ink).heading(title.toUpperCase())
  return ['', shown, rule(ink).repeat(title.length), ...lines]
}
