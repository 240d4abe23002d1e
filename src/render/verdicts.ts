import type { GateResult } from '../plan/result/gate-result.ts'
import type { Result } from '../plan/result/result.ts'
import { formatCount } from '../units/format.ts'
import { labelNamed } from './sections/strategy.ts'
import type { Ink } from './text/ink.ts'
import { brushesOf, named, widthOf, worded } from './text/ink.ts'
import { blanks, cutLeft, displayWidth } from './text/width.ts'
import { hanging, wrap } from './text/wrap.ts'
import type { Unanswered } from './words/failure-words.ts'
import { withoutResult } from './words/failure-words.ts'
import { caseText, limitAndActual, metricWords, refusalWords } from './words/gate-words.ts'

/** What the lines of one scenario are made of, without the rest of its result. */
export interface Verdict {
  readonly verdict: Result['verdict']
  readonly gates: readonly VerdictRow[]
}

export function verdictIn(result: Result): Verdict {
  return { verdict: result.verdict, gates: result.gates.map((gate) => rowOf(gate, result)) }
}

/**
 * One line for each gate, `ok` or `FAIL` first; of several scenarios, how many passed.
 */
export function renderVerdicts(
  verdicts: readonly Verdict[],
  ink: Ink,
  missing: Unanswered = { unanswered: 0, failures: [] },
): string {
  const rows = printedRows(verdicts, ink)
  return [...linesOf(rows, ink), ...summary(verdicts, missing, ink)]
    .map((line) => `${line}\n`)
    .join('')
}

/** The same lines for the gates that fail, without a count. */
export function failingGates(verdicts: readonly Verdict[], ink: Ink): readonly string[] {
  return linesOf(
    printedRows(verdicts, ink).filter(({ holds }) => !holds),
    ink,
  )
}

/** The place of a scenario that is not alone in its file has the line that it begins in. */
function printedRows(verdicts: readonly Verdict[], ink: Ink): readonly PrintedRow[] {
  const shared = new Set<string>()
  for (const { gates } of verdicts) {
    for (const { file, line } of gates) if (line !== undefined) shared.add(file)
  }
  return verdicts.flatMap(({ gates }) =>
    gates.map(({ file, line = 1, metric, note, ...row }) => ({
      ...row,
      scenario: named(shared.has(file) ? `${file}:${line}` : file, ink),
      metric: `${metric.name}${metric.of === undefined ? '' : ` of ${named(metric.of, ink)}`}${named(metric.from, ink)}`,
      note: named(note, ink),
    })),
  )
}

function linesOf(rows: readonly PrintedRow[], ink: Ink): readonly string[] {
  return aligned(rows, ink) ?? rows.flatMap((row) => unaligned(row, ink))
}

/** What one line says. */
interface VerdictRow {
  readonly holds: boolean
  readonly file: string
  /** Absent where it is the first. */
  readonly line?: number
  /** With the strategy, where that is not the scenario as described, and what is compared. */
  readonly metric: { readonly name: string; readonly of?: string; readonly from: string }
  readonly actual: string
  readonly limit: string
  /** What stands against the gate or was waived; empty where there is nothing to add. */
  readonly note: string
}

/** The same in the characters of the output. */
interface PrintedRow extends Pick<VerdictRow, 'holds' | 'actual' | 'limit' | 'note'> {
  readonly scenario: string
  readonly metric: string
}

function rowOf(gate: GateResult, result: Result): VerdictRow {
  const { name, from, bound } = metricWords(gate)
  const [limit, actual] = limitAndActual(gate)
  const { file, line } = result.scenario
  const isOther = gate.strategy !== 'as-described'
  return {
    holds: gate.holds,
    file,
    ...(line === undefined ? {} : { line }),
    metric: {
      name,
      from: `${from}${caseText(gate)}`,
      ...(isOther ? { of: labelNamed(gate.strategy, result) } : {}),
    },
    actual: gate.reason === undefined ? actual : 'no start',
    limit: `${bound} ${limit}`,
    note: notesOf(gate, result).join('; '),
  }
}

