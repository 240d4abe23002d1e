import { strategiesOf, strategyOf } from '../../sharing/catalogue.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Limit } from '../result/limit-result.ts'
import type { LimitsResult, StrategyLimits } from '../result/limits-result.ts'
import type { Stop } from '../result/risk-result.ts'
import { isPlanned, planOne, planOrUnknown } from '../strategy/plans.ts'
import { stopOf } from '../strategy/stops.ts'
import type { Variable } from './variables.ts'
import { variablesOf } from './variables.ts'

/** Limits that were found, with the reason of each that is missing: what stops even the best value. */
export function withReasons(
  workload: Workload,
  strategies: readonly StrategyLimits[],
): readonly StrategyLimits[] {
  const variables = variablesOf(workload)
  return strategies.map((strategy) => {
    const named = strategyOf(workload.host.layout, strategy.id)
    if (named === undefined) return strategy
    const stopAt = (variable: Variable, value: number): Stop | undefined => {
      const best = planOrUnknown(() => variable.with(value), named)
      return best === undefined || best === 'unknown' ? undefined : stopOf(best, 'swapping')
    }
    const limits = strategy.limits.map((limit): Limit => {
      const variable = variables.find((candidate) => isAbout(limit, candidate))
      if (variable === undefined || limit.swapping !== undefined) return limit
      const never = bestValues(variable)
        .map((value) => stopAt(variable, value))
        .find((stop) => stop !== undefined)
      return never === undefined ? limit : { ...limit, never }
    })
    return { ...strategy, limits }
  })
}

/** The best value; the next where a strategy needs a process to plan for. */
function bestValues({ worsens, least, most, step }: Variable): readonly number[] {
  return worsens ? [least * step, (least + 1) * step] : [most * step]
}

/** True where a limit is about what changes. */
export function isAbout(limit: Limit, { limit: about }: Variable): boolean {
  const { metric, group, region } = about
  return limit.metric === metric && limit.group === group && limit.region === region
}

/**
 * Strategies that are asked for and cannot be planned.
 * @param found those that were planned already.
 */
export function refusedOf(
  workload: Workload,
  ids: readonly string[] | undefined = workload.strategies,
  found: readonly Pick<StrategyLimits, 'id'>[] = [],
): LimitsResult['refused'] {
  const planned = new Set(found.map(({ id }) => id))
  return strategiesOf(workload.host.layout)
    .filter(({ id }) => !planned.has(id) && (ids === undefined || ids.includes(id)))
    .flatMap((named) => {
      const one = planOne(workload, named, new Set())
      return isPlanned(one) ? [] : [one.result]
    })
}
