import type { Case, Workload } from '../../workload/workload.ts'
import type { GateResult } from '../result/gate-result.ts'
import type { CaseResult, Result } from '../result/result.ts'

/** The cases of a scenario, and the gates that must hold in them too. */
export interface PlannedCases {
  readonly cases: readonly CaseResult[]
  readonly gates: readonly GateResult[]
}

/**
 * Plans each case as a scenario of its own, by its own gates: a case may set `gates.risk`. Growth is not
 * judged, as there is no earlier result of a case.
 * @param planned the plan of a case.
 */
export function planCases(
  { cases = [], gates }: Workload,
  planned: (one: Case) => Result,
): PlannedCases {
  const results = cases.map((one) => ({ one, result: planned(one) }))
  return {
    cases: results.map(({ one: { name, values }, result: { host, strategies, findings } }) => ({
      name,
      values,
      host,
      strategies,
      findings,
    })),
    gates: results.flatMap(({ one: { name }, result }) =>
      gates.cases?.includes(name) === true
        ? result.gates.filter(isOfCase).map((gate) => ({ ...gate, case: name }))
        : [],
    ),
  }
}

function isOfCase({ metric }: GateResult): boolean {
  return metric !== 'growth' && metric !== 'riskGrowth'
}
