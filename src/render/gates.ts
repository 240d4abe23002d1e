import type { GateResult, Result } from '../plan/result.ts'
import { formatBytes } from '../units/format.ts'
import { amounts } from './amounts.ts'
import { renderGrid } from './grid.ts'
import type { Ink } from './ink.ts'
import { brushesOf, named, widthOf } from './ink.ts'
import { labelNamed } from './strategy.ts'
import { wrap } from './wrap.ts'

const metricWords: Readonly<Record<GateResult['metric'], string>> = {
  risk: 'risk at most',
  headroom: 'headroom at least',
  pageTables: 'page tables at most',
}

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
  const rows = result.gates.map((gate) => ({
    cells: [
      metricWords[gate.metric],
      ...limitAndActual(gate),
      margin(gate),
      named(labelNamed(gate.strategy, result), ink),
      gate.holds ? 'holds' : 'FAILS',
    ],
    paint: new Map([[5, gate.holds ? good : bad]]),
  }))
  return [...renderGrid(columns, rows, ink), ...wrap(verdict(result), widthOf(ink))]
}

function limitAndActual({ limit, actual }: GateResult): readonly [string, string] {
  if (typeof limit === 'number' && typeof actual === 'number') return amounts(limit, actual)
  const limitText = typeof limit === 'number' ? formatBytes(limit) : limit
  if (actual === undefined) return [limitText, 'not planned']
  return [limitText, typeof actual === 'number' ? formatBytes(actual) : actual]
}

function margin(gate: GateResult): string {
  if (gate.margin === undefined) return ''
  if (gate.unit === 'bytes') return formatBytes(gate.margin)
  return `${gate.margin} ${Math.abs(gate.margin) === 1 ? 'level' : 'levels'}`
}

function verdict({ gates, verdict: said }: Result): string {
  const failing = gates.filter((gate) => !gate.holds).length
  const count = failing === 0 ? 'every gate holds' : `${failing} of ${gates.length} do not hold`
  return `Verdict: ${said} (${count}).`
}
