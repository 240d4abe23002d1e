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
import { explainGrowth } from './what-if/explain-growth.ts'
import { explainRanges } from './what-if/explain-ranges.ts'

/**
 * Every number of a result: its formula, the numbers put in, the answer with its unit.
 * @returns in the order of the result; `path` leads to the number in the JSON.
 */
export function explain(workings: Workings): readonly Explanation[] {
  const { result, cases } = workings
  return [
    ...explainPlan(workings),
    ...explainGrowth(result.growth),
    ...explainRanges(result.ranges),
    ...cases.flatMap((one) => explainCase(one)),
    ...explainGates(result.gates),
  ]
}

/** The numbers of a case are those of a plan: only its strategies are shown. */
function explainCase({ name, workings }: Workings['cases'][number]): readonly Explanation[] {
  return explainPlan(workings)
    .filter(({ path }) => path.startsWith('strategies.'))
    .map((one) => ({ ...one, path: `cases.${name}.${one.path}` }))
}

function explainPlan({ workload, planned, result }: Workings): readonly Explanation[] {
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
  ]
}
