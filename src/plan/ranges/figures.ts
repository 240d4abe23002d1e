import { strategiesOf } from '../../sharing/catalogue.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Standing } from '../result/outlook.ts'
import { outlooks, standingOf } from '../result/outlook.ts'
import type { Outcome } from '../strategy/strategy-result.ts'
import { plannedSums } from '../sweep/metric.ts'
import type { ReadAt } from './input.ts'

/** What a strategy comes to with some values. */
export interface Figures {
  readonly standing: Standing
  readonly outcome: Outcome
}

/** The figures of strategies with values in ticks; `undefined` where one is not possible with them. */
export type FiguresAt = (ticks: readonly number[]) => ReadonlyMap<string, Figures | undefined>

/** Plans each set of values once. */
export function figuresAt(
  read: ReadAt,
  ids: readonly string[],
): { readonly at: FiguresAt; readonly planned: () => number } {
  const known = new Map<string, ReadonlyMap<string, Figures | undefined>>()
  const at: FiguresAt = (ticks) => {
    const key = ticks.join(' ')
    const seen = known.get(key)
    if (seen !== undefined) return seen
    const reading = read(ticks)
    const found = new Map(
      ids.map((id) => [id, reading.ok ? figuresOf(reading.workload, id) : undefined]),
    )
    known.set(key, found)
    return found
  }
  return { at, planned: () => known.size }
}

/** `undefined` where the strategy is not possible, or a number passes 2^53 − 1. */
export function figuresOf(workload: Workload, id: string): Figures | undefined {
  const outcome = plannedSums(workload, id)
  if (outcome === undefined || outcome === 'unknown') return undefined
  return { standing: standingOf(outcome), outcome }
}

/** Below 0 where the one is worse: by risk, then by headroom. */
export function worseFirst(one: Figures, other: Figures): number {
  const byRisk = outlooks.indexOf(one.standing) - outlooks.indexOf(other.standing)
  return byRisk === 0
    ? one.outcome.memory.headroomBytes - other.outcome.memory.headroomBytes
    : byRisk
}

/** The strategies that are compared, as `plan` has them: also the one that a gate judges. */
export function idsOf({ strategies, gates, host }: Workload): readonly string[] {
  const known = strategiesOf(host.layout).map(({ id }) => id)
  const asked = strategies?.filter((id) => known.includes(id)) ?? known
  const { strategy, ...metrics } = gates
  const isJudged = Object.keys(metrics).length > 0 && known.includes(strategy)
  return isJudged ? [...new Set([...asked, strategy])] : asked
}
