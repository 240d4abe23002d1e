import { levelOf } from '../../geometry/layout.ts'
import { absentAtFirst } from '../../workload/first-regions.ts'
import type { Group, Mapping } from '../../workload/group.ts'
import type { HugePagePool } from '../../workload/host.ts'
import { autoAlignment, firstFit, inOrder, placeClaims } from '../../workload/placement.ts'
import type { EarlierTouch } from '../../workload/region.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Claim, Held } from './held.ts'
import { mapped } from './held.ts'

/** A machine between two steps. */
export interface State {
  /** The scenario as it is by now, with its groups as they were declared. */
  readonly scenario: Workload
  /** By group, processes that are alike, in the order in which they came. Each group has one at least. */
  readonly cohorts: ReadonlyMap<string, readonly [Cohort, ...Cohort[]]>
  /** Regions of the scenario by name. */
  readonly memory: ReadonlyMap<string, Memory>
  /** Memory that lost its name and is still mapped, or was: by name, then generation. */
  readonly unnamed: ReadonlyMap<string, readonly Memory[]>
  /** Pools that a step has set, in place of those of the scenario. */
  readonly pools: readonly HugePagePool[]
}

/** Processes of a group that are alike. */
export interface Cohort {
  readonly processes: number
  /** Absent: they map and touch what their group says. */
  readonly space?: Space
}

/** What one process has mapped. */
export interface Space {
  readonly held: readonly Held[]
  /** Of mappings that are gone, as tables of theirs that others keep. */
  readonly orphans: readonly Claim[]
}

/** The memory that a region's name stands for, or stood for. */
export interface Memory {
  readonly generation: number
  /** `absent`: not created yet, or gone; `named`: can be mapped; `unlinked`: those that map it keep it. */
  readonly being: 'absent' | 'named' | 'unlinked'
  /** What processes touched that have ended or unmapped it since. */
  readonly earlier: readonly EarlierTouch[]
  /**
   * Its huge pages were not to be had when the first of its processes mapped it: it is on base pages
   * until the last of them has ended. Absent: no process maps it.
   */
  readonly fellBack?: boolean
}

/** The machine before the first step: what no step creates is there. */
export function initialState(workload: Workload): State {
  const { timeline = [], ...scenario } = workload
  const absent = absentAtFirst(scenario, timeline)
  const memory = new Map(
    scenario.regions.map(({ name }): [string, Memory] => [
      name,
      {
        generation: 0,
        being: absent.has(name) ? 'absent' : 'named',
        earlier: [],
      },
    ]),
  )
  const state: State = {
    scenario,
    cohorts: new Map(),
    memory,
    unnamed: new Map(),
    pools: scenario.host.hugepages,
  }
  const cohorts = new Map(
    scenario.groups.map((group): [string, readonly [Cohort]] => [
      group.name,
      [startedIn(state, group, group.processes)],
    ]),
  )
  return { ...state, cohorts }
}

/** Processes of a group that have just started. */
export function startedIn(state: State, group: Group, processes: number): Cohort {
  const isThere = group.maps.every(({ region }) => state.memory.get(region)?.being === 'named')
  if (isThere) return { processes }
  // What has no name any more is kept by those that map it, and cannot be mapped anew.
  const { held, orphans } = declaredSpace(state, group)
  const isNamed = ({ mapping }: Held): boolean =>
    state.memory.get(mapping.region)?.being === 'named'
  return { processes, space: { held: held.filter(isNamed), orphans } }
}

/** The address space of a process that maps and touches what its group says, of what there is. */
export function declaredSpace(state: State, group: Group): Space {
  const starts = startsOf(state, group)
  const held = group.maps.flatMap((mapping, index) => {
    const memory = state.memory.get(mapping.region)
    if (memory === undefined || memory.being === 'absent') return []
    return [mappedIn(state, mapping, memory.generation, starts[index] ?? 0)]
  })
  return { held, orphans: [] }
}

