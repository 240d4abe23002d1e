import { union } from '../../space/intervals.ts'
import { hasOwner, ownerOf } from '../../workload/first-regions.ts'
import type { Backing, Region } from '../../workload/region.ts'
import type { Action } from '../../workload/timeline.ts'
import type { Consequence } from '../result/timeline/timeline-result.ts'
import { extentOf } from './held.ts'
import { inEachCohort, withFreed } from './pages.ts'
import type { Memory, Space, State } from './state.ts'
import { addedTo, groupIn, isOf, mappersOf, spaceOf, withMemory } from './state.ts'

/** A state, and what led to it beside what was done. */
export interface Settled {
  readonly state: State
  readonly consequences: readonly Consequence[]
}

/** A region gets its name: new memory, which no process has mapped. */
export function created(state: State, name: string): State {
  const before = state.memory.get(name)
  if (before === undefined) return state
  const memory: Memory = { generation: before.generation + 1, being: 'named', earlier: [] }
  if (before.being === 'absent') return withMemory(state, name, memory)
  // Whoever maps the old memory has it still, under no name.
  const held = written(state, name)
  const unnamed = [...(state.unnamed.get(name) ?? []), before]
  return withMemory({ ...held, unnamed: new Map([...held.unnamed, [name, unnamed]]) }, name, memory)
}

/** Every process that maps a region as its group says has it written down which memory that is. */
function written(state: State, region: string): State {
  return mapping(state, region).reduce(
    (after, { name }) =>
      inEachCohort(after, name, (before, cohort) => ({
        state: before,
        space: spaceOf(before, groupIn(before, name), cohort),
      })),
    state,
  )
}

function mapping({ scenario }: State, region: string): State['scenario']['groups'] {
  return scenario.groups.filter(({ maps }) => maps.some((one) => one.region === region))
}

/** Processes that run map a region that they do not have, and touch of it what their group says. */
export function attached(
  state: State,
  { region, group: only }: Extract<Action, { readonly kind: 'attach' }>,
): State {
  const memory = state.memory.get(region)
  if (memory?.being !== 'named') return state
  const groups = mapping(state, region).filter(({ name }) => only === undefined || name === only)
  return groups.reduce(
    (after, group) =>
      inEachCohort(after, group.name, (before, cohort) => {
        const space = spaceOf(before, group, cohort)
        const has = space.held.some((one) => isOf(one, region, memory.generation))
        if (has) return { state: before, space }
        const added = addedTo(before, group, space.held, (one) => one.region === region)
        return { state: before, space: { ...space, held: [...space.held, ...added] } }
      }),
    state,
  )
}

/** A region loses its name: what is mapped stays, and no process can map it any more. */
export function unlinked(state: State, name: string): State {
  const memory = state.memory.get(name)
  return memory === undefined ? state : withMemory(state, name, { ...memory, being: 'unlinked' })
}

/**
 * The owner of an mshare region ended, or closed its descriptor: the region is unmapped for all, and
 * who touches it next is killed by SIGSEGV. mshare v3 00/22 (Anthony Yznaga, linux-mm, 19 August 2025).
 */
export function lost(state: State, name: string, because: 'owner-ended' | 'owner-closed'): Settled {
  const memory = state.memory.get(name)
  if (memory === undefined || memory.being === 'absent') return { state, consequences: [] }
  const processes = mappersOf(state, name, memory.generation)
  const groups = state.scenario.groups.map((group) => group.name)
  const without = groups.reduce(
    (after, group) =>
      inEachCohort(after, group, (before, cohort) => ({
        state: before,
        space: spaceWithout(before, group, cohort, name),
      })),
    state,
  )
  const gone = withMemory(without, name, { ...memory, being: 'absent', earlier: [] })
  return { state: gone, consequences: [{ kind: 'region-lost', region: name, processes, because }] }
}

function spaceWithout(
  state: State,
  group: string,
  cohort: Parameters<typeof spaceOf>[2],
  region: string,
): Space {
  const space = spaceOf(state, groupIn(state, group), cohort)
  const removed = space.held.filter((one) => one.mapping.region === region).map(extentOf)
  const held = space.held.map((one) =>
    one.mapping.region === region ? { ...one, parts: [] } : one,
  )
  return removed.length === 0
    ? space
    : withFreed(state, { held, orphans: space.orphans }, union(removed))
}

/** Memory that lives only as long as a process maps it. */
const nameless: ReadonlySet<Backing> = new Set(['memfd', 'anonymous-shared'])

/**
 * Memory that nothing keeps is gone; an mshare region whose owner has ended is gone for all.
 * @param ended groups of which no process is left.
 */
export function settled(before: State, ended: readonly string[]): Settled {
  return before.scenario.regions.reduce<Settled>(
    ({ state, consequences }, region) => {
      const isOrphan =
        hasOwner(state.scenario) && ended.includes(ownerOf(state.scenario, region) ?? '')
      const first = isOrphan ? lost(state, region.name, 'owner-ended') : { state, consequences: [] }
      const second = withoutUnnamed(first.state, region.name)
      const third = withoutUnmapped(second.state, region)
      return {
        state: third.state,
        consequences: [
          ...consequences,
          ...[first, second, third].flatMap((one) => one.consequences),
        ],
      }
    },
    { state: before, consequences: [] },
  )
}

function withoutUnnamed(state: State, region: string): Settled {
  const unnamed = state.unnamed.get(region) ?? []
  const kept = unnamed.filter(({ generation }) => mappersOf(state, region, generation) > 0)
  if (kept.length === unnamed.length) return { state, consequences: [] }
  const left = { ...state, unnamed: new Map([...state.unnamed, [region, kept]]) }
  return { state: left, consequences: [{ kind: 'region-gone', region }] }
}

function withoutUnmapped(state: State, { name, backing }: Region): Settled {
  const memory = state.memory.get(name)
  const isKept = memory === undefined || mappersOf(state, name, memory.generation) > 0
  if (isKept || (memory.being !== 'unlinked' && !nameless.has(backing))) {
    return { state, consequences: [] }
  }
  if (memory.being !== 'unlinked') {
    return { state: withMemory(state, name, { ...memory, earlier: [] }), consequences: [] }
  }
  const gone = withMemory(state, name, { ...memory, being: 'absent', earlier: [] })
  return { state: gone, consequences: [{ kind: 'region-gone', region: name }] }
}
