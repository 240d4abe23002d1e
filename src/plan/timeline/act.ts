import { poolsInUse } from '../../host/pools.ts'
import { hasOwner } from '../../workload/first-regions.ts'
import type { Action } from '../../workload/timeline.ts'
import type { Consequence } from '../result/timeline/timeline-result.ts'
import type { Settled } from './memory.ts'
import { attached, created, lost, settled, unlinked } from './memory.ts'
import { discarded, touchedBy, unmapped } from './pages.ts'
import { started, stopped, withForked } from './population.ts'
import { workloadOf } from './snapshot.ts'
import type { State } from './state.ts'
import { groupIn, mappersOf, processesOf } from './state.ts'

/** The state after an action, which has been checked: it is possible in this state. */
export function act(before: State, action: Action): Settled {
  const { state, consequences } = acted(before, action)
  const ended = state.scenario.groups
    .map(({ name }) => name)
    .filter((name) => processesOf(before, name) > 0 && processesOf(state, name) === 0)
  const after = settled(state, ended)
  return { state: after.state, consequences: [...consequences, ...after.consequences] }
}

function acted(state: State, action: Action): Settled {
  switch (action.kind) {
    case 'start':
      return {
        state: started(state, action.group, action.processes),
        consequences: withoutRegion(state, action.group),
      }
    case 'stop':
    case 'crash':
      return quietly(stopped(state, action.group, action.processes))
    case 'fork':
      return quietly(withForked(state, action))
    case 'touch':
      return quietly(touchedBy(state, action))
    case 'unmap':
      return quietly(unmapped(state, action))
    case 'dontneed':
      return quietly(discarded(state, action))
    case 'create':
      return quietly(created(state, action.region))
    case 'attach':
      return quietly(attached(state, action))
    case 'unlink':
      return { state: unlinked(state, action.region), consequences: kept(state, action.region) }
    case 'close':
      return hasOwner(state.scenario) ? lost(state, action.region, 'owner-closed') : quietly(state)
    case 'pool':
      return withPool(state, action)
    case 'set':
      // The step carries the scenario with all values that it sets.
      return quietly(state)
  }
}

function quietly(state: State): Settled {
  return { state, consequences: [] }
}

function withoutRegion(state: State, group: string): readonly Consequence[] {
  return groupIn(state, group).maps.flatMap(({ region }): readonly Consequence[] =>
    state.memory.get(region)?.being === 'named' ? [] : [{ kind: 'without-region', region, group }],
  )
}

function kept(state: State, region: string): readonly Consequence[] {
  const memory = state.memory.get(region)
  const processes = memory === undefined ? 0 : mappersOf(state, region, memory.generation)
  return processes === 0 ? [] : [{ kind: 'region-kept', region, processes }]
}

/**
 * Pages in use or promised stay, as surplus pages, until they are given back: set_max_huge_pages() in
 * mm/hugetlb.c.
 */
function withPool(
  state: State,
  { pageBytes, count }: Extract<Action, { readonly kind: 'pool' }>,
): Settled {
  const use = poolsInUse(workloadOf(state)).find((pool) => pool.pageBytes === pageBytes)
  const used = state.cohorts.size === 0 ? 0 : (use?.usedPages ?? 0)
  const pages = count < used ? used : count
  const others = state.pools.filter((pool) => pool.pageBytes !== pageBytes)
  const pools = [...others, { pageBytes, count: pages as typeof count }]
  return {
    state: { ...state, pools },
    consequences: pages === count ? [] : [{ kind: 'pool-in-use', pageBytes, pages }],
  }
}
