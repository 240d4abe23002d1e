import type { Action } from '../../workload/timeline.ts'
import { leaving } from './earlier.ts'
import { forked } from './forked.ts'
import type { Cohort, Memory, State } from './state.ts'
import { groupIn, processesOf, spaceOf, startedIn, withCohorts } from './state.ts'

/** More processes of a group, which map and touch what it says. */
export function started(state: State, name: string, processes: number): State {
  const before = state.cohorts.get(name) ?? []
  const fresh = startedIn(state, groupIn(state, name), processes)
  return withCohorts(state, name, joining(before, fresh))
}

/** Processes that are like the last ones count with them. */
function joining(before: readonly Cohort[], fresh: Cohort): readonly Cohort[] {
  const last = before.at(-1)
  if (last === undefined || last.space !== undefined || fresh.space !== undefined) {
    return [...before, fresh]
  }
  return before.with(-1, { processes: last.processes + fresh.processes })
}

/**
 * Fewer processes of a group: those that came last end first. The pages of
 * shared memory that they touched stay.
 */
export function stopped(state: State, name: string, processes: number): State {
  const group = groupIn(state, name)
  const cohorts = [...(state.cohorts.get(name) ?? [])]
  let [left, after] = [processes, state]
  for (let at = cohorts.length - 1; at >= 0 && left > 0; at -= 1) {
    const cohort = cohorts[at]
    if (cohort === undefined) continue
    const ending = Math.min(left, cohort.processes)
    for (const held of spaceOf(state, group, cohort).held) {
      after = leaving(after, { held, from: 0, to: held.mapping.length, processes: ending })
    }
    cohorts[at] = { ...cohort, processes: cohort.processes - ending }
    left -= ending
  }
  return withCohorts(after, name, cohorts)
}

/** Children of the process of a group that has run longest. */
export function withForked(
  state: State,
  { group: name, into, processes }: Extract<Action, { readonly kind: 'fork' }>,
): State {
  const parent = (state.cohorts.get(name) ?? []).find((one) => one.processes > 0)
  if (parent === undefined) return state
  const space = forked(state, spaceOf(state, groupIn(state, name), parent), groupIn(state, into))
  return withCohorts(state, into, [...(state.cohorts.get(into) ?? []), { processes, space }])
}

/** The state with another scenario: the numbers of processes that it changes are those that run. */
export function withScenario(state: State, scenario: State['scenario']): State {
  const { scenario: before } = state
  const isPoolSet =
    JSON.stringify(before.host.hugepages) !== JSON.stringify(scenario.host.hugepages)
  let after: State = {
    ...state,
    scenario,
    ...(isPoolSet ? { pools: scenario.host.hugepages } : {}),
    memory: new Map([
      ...scenario.regions.map(({ name }): [string, Memory] => [name, newMemory]),
      ...state.memory,
    ]),
    cohorts: new Map([
      ...scenario.groups.map(({ name }): [string, readonly [Cohort]] => [name, [{ processes: 0 }]]),
      ...state.cohorts,
    ]),
  }
  for (const { name, processes } of scenario.groups) {
    const declared = before.groups.find((group) => group.name === name)
    if (declared?.processes === processes) continue
    const running = processesOf(after, name)
    after =
      running > processes
        ? stopped(after, name, running - processes)
        : started(after, name, processes - running)
  }
  return after
}

const newMemory: Memory = { generation: 0, being: 'named', earlier: [] }
