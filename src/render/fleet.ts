import { outlooks } from '../plan/result/outlook.ts'
import type { Result } from '../plan/result/result.ts'
import { formatCount } from '../units/format.ts'
import type { FleetRow } from './sections/fleet-row.ts'
import { fleetRow } from './sections/fleet-row.ts'
import { fleetTable } from './sections/fleet-table.ts'
import type { Ink } from './text/ink.ts'
import { widthOf, worded } from './text/ink.ts'
import { wrap } from './text/wrap.ts'
import { failingGates } from './verdicts.ts'
import { markMeanings, outlookWords } from './words/fleet-words.ts'

/**
 * Several scenarios in the order given: one line for each, then what its marks mean, the gates that
 * fail, and how many scenarios come to what. Ends with a line feed.
 * @param unread scenarios without a result; why has been reported.
 */
export function renderFleet(results: readonly Result[], unread: number, ink: Ink): string {
  const rows = results.map(fleetRow)
  const gates = failingGates(results, ink)
  return [
    ...fleetTable(rows, ink),
    ...footnotes(rows, ink),
    ...(gates.length === 0 ? [] : ['', ...gates]),
    '',
    ...wrap([...counts(rows, unread), ...gateCounts(results)].join(' '), widthOf(ink)),
    '',
  ].join('\n')
}

/** The marks that occur, and words that need more than a word. */
function footnotes(rows: readonly FleetRow[], ink: Ink): readonly string[] {
  const marks = new Set(rows.flatMap((row) => row.marks))
  const found = new Set(rows.map(({ outlook }) => outlook))
  const sentences = [
    ...markMeanings.flatMap(([mark, text]) => (marks.has(mark) ? [text] : [])),
    ...(found.has('no-start') ? ['no start: the figures apply once it starts.'] : []),
    ...(found.has('unplanned')
      ? ['unknown: no strategy that the scenario asks for is possible.']
      : []),
    ...(rows.some(({ toDo }) => toDo === 'THP') ? ['THP: transparent huge pages.'] : []),
  ]
  return sentences.length === 0 ? [] : wrap(worded(sentences.join(' '), ink), widthOf(ink))
}

function counts(rows: readonly FleetRow[], unread: number): readonly string[] {
  const found = outlooks.map((outlook) => ({
    word: outlookWords[outlook],
    count: rows.filter((row) => row.outlook === outlook).length,
  }))
  const parts = [...found, { word: 'without a result', count: unread }]
    .filter(({ count }) => count > 0)
    .map(({ count, word }) => `${formatCount(count)} ${word}`)
  return [`${formatCount(rows.length + unread)} scenarios: ${parts.join(', ')}.`]
}

/** Scenarios with gates, by their verdict. */
function gateCounts(results: readonly Result[]): readonly string[] {
  const failed = results.filter(({ verdict }) => verdict === 'fail').length
  const passed = results.filter(({ verdict }) => verdict === 'pass').length
  const parts = [
    ...(failed === 0 ? [] : [`${formatCount(failed)} failed`]),
    ...(passed === 0 ? [] : [`${formatCount(passed)} passed`]),
  ]
  return parts.length === 0 ? [] : [`Gates: ${parts.join(', ')}.`]
}
