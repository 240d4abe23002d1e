import { poolNeeds } from '../../sharing/pools/needs.ts'
import { isInPool } from '../../sharing/pools/requests.ts'
import type { Consequence } from '../result/timeline/timeline-result.ts'
import { workloadOf } from './snapshot.ts'
import type { State } from './state.ts'
import { mappersOf, withMemory } from './state.ts'

/**
 * Remembers of each region whether its pool had no page for it when its first process mapped it. A server
 * that went on on base pages stays there until it has ended, whatever the pool has by then.
 */
export function withPages(state: State): State {
  const { scenario } = state
  const falling = scenario.regions.filter(
    (region) => region.fallback !== 'fail' && isInPool(region, scenario),
  )
  if (falling.length === 0) return state
  let after = state
  for (const { name } of falling) {
    const memory = after.memory.get(name)
    if (memory === undefined) continue
    const isMapped = mappersOf(after, name, memory.generation) > 0
    const { fellBack, ...rest } = memory
    if (!isMapped && fellBack !== undefined) after = withMemory(after, name, rest)
    if (!isMapped || fellBack !== undefined) continue
    after = withMemory(after, name, { ...memory, fellBack: gotNothing(after, name) })
  }
  return after
}

function gotNothing(state: State, name: string): boolean {
  const need = poolNeeds(workloadOf(state)).find(({ region }) => region.name === name)
  return need !== undefined && need.granted === 0 && need.pages > 0
}

/** Regions that a larger pool would hold now, but for the processes that run. */
export function leftOnBasePages(before: State, after: State): readonly Consequence[] {
  return after.scenario.regions.flatMap(({ name }): readonly Consequence[] => {
    const memory = after.memory.get(name)
    if (memory?.fellBack !== true || before.pools === after.pools) return []
    const restarted = withMemory(after, name, { ...memory, fellBack: false })
    return gotNothing(restarted, name) ? [] : [{ kind: 'on-base-pages', region: name }]
  })
}