/** A mapping that was just made, with what the scenario says of the memory behind it. */
export function mappedIn(
  { scenario }: State,
  mapping: Mapping,
  generation: number,
  first: number,
): Held {
  const region = scenario.regions.find(({ name }) => name === mapping.region)
  const isAnonymous = region?.backing === 'anonymous'
  const reach = levelOf(scenario.host.layout, 'pte')?.reach
  return mapped(mapping, generation, first, {
    isOwn: isAnonymous || mapping.private,
    ...(isAnonymous && region.thp && reach !== undefined ? { hugePages: reach } : {}),
  })
}

/** Page indices of the mappings of a group, as the scenario has it. */
export function startsOf({ scenario }: State, { maps }: Group): readonly number[] {
  const claims = maps.map(({ length, at }) => ({
    pages: length,
    ...(at === undefined ? {} : { at }),
  }))
  return placeClaims(scenario.host.layout, claims).map((start) => start ?? 0)
}

/**
 * Mappings of a group that a process makes now, around those that it has.
 * @param wanted which of them.
 */
export function addedTo(
  state: State,
  group: Group,
  held: readonly Held[],
  wanted: (mapping: Mapping) => boolean,
): readonly Held[] {
  const { layout } = state.scenario.host
  const starts = startsOf(state, group)
  const taken = held.map(({ first, mapping }) => ({ from: first, to: first + mapping.length }))
  return group.maps.flatMap((mapping, index) => {
    const memory = state.memory.get(mapping.region)
    if (!wanted(mapping) || memory?.being !== 'named') return []
    const start = starts[index] ?? 0
    const isFree = taken.every(({ from, to }) => to <= start || from >= start + mapping.length)
    const place = (): number | undefined =>
      firstFit(inOrder(taken), mapping.length, autoAlignment(layout), start, layout.userPages)
    const first = isFree ? start : (place() ?? start)
    taken.push({ from: first, to: first + mapping.length })
    return [mappedIn(state, mapping, memory.generation, first)]
  })
}

/** What the processes of a cohort have mapped. */
export function spaceOf(state: State, group: Group, { space }: Cohort): Space {
  return space ?? declaredSpace(state, group)
}

/** Processes of a group. */
export function processesOf({ cohorts }: State, group: string): number {
  return (cohorts.get(group) ?? []).reduce((sum, { processes }) => sum + processes, 0)
}

/** Processes that map some memory of a region. */
export function mappersOf(state: State, region: string, generation: number): number {
  let processes = 0
  for (const [name, cohorts] of state.cohorts) {
    const group = groupIn(state, name)
    const isDeclared =
      state.memory.get(region)?.generation === generation &&
      group.maps.some((mapping) => mapping.region === region)
    for (const cohort of cohorts) {
      const held = cohort.space?.held.some(
        (one) => isOf(one, region, generation) && one.parts.length > 0,
      )
      if (held ?? isDeclared) processes += cohort.processes
    }
  }
  return processes
}

/** True where a mapping is one of that memory. */
export function isOf(held: Held, region: string, generation: number): boolean {
  return held.mapping.region === region && held.generation === generation
}

/** The state with other processes of a group. */
export function withCohorts(state: State, group: string, cohorts: readonly Cohort[]): State {
  const running = cohorts.filter(({ processes }) => processes > 0)
  const [first = { processes: 0 }, ...rest] = running
  return { ...state, cohorts: new Map([...state.cohorts, [group, [first, ...rest]]]) }
}

/** The state with another memory behind a name. */
export function withMemory(state: State, region: string, memory: Memory): State {
  return { ...state, memory: new Map([...state.memory, [region, memory]]) }
}

/** The group of that name; every action has been checked against the scenario. */
export function groupIn({ scenario }: State, name: string): Group {
  const group = scenario.groups.find((one) => one.name === name)
  if (group === undefined) throw new RangeError(`no group ${name}`)
  return group
}
