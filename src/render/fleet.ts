import type { Outlook } from '../plan/result/outlook.ts'
import { outlooks } from '../plan/result/outlook.ts'
import type { Result } from '../plan/result/result.ts'
import { formatCount } from '../units/format.ts'
import type { FleetRow } from './sections/fleet-row.ts'
import { fleetRow } from './sections/fleet-row.ts'
import { fleetTable } from './sections/fleet-table.ts'
import type { Ink } from './text/ink.ts'
import { named, widthOf, worded } from './text/ink.ts'
import { displayWidth } from './text/width.ts'
import { wrap } from './text/wrap.ts'
import type { Verdict } from './verdicts.ts'
import { failingGates, verdictIn } from './verdicts.ts'
import type { Unanswered } from './words/failure-words.ts'
import { withoutResult } from './words/failure-words.ts'
import { markMeanings, outlookWords } from './words/fleet-words.ts'

/** What the table needs of one scenario, without the rest of its result. */
export interface FleetEntry extends Verdict {
  readonly row: FleetRow
}

export function fleetEntry(result: Result): FleetEntry {
  const { verdict, gates } = verdictIn(result)
  return { row: fleetRow(result), verdict, gates: gates.filter(({ holds }) => !holds) }
}

/**
 * Several scenarios in the order given: one line for each, then what its marks mean, the gates that
 * fail, and how many scenarios come to what. Ends with a line feed.
 */
export function renderFleet(entries: readonly FleetEntry[], missing: Unanswered, ink: Ink): string {
  const rows = entries.map(({ row }) => row)
  const gates = failingGates(entries, ink)
  return [
    ...fleetTable(rows, ink),
    ...footnotes(rows, ink),
    ...(gates.length === 0 ? [] : ['', ...gates, ...gateCounts(entries)]),
    '',
    ...wrap(worded(counts(rows, missing, ink), ink), widthOf(ink)),
    '',
  ].join('\n')
}

/** The marks that occur, and words that need more than a word. */
function footnotes(rows: readonly FleetRow[], ink: Ink): readonly string[] {
  const marks = new Set(rows.flatMap((row) => row.marks))
  const found = new Set(rows.map(({ outlook }) => outlook))
  const sentences = [
    ...markMeanings.flatMap(([mark, text]) => {
      if (!marks.has(mark)) return []
      return mark === 'mshare' ? [text, withoutMshare(rows)] : [text]
    }),
    ...(found.has('no-start') ? ['no start: the figures apply once it starts.'] : []),
    ...(found.has('unplanned')
      ? ['unknown: no strategy that the scenario asks for is possible.']
      : []),
    ...(rows.some(({ toDo }) => toDo === 'THP') ? ['THP: transparent huge pages.'] : []),
    'Every screen: --details',
  ]
  return packed(
    sentences.map((text) => worded(text, ink)),
    widthOf(ink),
  )
}

/** What the scenarios come to that are marked for it. */
function withoutMshare(rows: readonly FleetRow[]): string {
  const marked = rows.filter(({ marks }) => marks.includes('mshare'))
  const found = marked.map((row) => row.withoutMshare ?? 'unplanned')
  return `Without it: ${tally(found).join(', ')}.`
}

function counts(rows: readonly FleetRow[], missing: Unanswered, ink: Ink): string {
  const parts = [
    ...tally(rows.map(({ outlook }) => outlook)),
    ...(missing.unanswered === 0 ? [] : [withoutResult(missing, (text) => named(text, ink))]),
  ]
  return `${formatCount(rows.length + missing.unanswered)} scenarios: ${parts.join(', ')}.`
}

/** `2 no start`, `8 oom`: each that occurs, the worst first. */
function tally(found: readonly Outlook[]): readonly string[] {
  return outlooks.flatMap((outlook) => {
    const count = found.filter((one) => one === outlook).length
    return count === 0 ? [] : [`${formatCount(count)} ${outlookWords[outlook]}`]
  })
}

/** Sentences one behind another; one that a line does not hold begins a new line. */
function packed(sentences: readonly string[], width: number): readonly string[] {
  const lines: string[] = []
  for (const sentence of sentences) {
    const longer = `${lines.at(-1) ?? ''} ${sentence}`.trimStart()
    if (displayWidth(longer) <= width) lines.splice(-1, 1, longer)
    else lines.push(...wrap(sentence, width))
  }
  return lines
}

/** Scenarios with gates, by their verdict. */
function gateCounts(entries: readonly FleetEntry[]): readonly string[] {
  const failed = entries.filter(({ verdict }) => verdict === 'fail').length
  const passed = entries.filter(({ verdict }) => verdict === 'pass').length
  const others = passed === 0 ? '' : `, ${formatCount(passed)} passed`
  return [`Scenarios with gates: ${formatCount(failed)} failed${others}.`]
}
