import { groupedBy } from '../../units/grouped.ts'
import { count } from '../../units/quantity.ts'
import { remembering } from '../../units/remembered.ts'
import { sumBy } from '../../units/sum.ts'
import { copiesOf } from '../../workload/copies.ts'
import type { Group } from '../../workload/group.ts'
import { mostProcesses } from '../../workload/group.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Limit } from '../result/limit-result.ts'
import type { PlannedStrategy } from '../result/result.ts'
import type { Breaking, CgroupRisk, Stop } from '../result/risk-result.ts'
import { tryPlan } from '../strategy/plans.ts'
import { roomWithin, stopOf } from '../strategy/stops.ts'
import type { Planned, PublishedOutcome } from '../strategy/strategy-result.ts'
import { cgroupParts } from './cgroup-parts.ts'
import type { Look } from './search.ts'
import { lastWithRoom } from './search.ts'

/**
 * A planned strategy with what breaks first, of the host and of each cgroup, and at how many
 * processes: those of the group that takes the most page tables grow or shrink, the others stay.
 */
export function withBreaking(workload: Workload, planned: Subject): PlannedStrategy {
  const { risk } = planned.result
  const { host } = workload
  const ofHost: Asking = {
    outcomeOf: (groups) => tryPlan({ ...workload, groups }, planned.named),
    stops: (one) => stopOf(one, 'swapping'),
    room: (one) => roomWithin(one, 'swapping', host),
  }
  const breaks = breakingOf(
    workload,
    planned,
    workload.groups,
    ofHost,
    limitKnown(workload, planned),
  )
  const parts =
    risk.cgroups.length < 2 ? undefined : partsOf(workload, [], () => cgroupParts(workload))
  const groupsIn = groupedBy(workload.groups, (group) => group.cgroup)
  const cgroups = risk.cgroups.map((cgroup): CgroupRisk => {
    const inside = groupsIn.get(cgroup.name) ?? []
    const full = breakingOf(workload, planned, inside, {
      outcomeOf: partly(workload, ofHost.outcomeOf, planned, parts?.get(cgroup.name)),
      stops: (one) => fullOf(one, cgroup.name),
      room: (one) => roomIn(one, cgroup.name, host.swap),
    })
    return full === undefined ? cgroup : { ...cgroup, breaks: full }
  })
  return {
    ...planned.result,
    risk: { ...risk, cgroups, ...(breaks === undefined ? {} : { breaks }) },
  }
}

/** The same for every strategy. */
const partsOf = remembering<Workload, ReturnType<typeof cgroupParts>>()

/** A strategy and what was planned of it. */
type Subject = Pick<Planned, 'named' | 'result'>

/** What is asked of a plan with another number of processes. */
interface Asking {
  /** The plan with changed groups; `undefined` where it does not apply, or a number passes 2^53 − 1. */
  readonly outcomeOf: (groups: readonly Group[]) => PublishedOutcome | undefined
  /** What stops the plan; `undefined` where nothing does. */
  readonly stops: (planned: PublishedOutcome) => Stop | undefined
  /** Bytes that are left of each room before it stops, negative where they are missing; `undefined`: unknown. */
  readonly room: (planned: PublishedOutcome) => readonly number[] | undefined
}

/**
 * Plans only the part that decides about a cgroup: with many cgroups the whole would be planned for each.
 * Where that part is all there is, the whole was planned for others already.
 * A strategy that converts nothing in that part may convert something else, and where windows run
 * short of addresses, they do so everywhere: then the whole is planned.
 */
function partly(
  { groups: all }: Workload,
  ofWhole: Asking['outcomeOf'],
  { named, result }: Subject,
  part: Workload | undefined,
): Asking['outcomeOf'] {
  const isCrowded = result.obstacles.some(({ kind }) => kind === 'address-space')
  if (part === undefined || part.groups.length === all.length || isCrowded) return ofWhole
  const names = new Set(part.groups.map(({ name }) => name))
  const ofPart: Asking['outcomeOf'] = (groups) =>
    tryPlan({ ...part, groups: groups.filter(({ name }) => names.has(name)) }, named)
  return ofPart(part.groups) === undefined ? ofWhole : (groups) => ofPart(groups) ?? ofWhole(groups)
}

function fullOf({ risk }: PublishedOutcome, name: string): Stop | undefined {
  const full = risk.cgroups.some((cgroup) => cgroup.name === name && cgroup.level === 'oom')
  return full ? { cause: 'cgroup', cgroup: name } : undefined
}

