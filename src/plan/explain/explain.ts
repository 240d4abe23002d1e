import type { Workings } from '../plan.ts'
import type { Explanation } from '../result/explanation.ts'
import { explainAdvice } from './explain-advice.ts'
import { explainAlternatives } from './explain-alternatives.ts'
import { explainBaseTables } from './explain-base-tables.ts'
import { explainGates } from './explain-gates.ts'
import { explainLimits } from './explain-limits.ts'
import { explainMappings } from './explain-mappings.ts'
import { explainMemory, explainWatermark } from './explain-memory.ts'
import { explainPostmortem } from './explain-postmortem.ts'
import { explainRisk } from './explain-risk.ts'
import { explainTables } from './explain-tables.ts'
import { explainVictims } from './explain-victim.ts'
import { explainWork } from './explain-work.ts'

/**
 * Every number of a result: its formula, the numbers put in, the answer with its unit.
 * @returns in the order of the result; `path` leads to the number in the JSON.
 */
export function explain({ workload, planned, result }: Workings): readonly Explanation[] {
  return [
    explainWatermark(workload.host),
    ...explainBaseTables(workload),
    ...planned.flatMap((strategy) => [
      ...explainTables(strategy, planned),
      ...explainMappings(strategy),
      ...explainMemory(strategy),
      ...explainVictims(strategy),
      ...explainRisk(strategy),
      ...explainLimits(strategy.result),
      ...explainWork(strategy),
    ]),
    ...explainAdvice(workload, result.advice),
    ...explainAlternatives(result),
    ...explainPostmortem(result.postmortem),
    ...explainGates(result.gates),
  ]
}
