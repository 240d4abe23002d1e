import type { Finding } from '../../plan/result/finding.ts'
import type { GateResult } from '../../plan/result/gate-result.ts'
import { standingOf, subjectOf } from '../../plan/result/outlook.ts'
import type { Result, StrategyResult } from '../../plan/result/result.ts'
import type { RangeJudged } from '../../plan/result/what-if/ranges-result.ts'
import { formatBytes } from '../../units/format.ts'
import { printable } from '../../units/printable.ts'
import { verdict } from '../screen/verdict.ts'
import { labelNamed } from '../sections/strategy.ts'
import { capital, quoted } from '../text/amounts.ts'
import { wordsOf } from '../words/finding-words.ts'
import { caseText, inWords, limitAndActual, metricWords, notStarting } from '../words/gate-words.ts'
import { standingWords } from '../words/standing-words.ts'

/** One line, without an end. */
const oneLine = { color: false, unicode: true, width: Number.MAX_SAFE_INTEGER } as const

/** The verdict in sentences. */
export function verdictText(result: Result): string {
  return verdict(result, oneLine).join(' ')
}

/** The file, with the line that the scenario begins in if it is not alone there. */
export function placeText({ scenario: { file, line } }: Pick<Result, 'scenario'>): string {
  return printable(line === undefined ? file : `${file}:${line}`)
}

/** `risk at most tight`; of another strategy than as described, with its name. */
export function gateName(gate: GateResult, result: Result): string {
  const { name, from, bound } = metricWords(gate)
  const [limit] = limitAndActual(gate)
  const of = gate.strategy === 'as-described' ? '' : ` of ${labelNamed(gate.strategy, result)}`
  return printable(`${name}${of}${from}${caseText(gate)} ${bound} ${limit}`)
}

/** What was found, and the findings that stand against the gate. */
export function gateText(gate: GateResult, result: Result): string {
  const [, actual] = limitAndActual(gate)
  const { name } = metricWords(gate)
  const against = [...new Set(gate.against ?? [])]
  const found = against.length === 0 ? '' : ` (${against.join(', ')})`
  return `${gateName(gate, result)}: ${notStarting(gate) ?? `${name} ${inWords(actual)}`}${found}`
}

/** The figures that a gate on a case or on ranges is judged by; otherwise the verdict. */
export function judgedText(gate: GateResult, result: Result): string {
  const { case: name, metric, strategy } = gate
  const { cases, ranges } = result
  const inCase = cases?.find((one) => one.name === name)?.strategies
  // Findings are those of the values that are planned.
  const judged = inCase ?? (metric === 'findings' ? undefined : ranges?.judged)
  if (judged === undefined) return verdictText(result)
  const range = ranges?.chances === undefined ? 'at worst' : 'one time in 20 this or worse'
  const where = inCase === undefined ? range : `case ${quoted(printable(`${name}`))}`
  return `${capital(where)}: ${figuresText(judged.find(({ id }) => id === strategy))}.`
}

function figuresText(one: StrategyResult | RangeJudged | undefined): string {
  if (one?.applies !== true) return 'not possible'
  const standing = standingOf(one)
  if (standing === 'no-start') return standingWords[standing]
  const { pageTables, memory } = one
  return `${standingWords[standing]}, page tables ${formatBytes(pageTables.bytes)}, headroom ${formatBytes(memory.headroomBytes)}`
}

/** A finding in sentences: under which strategy, what is true, what to do, and until when it is accepted. */
export function findingText(finding: Finding, result: Result): string {
  const { what, next } = wordsOf(finding, printable, result.host)
  const { strategy, waived } = finding
  const under = strategy === undefined ? '' : `${printable(labelNamed(strategy, result))}: `
  const until =
    waived === undefined ? '' : ` Waived until ${waived.until}: ${printable(waived.reason)}`
  return `${under}${what} Next: ${next}${until}`
}

/** True of the workload, of the strategy that the result is about, or of one that a gate judges. */
export function isAboutThis({ strategy }: Finding, result: Result): boolean {
  if (strategy === undefined || strategy === subjectOf(result)?.id) return true
  return result.gates.some((gate) => gate.strategy === strategy)
}
