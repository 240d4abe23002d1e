import type { Result } from '../../plan/result/result.ts'
import { renderGrid } from '../text/grid.ts'
import type { Ink } from '../text/ink.ts'
import { brushesOf, named, widthOf } from '../text/ink.ts'
import { wrap } from '../text/wrap.ts'
import { caseText, limitAndActual, marginText, metricWords } from '../words/gate-words.ts'
import { labelNamed } from './strategy.ts'

/** Each gate with its limit and what was found, and the verdict in a sentence. */
export function gateTable(result: Result, ink: Ink): readonly string[] {
  const { good, bad } = brushesOf(ink)
  const columns = [
    { title: 'Gate', align: 'left' },
    { title: 'Limit', align: 'right' },
    { title: 'Actual', align: 'right' },
    { title: 'Margin', align: 'right' },
    { title: 'Strategy', align: 'left' },
    { title: 'Holds', align: 'left' },
  ] as const
  const rows = result.gates.map((gate) => {
    const { name, from, bound } = metricWords(gate)
    return {
      cells: [
        named(`${name}${from}${caseText(gate)} ${bound}`, ink),
        ...limitAndActual(gate),
        marginText(gate),
        named(labelNamed(gate.strategy, result), ink),
        gate.holds ? 'holds' : 'FAILS',
      ],
      paint: new Map([[5, gate.holds ? good : bad]]),
    }
  })
  const width = widthOf(ink)
  return [
    ...renderGrid(columns, rows, ink),
    ...result.gates.flatMap(({ against = [] }) =>
      against.length === 0 ? [] : wrap(named(`against: ${against.join(', ')}`, ink), width),
    ),
    ...wrap(verdict(result), width),
  ]
}

function verdict({ gates, verdict: said }: Result): string {
  const failing = gates.filter((gate) => !gate.holds).length
  const count = failing === 0 ? 'every gate holds' : `${failing} of ${gates.length} do not hold`
  return `Verdict: ${said} (${count}).`
}
