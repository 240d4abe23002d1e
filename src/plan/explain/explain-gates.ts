import type { Explanation } from '../result/explanation.ts'
import type { GateMetric, GateResult } from '../result/gate-result.ts'
import { put } from './formula.ts'

/** The path of the number that a gate judges, in the JSON of its strategy. */
const judged: Readonly<Record<GateMetric, string>> = {
  risk: 'risk.level',
  headroom: 'memory.headroomBytes',
  pageTables: 'pageTables.bytes',
  findings: 'the worst finding without a waiver',
  growth: 'pageTables.bytes / baseline − 1',
  riskGrowth: 'risk.level',
}

/** How far each gate is inside its limit; those of which nothing is known have no number. */
export function explainGates(gates: readonly GateResult[]): readonly Explanation[] {
  return gates.flatMap((gate, index) => {
    const { metric, limit, actual, margin, unit, holds } = gate
    if (actual === undefined || margin === undefined) return []
    const terms = [limit, actual].map((one) => (typeof one === 'number' ? put(one) : one))
    const [limitText = '', actualText = ''] = terms
    // The one gate that is met from above.
    const isLeast = metric === 'headroom'
    return [
      {
        path: `gates.${index}.margin`,
        meaning: `how far ${metric} of ${subjectOf(gate)} is inside the gate: it ${holds ? 'holds' : 'fails'} (judged: ${judged[metric]})`,
        formula: isLeast ? 'actual − limit' : 'limit − actual',
        substituted: isLeast ? `${actualText} − ${limitText}` : `${limitText} − ${actualText}`,
        value: margin,
        unit: unit === 'level' ? 'levels' : unit,
        source: 'scenario, gates, or the command line',
      },
    ]
  })
}

function subjectOf({ strategy, case: name }: GateResult): string {
  return name === undefined ? strategy : `${strategy}, case ${JSON.stringify(name)},`
}
