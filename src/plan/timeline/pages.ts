import type { LevelName } from '../../geometry/layout.ts'
import type { Intervals } from '../../space/intervals.ts'
import { union } from '../../space/intervals.ts'
import type { PageRange, TouchSet } from '../../space/touch-set.ts'
import { partOf, without } from '../../space/touched/touched-parts.ts'
import type { Action, MappedPart } from '../../workload/timeline.ts'
import { leaving } from './earlier.ts'
import type { Gone } from './freed.ts'
import { freedByDontNeed, freedByUnmap } from './freed.ts'
import type { Held } from './held.ts'
import { extentOf, freeing, touching, withoutPart } from './held.ts'
import type { Cohort, Space, State } from './state.ts'
import { groupIn, spaceOf, withCohorts } from './state.ts'

type Touch = Extract<Action, { readonly kind: 'touch' }>
type Ranged = Extract<Action, { readonly kind: 'unmap' | 'dontneed' }>

/** Every process of a group touches more of a region. */
export function touchedBy(state: State, { group, region, touched }: Touch): State {
  return inEachCohort(state, group, (before, cohort) => {
    const change = (held: Held, part: TouchSet, declared: number): Held => {
      const { length } = held.mapping
      return touching(held, length < declared ? partOf(part, 0, length, declared) : part)
    }
    return {
      state: before,
      space: changed(before, group, cohort, { region, parts: touched, change }),
    }
  })
}

/** Every process of a group unmaps a part of a region; tables that nothing else needs are freed. */
export function unmapped(state: State, { group, region, ranges }: Ranged): State {
  return inEachCohort(state, group, (before, cohort) => {
    let after = before
    const removed: Intervals[] = []
    const change = (held: Held, range: PageRange): Held => {
      const left = withoutPart(held, range.first, range.first + range.length)
      after = leaving(after, { held, ...between(range), processes: cohort.processes })
      removed.push(cut(held, range))
      return left
    }
    const space = changed(before, group, cohort, { region, parts: ranges, change })
    return { state: after, space: withFreed(before, space, union(removed)) }
  })
}

/** The space after munmap() of some runs: the tables that are gone, and whose mapping is. */
export function withFreed(
  { scenario }: State,
  { held, orphans }: Space,
  removed: readonly number[],
): Space {
  const left = union(held.map(extentOf))
  const gone = freedByUnmap(scenario.host.layout, removed, left)
  const after = withoutTables({ held, orphans }, gone)
  const kept = after.held.filter(({ parts }) => parts.length > 0)
  const unmapped = after.held.filter(({ parts }) => parts.length === 0)
  if (kept.length === 0) return { held: [], orphans: [] }
  return { held: kept, orphans: [...after.orphans, ...unmapped.flatMap(({ claims }) => claims)] }
}

/** The space after some tables are gone, whichever mapping they were made for. */
function withoutTables({ held, orphans }: Space, gone: Gone): Space {
  return {
    held: held.map((one) => ({ ...one, claims: freeing(one.claims, gone) })),
    orphans: freeing(orphans, gone),
  }
}

function between({ first, length }: PageRange): { readonly from: number; readonly to: number } {
  return { from: first, to: first + length }
}

/** What is still mapped of a range of a mapping, in pages of the address space. */
function cut(held: Held, { first, length }: PageRange): readonly number[] {
  const { parts } = withoutPart(held, 0, first)
  const inside = withoutPart({ ...held, parts }, first + length, held.mapping.length)
  return extentOf(inside)
}

/** madvise(MADV_DONTNEED) by every process of a group: what it touched goes, the mapping stays. */
export function discarded(state: State, { group, region, ranges }: Ranged): State {
  const { host, regions } = state.scenario
  const { backing, pageBytes, thp = false } = regions.find(({ name }) => name === region) ?? {}
  // Its pages go back to their pool, which is set aside anyway, and no table goes.
  if (pageBytes !== undefined && pageBytes > host.layout.pageBytes) return state
  return inEachCohort(state, group, (before, cohort) => {
    let after = before
    const all = new Map<LevelName, Intervals>()
    const change = (held: Held, range: PageRange): Held => {
      const { first, length } = range
      after = leaving(after, { held, ...between(range), processes: cohort.processes })
      const onDeposits = thp && backing === 'anonymous'
      const gone = freedByDontNeed(host, { parts: cut(held, range), onDeposits })
      for (const [level, runs] of gone) all.set(level, union([all.get(level) ?? [], runs]))
      const content = without(held.content, first, first + length, held.mapping.length)
      return { ...held, content }
    }
    const space = changed(before, group, cohort, { region, parts: ranges, change })
    return { state: after, space: withoutTables(space, all) }
  })
}

interface Change<T> {
  readonly region: string
  readonly parts: readonly MappedPart<T>[]
  readonly change: (held: Held, part: T, declared: number) => Held
}

/** The space of a process in which the mappings of a region, in their order, have changed. */
function changed<T>(
  state: State,
  name: string,
  cohort: Cohort,
  { region, parts, change }: Change<T>,
): Space {
  const group = groupIn(state, name)
  const space = spaceOf(state, group, cohort)
  let next = 0
  const held = space.held.map((one) => {
    if (one.mapping.region !== region) return one
    const part = parts[next]
    next += 1
    if (part === undefined) return one
    return change(one, part.part, group.maps[part.map]?.length ?? one.mapping.length)
  })
  return { ...space, held }
}

/** Changes what each process of a group has mapped. */
export function inEachCohort(
  state: State,
  group: string,
  change: (state: State, cohort: Cohort) => { readonly state: State; readonly space: Space },
): State {
  let after = state
  const cohorts = (state.cohorts.get(group) ?? []).map((cohort) => {
    if (cohort.processes === 0) return cohort
    const { state: next, space } = change(after, cohort)
    after = next
    return { ...cohort, space }
  })
  return withCohorts(after, group, cohorts)
}