function roomIn(
  { risk }: PublishedOutcome,
  name: string,
  swap: number,
): readonly number[] | undefined {
  const cgroup = risk.cgroups.find((one) => one.name === name)
  return cgroup === undefined ? undefined : [cgroup.headroomBytes + swap]
}

/** The limit of a group's processes that was found already; where copies are parted, none counts. */
function limitKnown({ groups }: Workload, { result }: Subject): Limit | undefined {
  if (groups.some(({ part }) => part !== undefined)) return undefined
  return result.limits.find(({ metric }) => metric === 'processes')
}

/** One process more than the last that is not out of memory. */
function breakingAfter(limit: Limit | undefined, group: Group): Breaking | undefined {
  const bound = limit?.group === group.name ? limit.swapping : undefined
  if (bound?.cause === undefined) return undefined
  const { value, cause, cgroup } = bound
  const processes = (value + 1) * copiesOf(group)
  return { cause, ...(cgroup === undefined ? {} : { cgroup }), group: group.name, processes }
}

/**
 * Of the heaviest group; where it breaks even without that one, of the next that decides.
 * @param known a limit that was found already.
 */
function breakingOf(
  workload: Workload,
  planned: Subject,
  groups: readonly Group[],
  asking: Asking,
  known?: Limit,
): Breaking | undefined {
  const [heaviest, ...others] = byWeight(planned.result, groups)
  if (heaviest === undefined) return undefined
  const breakingWith = (group: Group): Breaking | undefined =>
    breakingAfter(known, group) ?? breakingBy(workload, planned, group, asking)
  const first = breakingWith(heaviest)
  if (first === undefined || first.processes > 0) return first
  const deciding = firstDeciding(workload, others, asking)
  return deciding === undefined ? first : breakingWith(deciding)
}

/**
 * The first group without whose processes nothing breaks. Where it breaks without several groups, it
 * does without each of them: those are not asked one by one.
 */
function firstDeciding(
  workload: Workload,
  among: readonly Group[],
  asking: Asking,
): Group | undefined {
  if (among.length === 0) return undefined
  const outcome = asking.outcomeOf(without(workload, among))
  if (outcome !== undefined && asking.stops(outcome) !== undefined) return undefined
  if (among.length === 1) return among[0]
  const half = Math.ceil(among.length / 2)
  return (
    firstDeciding(workload, among.slice(0, half), asking) ??
    firstDeciding(workload, among.slice(half), asking)
  )
}

function without({ groups }: Workload, gone: readonly Group[]): readonly Group[] {
  const names = new Set(gone.map(({ name }) => name))
  return groups.map((group) => (names.has(group.name) ? { ...group, processes: count(0) } : group))
}

function breakingBy(
  workload: Workload,
  planned: Subject,
  group: Group,
  { outcomeOf, stops, room }: Asking,
): Breaking | undefined {
  const others = sumBy(workload.groups, ({ processes }) => processes) - group.processes
  // Each instance has as many as the others.
  const copies = copiesOf(group)
  const now = group.processes / copies
  const seen = new Map<number, PublishedOutcome | undefined>([[now, planned.result]])
  const outcomeAt = (each: number): PublishedOutcome | undefined => {
    if (!seen.has(each)) seen.set(each, outcomeOf(withProcesses(workload, group, each * copies)))
    return seen.get(each)
  }
  const look = (each: number): Look => {
    const outcome = outcomeAt(each)
    // Some strategies have nothing to plan without a process: then nothing breaks.
    if (outcome === undefined) return { holds: each === 0, room: undefined }
    return { holds: stops(outcome) === undefined, room: room(outcome) }
  }
  const most = Math.floor((mostProcesses - others) / copies)
  const last = lastWithRoom(look, most, [now])
  if (last === most) return undefined
  const first = last === undefined ? 0 : last + 1
  const outcome = outcomeAt(first)
  const stop = outcome === undefined ? undefined : stops(outcome)
  return stop === undefined ? undefined : { ...stop, group: group.name, processes: first * copies }
}

/** Groups by the page tables that their processes take together, the most first. */
export function byWeight({ groups }: PlannedStrategy, among: readonly Group[]): readonly Group[] {
  const byName = new Map(groups.map((group) => [group.name, group] as const).reverse())
  const bytesOf = ({ name }: Group): number => {
    const result = byName.get(name)
    return (result?.processes ?? 0) * (result?.perProcess.bytes ?? 0)
  }
  return among.toSorted((a, b) => bytesOf(b) - bytesOf(a))
}

function withProcesses({ groups }: Workload, { name }: Group, processes: number): readonly Group[] {
  return groups.map((group) =>
    group.name === name ? { ...group, processes: count(processes) } : group,
  )
}
