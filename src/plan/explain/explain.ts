import { partCopies } from '../../sharing/pool-copies.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Explanation } from '../result/explanation.ts'
import type { PlannedStrategy, Result } from '../result/result.ts'
import { isPlanned, planAll } from '../strategy/plans.ts'
import { explainAdvice } from './explain-advice.ts'
import { explainBaseTables } from './explain-base-tables.ts'
import { explainGates } from './explain-gates.ts'
import { explainMappings } from './explain-mappings.ts'
import { explainMemory, explainWatermark } from './explain-memory.ts'
import { explainRisk } from './explain-risk.ts'
import { explainTables } from './explain-tables.ts'
import { explainVictims } from './explain-victim.ts'
import { explainWork } from './explain-work.ts'

/**
 * Every number of a result: its formula, the numbers put in, the answer with its unit.
 * @param scenario what the result was planned from.
 * @returns in the order of the result; `path` leads to the number in the JSON.
 */
export function explain(scenario: Workload, result: Result): readonly Explanation[] {
  const workload = partCopies(scenario)
  const planned = planAll(workload, result.assumptions)
    .asked.filter(isPlanned)
    .map((one) => ({ ...one, result: publishedOf(one.result, result) }))
  return [
    explainWatermark(workload.host),
    ...explainBaseTables(workload),
    ...planned.flatMap((strategy) => [
      ...explainTables(strategy, planned),
      ...explainMappings(strategy),
      ...explainMemory(strategy),
      ...explainVictims(strategy),
      ...explainRisk(strategy),
      ...explainWork(strategy),
    ]),
    ...explainAdvice(workload, result.advice),
    ...explainGates(result.gates),
  ]
}

/** The strategy as the result has it: with what was found out once all were planned. */
function publishedOf(planned: PlannedStrategy, { strategies }: Result): PlannedStrategy {
  return strategies.find((one) => one.applies && one.id === planned.id) as PlannedStrategy
}
