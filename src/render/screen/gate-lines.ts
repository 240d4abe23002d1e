import type { GateResult } from '../../plan/result/gate-result.ts'
import type { Result } from '../../plan/result/result.ts'
import { formatCount } from '../../units/format.ts'
import { labelNamed } from '../sections/strategy.ts'
import type { Ink } from '../text/ink.ts'
import { brushesOf, named, widthOf, worded } from '../text/ink.ts'
import { wrap } from '../text/wrap.ts'
import { caseText, inWords, limitAndActual, metricWords, notStarting } from '../words/gate-words.ts'
import { underStrategy } from '../words/strategy-words.ts'

/** A line for each gate that fails, and one for the others. */
export function gateLines(result: Result, ink: Ink): readonly string[] {
  const { good, bad } = brushesOf(ink)
  const failing = result.gates.filter(({ holds }) => !holds)
  const holding = result.gates.length - failing.length
  const other = failing.length > 0 ? 'other ' : ''
  const rest =
    holding === 1 ? `1 ${other}gate holds.` : `${formatCount(holding)} ${other}gates hold.`
  return [
    ...failing.flatMap((gate) => {
      const [first = '', ...more] = wrap(worded(sentence(gate, result, ink), ink), widthOf(ink))
      const word = 'Gate fails'
      return [bad(word) + first.slice(word.length), ...more]
    }),
    ...(holding === 0 ? [] : [good(rest)]),
  ]
}

/** `Gate fails: headroom -14.6 GiB, at least 6.4 GiB.`; where there is no number, the reason. */
function sentence(gate: GateResult, result: Result, ink: Ink): string {
  const { name, from, bound } = metricWords(gate)
  const [limit, actual] = limitAndActual(gate).map(inWords)
  const subject = `Gate fails${caseText(gate, (text) => named(text, ink))}${underWhat(gate, result, ink)}:`
  if (gate.metric === 'findings') {
    return `${subject} findings reach ${actual}, allowed is below ${limit}.`
  }
  const reason = notStarting(gate)
  if (reason !== undefined) {
    return `${subject} ${reason}; ${name}${from} must be ${bound} ${limit}.`
  }
  return gate.actual === undefined
    ? `${subject} ${name}${from}, ${bound} ${limit}: ${actual}.`
    : `${subject} ${name}${from} ${actual}, ${bound} ${limit}.`
}

/** ` on huge pages of 2 MiB`; empty where it is judged as described. */
function underWhat({ strategy: id }: GateResult, result: Result, ink: Ink): string {
  if (id === 'as-described') return ''
  const strategy = result.strategies.find((one) => one.id === id)
  if (strategy?.kind === undefined) return ` under ${named(labelNamed(id, result), ink)}`
  return ` ${underStrategy(strategy)}${strategy.status === 'proposed' ? ' (proposed)' : ''}`
}
