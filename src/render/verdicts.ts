import type { GateResult } from '../plan/result/gate-result.ts'
import type { Result } from '../plan/result/result.ts'
import { labelNamed } from './sections/strategy.ts'
import type { Ink } from './text/ink.ts'
import { brushesOf, named, widthOf, worded } from './text/ink.ts'
import { blanks, cutLeft, displayWidth } from './text/width.ts'
import { hanging } from './text/wrap.ts'
import { limitAndActual, metricWords, refusalWords } from './words/gate-words.ts'

/** One line for each gate, `ok` or `FAIL` first; of several scenarios, how many passed. */
export function renderVerdicts(results: readonly Result[], ink: Ink): string {
  const rows = results.flatMap((result) => result.gates.map((gate) => rowOf(gate, result, ink)))
  return [...linesOf(rows, ink), ...summary(results)].map((line) => `${line}\n`).join('')
}

/** The same lines for the gates that fail, without a count. */
export function failingGates(results: readonly Result[], ink: Ink): readonly string[] {
  const rows = results.flatMap((result) =>
    result.gates.filter(({ holds }) => !holds).map((gate) => rowOf(gate, result, ink)),
  )
  return linesOf(rows, ink)
}

function linesOf(rows: readonly VerdictRow[], ink: Ink): readonly string[] {
  return aligned(rows, ink) ?? rows.flatMap((row) => unaligned(row, ink))
}

/** What one line says. */
interface VerdictRow {
  readonly holds: boolean
  readonly scenario: string
  /** With the strategy, where that is not the scenario as described. */
  readonly metric: string
  readonly actual: string
  readonly limit: string
  /** What stands against the gate or was waived; empty where there is nothing to add. */
  readonly note: string
}

function rowOf(gate: GateResult, result: Result, ink: Ink): VerdictRow {
  const { name, from, bound } = metricWords(gate)
  const [limit, actual] = limitAndActual(gate)
  const strategy =
    gate.strategy === 'as-described' ? '' : ` of ${named(labelNamed(gate.strategy, result), ink)}`
  return {
    holds: gate.holds,
    scenario: named(result.scenario.file, ink),
    metric: `${name}${strategy}${from}`,
    actual: gate.reason === undefined ? actual : 'no start',
    limit: `${bound} ${limit}`,
    note: named(notesOf(gate, result).join('; '), ink),
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
function aligned(rows: readonly VerdictRow[], ink: Ink): readonly string[] | undefined {
  const widest = (key: 'scenario' | 'metric' | 'actual' | 'limit') =>
    Math.max(0, ...rows.map((row) => displayWidth(row[key])))
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

function unaligned(row: VerdictRow, ink: Ink): readonly string[] {
  const { scenario, metric, actual, limit, note } = row
  const more = note === '' ? '' : `; ${note}`
  const text = `${scenario}: ${metric} ${actual} (${limit})${more}`
  return hanging(indent, text, widthOf(ink)).map((line, index) =>
    index === 0 ? word(row, ink) + line.slice(indent.length) : line,
  )
}

function word({ holds }: VerdictRow, ink: Ink): string {
  const { good, bad } = brushesOf(ink)
  return holds ? `${good('ok')}    ` : `${bad('FAIL')}  `
}

function padded(text: string, width: number): string {
  return text + blanks(width, text)
}

function summary(results: readonly Result[]): readonly string[] {
  if (results.length < 2) return []
  const failed = results.filter(({ verdict }) => verdict === 'fail').length
  const counts = [
    ...(failed === 0 ? [] : [`${failed} failed`]),
    ...(failed === results.length ? [] : [`${results.length - failed} passed`]),
  ]
  return ['', `${results.length} scenarios: ${counts.join(', ')}.`]
}