function notesOf(gate: GateResult, { findings }: Result): readonly string[] {
  const { metric, strategy, reason, against = [] } = gate
  const waived = findings.flatMap((finding) =>
    metric === 'findings' && [undefined, strategy].includes(finding.strategy) && finding.waived
      ? [`${finding.id} (${finding.waived.reason}) until ${finding.waived.until}`]
      : [],
  )
  return [
    ...(reason === undefined ? [] : [refusalWords[reason]]),
    ...(against.length === 0 ? [] : [`found: ${[...new Set(against)].join(', ')}`]),
    ...(waived.length === 0 ? [] : [`waived: ${[...new Set(waived)].join(', ')}`]),
  ]
}

const gap = '  '
const indent = ' '.repeat(6)
/** Enough of a path to tell files apart. */
const narrowestScenario = 16

/** The rows below each other; `undefined` where too little of a path would be left, or they clash. */
function aligned(rows: readonly PrintedRow[], ink: Ink): readonly string[] | undefined {
  const widest = (key: 'scenario' | 'metric' | 'actual' | 'limit') =>
    rows.reduce((most, row) => Math.max(most, displayWidth(row[key])), 0)
  const [metric, actual, limit] = [widest('metric'), widest('actual'), widest('limit')]
  const others = indent.length + gap.length * 3 + metric + actual + limit
  const room = widthOf(ink) - others
  if (room < Math.min(narrowestScenario, widest('scenario'))) return undefined
  const scenario = Math.min(room, widest('scenario'))
  const files = [...new Set(rows.map((row) => row.scenario))]
  const shown = new Map(files.map((file) => [file, cutLeft(file, scenario, worded('…', ink))]))
  if (new Set(shown.values()).size < files.length) return undefined
  return rows.flatMap((row) => {
    const file = shown.get(row.scenario) ?? row.scenario
    const number = `${blanks(actual, row.actual)}${row.actual}`
    const cells = [padded(file, scenario), padded(row.metric, metric), number, row.limit]
    const line = `${word(row, ink)}${cells.join(gap)}`
    if (row.note === '') return [line]
    const long = `${line}${blanks(limit, row.limit)}${gap}${row.note}`
    return others + scenario + gap.length + displayWidth(row.note) <= widthOf(ink)
      ? [long]
      : [line, ...hanging(indent, row.note, widthOf(ink))]
  })
}

function unaligned(row: PrintedRow, ink: Ink): readonly string[] {
  const { scenario, metric, actual, limit, note } = row
  const more = note === '' ? '' : `; ${note}`
  const text = `${scenario}: ${metric} ${actual} (${limit})${more}`
  return hanging(indent, text, widthOf(ink)).map((line, index) =>
    index === 0 ? word(row, ink) + line.slice(indent.length) : line,
  )
}

function word({ holds }: PrintedRow, ink: Ink): string {
  const { good, bad } = brushesOf(ink)
  return holds ? `${good('ok')}    ` : `${bad('FAIL')}  `
}

function padded(text: string, width: number): string {
  return text + blanks(width, text)
}

function summary(verdicts: readonly Verdict[], missing: Unanswered, ink: Ink): readonly string[] {
  const all = verdicts.length + missing.unanswered
  if (all < 2) return []
  const failed = verdicts.filter(({ verdict }) => verdict === 'fail').length
  const passed = verdicts.length - failed
  const counts = [
    ...(failed === 0 ? [] : [`${formatCount(failed)} failed`]),
    ...(passed === 0 ? [] : [`${formatCount(passed)} passed`]),
    ...(missing.unanswered === 0 ? [] : [withoutResult(missing, (text) => named(text, ink))]),
  ]
  return [
    '',
    ...wrap(worded(`${formatCount(all)} scenarios: ${counts.join(', ')}.`, ink), widthOf(ink)),
  ]
}
