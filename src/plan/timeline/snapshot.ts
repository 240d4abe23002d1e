import type { Group, Mapping } from '../../workload/group.ts'
import type { Region } from '../../workload/region.ts'
import type { Workload } from '../../workload/workload.ts'
import { isWhole, mappingsOf } from './held.ts'
import type { Memory, Space, State } from './state.ts'
import { startsOf } from './state.ts'

/**
 * The machine of a moment as a workload, which is planned like any other. Processes of a group that are not
 * alike are groups of their own, and memory that has lost its name is a region of its own.
 */
export function workloadOf(state: State): Workload {
  const { scenario, pools } = state
  const isSame = pools === scenario.host.hugepages
  const host = isSame ? scenario.host : { ...scenario.host, hugepages: pools }
  const regions = scenario.regions.flatMap((region) => regionsOf(state, region))
  const isAsDeclared =
    regions.length === scenario.regions.length &&
    regions.every((region, index) => region === scenario.regions[index])
  return {
    ...scenario,
    host,
    regions: isAsDeclared ? scenario.regions : regions,
    groups: scenario.groups.flatMap((group) => groupsOf(state, group)),
  }
}

/** The name that processes or memory have in a scenario, where a workload has another one for them. */
export function nameIn(name: string): string {
  const [known = name] = name.split(divider, 1)
  return known
}

/** Names with it are only ever here, between a state and its plan. */
const divider = '\0'

function regionsOf(state: State, region: Region): readonly Region[] {
  const { name } = region
  const memory = state.memory.get(name)
  const unnamed = state.unnamed.get(name) ?? []
  const current = memory === undefined || memory.being === 'absent' ? [] : [memory]
  return [
    ...current.map((one) => regionWith(state, region, one, name)),
    ...unnamed.map((one) => regionWith(state, region, one, nameOf(name, one))),
  ]
}

function nameOf(region: string, { generation }: Memory): string {
  return `${region}${divider}${generation}`
}

function regionWith(
  { scenario }: State,
  region: Region,
  { earlier, fellBack }: Memory,
  name: string,
): Region {
  const named = name === region.name ? region : { ...region, name }
  const touched = earlier.length === 0 ? named : { ...named, earlier }
  return fellBack ? { ...touched, pageBytes: scenario.host.layout.pageBytes } : touched
}

function groupsOf(state: State, group: Group): readonly Group[] {
  const cohorts = state.cohorts.get(group.name) ?? []
  return cohorts.map((cohort, index): Group => {
    const { processes } = cohort
    const maps =
      cohort.space === undefined ? declared(state, group) : heldBy(state, group, cohort.space)
    const isSame = processes === group.processes && maps === group.maps
    if (index === 0) return isSame ? group : { ...group, processes: countOf(processes), maps }
    const name = `${group.name}${divider}${index}`
    return { ...group, name, processes: countOf(processes), maps }
  })
}

function countOf(processes: number): Group['processes'] {
  return processes as Group['processes']
}

/** Of the regions that there are: processes that have not started yet map nothing else. */
function declared(state: State, { maps }: Group): readonly Mapping[] {
  const isThere = ({ region }: Mapping): boolean =>
    (state.memory.get(region)?.being ?? 'absent') !== 'absent'
  return maps.every(isThere) ? maps : maps.filter(isThere)
}

function heldBy(state: State, group: Group, { held, orphans }: Space): readonly Mapping[] {
  const { regions } = state.scenario
  const starts = startsOf(state, group)
  const isDeclared =
    held.length === group.maps.length &&
    held.every(
      (one, index) =>
        one.mapping === group.maps[index] && one.first === starts[index] && isWhole(one),
    )
  let left = orphans
  return held.flatMap((one): readonly Mapping[] => {
    const region = regions.find(({ name }) => name === one.mapping.region)
    const memory = state.memory.get(one.mapping.region)
    const isCurrent = memory?.generation === one.generation
    const name = isCurrent ? one.mapping.region : `${one.mapping.region}${divider}${one.generation}`
    const isWindow = region?.mshare !== undefined
    const maps = mappingsOf(one, name, isWindow ? [] : left)
    if (!isWindow) left = []
    if (!isWindow && !isDeclared) return maps
    // Where the address decides nothing it is the kernel's choice again, as in a plan.
    return maps.map(({ at: _at, movable: _movable, history, ...rest }) => {
      const { at, movable } = one.mapping
      return {
        ...rest,
        ...(at === undefined ? {} : { at }),
        ...(movable ? { movable } : {}),
        ...(history === undefined || isWindow ? {} : { history }),
      }
    })
  })
}
