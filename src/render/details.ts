import { subjectOf } from '../plan/result/outlook.ts'
import type { Result } from '../plan/result/result.ts'
import { advice, adviceTitle } from './sections/advice.ts'
import { assumptions } from './sections/assumptions.ts'
import { budget } from './sections/budget.ts'
import { comparison } from './sections/comparison.ts'
import { counterTable } from './sections/counter-table.ts'
import type { DetailName } from './sections/detail-names.ts'
import { detailNames } from './sections/detail-names.ts'
import { findings } from './sections/findings.ts'
import { gateTable } from './sections/gates.ts'
import { groupTables } from './sections/group-tables.ts'
import { regionTables } from './sections/region-tables.ts'
import { riskTable } from './sections/risk.ts'
import { labelOf, plannedIn } from './sections/strategy.ts'
import type { Ink } from './text/ink.ts'
import { brushesOf, named, rule, widthOf } from './text/ink.ts'
import { wrap } from './text/wrap.ts'

/**
 * The sections that were asked for, each from where its numbers come. Shows nothing that is not in
 * the result; no line is wider than the ink's width but those to paste. Begins with an empty line
 * and ends with a line feed.
 */
export function renderDetails(
  result: Result,
  ink: Ink,
  names: ReadonlySet<DetailName> = new Set(detailNames),
): string {
  const subject = subjectOf(result)
  const titles: Readonly<Record<DetailName, string>> = {
    levels: 'Page tables by level',
    groups: 'Groups',
    regions: 'Regions',
    counters: 'Counters, faults and calls',
    budget: `Memory budget, ${subject === undefined ? '' : labelOf(subject)}`,
    risk: 'Risk',
    advice: adviceTitle(result),
    gates: 'Gates',
    findings: 'Findings',
    assumptions: 'Assumptions',
  }
  const sections = detailNames
    .filter((name) => names.has(name))
    .map((name): Section => [titles[name], linesOf(name, result, ink)])
  const all: readonly Section[] = names.has('assumptions')
    ? [...sections, ['Identity', identity(result, ink)]]
    : sections
  const lines = all.flatMap((section) => titled(section, ink))
  return lines.map((line) => `${line}\n`).join('')
}

function linesOf(name: DetailName, result: Result, ink: Ink): readonly string[] {
  const planned = plannedIn(result).length > 0
  switch (name) {
    case 'levels':
      return comparison(result, ink)
    case 'groups':
      return planned ? groupTables(result, ink) : []
    case 'regions':
      return planned ? regionTables(result, ink) : []
    case 'counters':
      return planned ? counterTable(result, ink) : []
    case 'budget':
      return budget(result, ink)
    case 'risk':
      return riskTable(result, ink)
    case 'advice':
      return advice(result, ink)
    case 'gates':
      return result.gates.length > 0 ? gateTable(result, ink) : []
    case 'findings':
      return findings(result, ink)
    case 'assumptions':
      return assumptions(result, ink)
  }
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
