import type { Explanation } from '../result/explanation.ts'
import type { Bound, Limit } from '../result/limit-result.ts'
import type { PlannedStrategy } from '../result/result.ts'
import { put } from './formula.ts'

/** How far a strategy goes: the last number within each level. */
export function explainLimits({ id, limits }: PlannedStrategy): readonly Explanation[] {
  return limits.flatMap((limit, index) =>
    (['safe', 'tight', 'swapping'] as const).flatMap((level) => {
      const bound = limit[level]
      if (bound === undefined) return []
      return [explainBound(`strategies.${id}.limits.${index}.${level}.value`, limit, level, bound)]
    }),
  )
}

function explainBound(
  path: string,
  limit: Limit,
  level: 'safe' | 'tight' | 'swapping',
  { value, next, cause }: Bound,
): Explanation {
  const isMemory = limit.metric === 'memory'
  const unit = limit.unit
  const then =
    next === undefined ? '' : `; one ${step(limit)} ${isMemory ? 'less' : 'more'}: ${next}`
  const why = cause === undefined ? '' : ` (${cause})`
  return {
    path,
    meaning: `${isMemory ? 'least' : 'most'} ${subject(limit)}, at which the plan starts and the risk is no worse than ${level}`,
    formula: `${isMemory ? 'least' : 'most'} n whose plan starts and is no worse than ${level}`,
    substituted: `n = ${put(value)}${then}${why}`,
    value,
    unit,
    source: 'search over whole numbers, each a plan that was made',
  }
}

function subject({ metric, group, region }: Limit): string {
  const subjects: Readonly<Record<Limit['metric'], string>> = {
    processes: `processes of group ${group}, other groups as they are`,
    allProcesses: 'processes of the largest group, other groups in proportion',
    region: `bytes of region ${region}`,
    memory: 'memory of the host',
  }
  return subjects[metric]
}

function step({ metric }: Limit): string {
  return metric === 'processes' || metric === 'allProcesses' ? 'process' : 'page'
}
