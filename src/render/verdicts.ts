import type { GateResult } from '../plan/result/gate-result.ts'
import type { Result } from '../plan/result/result.ts'
import { labelNamed } from './sections/strategy.ts'
import type { Ink } from './text/ink.ts'
import { brushesOf, named, widthOf } from './text/ink.ts'
import { hanging } from './text/wrap.ts'
import { limitAndActual, metricWords, refusalWords } from './words/gate-words.ts'

/** One verdict for each result: pass or FAIL, the file, and every gate with what was found. */
export function renderVerdicts(results: readonly Result[], ink: Ink): string {
  return results
    .flatMap((result) => verdictOf(result, ink))
    .map((line) => `${line}\n`)
    .join('')
}

function verdictOf(result: Result, ink: Ink): readonly string[] {
  const { good, bad } = brushesOf(ink)
  const passed = result.verdict === 'pass'
  const gates = result.gates.map((gate) => gateText(gate, result, ink)).join('; ')
  const text = `${named(result.scenario.file, ink)}: ${gates}`
  const [first = '', ...rest] = hanging(passed ? 'pass  ' : 'FAIL  ', text, widthOf(ink))
  const word = first.slice(0, 4)
  return [(passed ? good : bad)(word) + first.slice(4), ...rest]
}

function gateText(gate: GateResult, result: Result, ink: Ink): string {
  const strategy = named(labelNamed(gate.strategy, result), ink)
  const { name, from, bound } = metricWords(gate)
  const [limit, actual] = limitAndActual(gate)
  const asked = `${bound} ${limit}`
  const why = gate.reason === undefined ? '' : `: it cannot start, ${refusalWords[gate.reason]}`
  if (gate.actual === undefined) return `${strategy} ${name} unknown${from} (${asked})${why}`
  const against = (gate.against ?? []).join(', ')
  const failing = against === '' ? ', does not hold' : `, does not hold: ${named(against, ink)}`
  return `${strategy} ${name} ${actual}${from} (${asked}${gate.holds ? '' : failing})`
}
