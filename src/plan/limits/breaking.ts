import type { NamedStrategy } from '../../sharing/catalogue.ts'
import { count } from '../../units/quantity.ts'
import { sumBy } from '../../units/sum.ts'
import { copiesOf } from '../../workload/copies.ts'
import type { Group } from '../../workload/group.ts'
import { mostProcesses } from '../../workload/group.ts'
import type { Workload } from '../../workload/workload.ts'
import type { PlannedStrategy } from '../result/result.ts'
import type { Breaking, CgroupRisk, Stop } from '../result/risk-result.ts'
import { tryPlan } from '../strategy/plans.ts'
import { stopOf } from '../strategy/stops.ts'
import type { Outcome, Planned } from '../strategy/strategy-result.ts'
import { lastHolding } from './search.ts'

/**
 * A planned strategy with what breaks first, of the host and of each cgroup, and at how many
 * processes: those of the group that takes the most page tables grow or shrink, the others stay.
 */
export function withBreaking(workload: Workload, planned: Subject): PlannedStrategy {
  const { risk } = planned.result
  const ofHost: Asking = {
    stops: (one) => stopOf(one, 'swapping'),
    guess: (group) => guessOf(planned, group),
  }
  const breaks = breakingOf(workload, planned, workload.groups, ofHost)
  const cgroups = risk.cgroups.map((cgroup): CgroupRisk => {
    const inside = workload.groups.filter((group) => group.cgroup === cgroup.name)
    const full = breakingOf(workload, planned, inside, {
      stops: (one) => fullOf(one, cgroup.name),
      guess: (group) => guessIn(planned, cgroup, group),
    })
    return full === undefined ? cgroup : { ...cgroup, breaks: full }
  })
  return {
    ...planned.result,
    risk: { ...risk, cgroups, ...(breaks === undefined ? {} : { breaks }) },
  }
}

/** A strategy and what was planned of it. */
type Subject = Pick<Planned, 'named' | 'result'>

/** What is asked of a plan with another number of processes. */
interface Asking {
  /** What stops the plan; `undefined` where nothing does. */
  readonly stops: (planned: Outcome) => Stop | undefined
  /** At how many processes of a group it may stop, to look there first. */
  readonly guess: (group: Group) => number
}

function fullOf({ risk }: Outcome, name: string): Stop | undefined {
  const full = risk.cgroups.some((cgroup) => cgroup.name === name && cgroup.level === 'oom')
  return full ? { cause: 'cgroup', cgroup: name } : undefined
}

/** Of the heaviest group; where it breaks even without that one, of the next that decides. */
function breakingOf(
  workload: Workload,
  planned: Subject,
  groups: readonly Group[],
  asking: Asking,
): Breaking | undefined {
  let first: Breaking | undefined
  for (const group of byWeight(planned.result, groups)) {
    const found = breakingBy(workload, planned, group, asking)
    if (found === undefined || found.processes > 0) return found
    first ??= found
  }
  return first
}

function breakingBy(
  workload: Workload,
  planned: Subject,
  group: Group,
  { stops, guess }: Asking,
): Breaking | undefined {
  const others = sumBy(workload.groups, ({ processes }) => processes) - group.processes
  // Each instance has as many as the others.
  const copies = copiesOf(group)
  const now = group.processes / copies
  const seen = new Map<number, Stop | 'nothing' | undefined>([[now, stops(planned.result)]])
  const stopAt = (each: number): Stop | 'nothing' | undefined => {
    if (!seen.has(each)) {
      const other = outcomeWith(workload, planned.named, group, each * copies)
      seen.set(each, other === undefined ? 'nothing' : stops(other))
    }
    return seen.get(each)
  }
  // Some strategies have nothing to plan without a process: then nothing breaks.
  const holds = (each: number): boolean => {
    const stop = stopAt(each)
    return stop === undefined || (stop === 'nothing' && each === 0)
  }
  const most = Math.floor((mostProcesses - others) / copies)
  const last = lastHolding(holds, most, Math.floor(guess(group) / copies))
  if (last === most) return undefined
  const first = last === undefined ? 0 : last + 1
  const stop = stopAt(first)
  return stop === undefined || stop === 'nothing'
    ? undefined
    : { ...stop, group: group.name, processes: first * copies }
}

/** Groups by the page tables that their processes take together, the most first. */
export function byWeight({ groups }: PlannedStrategy, among: readonly Group[]): readonly Group[] {
  const bytesOf = ({ name }: Group): number => {
    const result = groups.find((group) => group.name === name)
    return (result?.processes ?? 0) * (result?.perProcess.bytes ?? 0)
  }
  return among.toSorted((a, b) => bytesOf(b) - bytesOf(a))
}

/** Where memory would be used up if every further process cost what one costs now. */
function guessOf(planned: Subject, group: Group): number {
  const { memory, risk } = planned.result
  const swap = swapOf(planned.result)
  const unswappable = memory.capacityBytes - risk.unswappableBytes
  return Math.min(
    processesUntil(planned, group, memory.headroomBytes + swap, group.private),
    processesUntil(planned, group, unswappable, group.lockedPrivate),
  )
}

/** The same, by the room that is left below the limit of a cgroup. */
function guessIn(planned: Subject, cgroup: CgroupRisk, group: Group): number {
  return processesUntil(
    planned,
    group,
    cgroup.headroomBytes + swapOf(planned.result),
    group.private,
  )
}

function swapOf({ memory }: PlannedStrategy): number {
  return memory.lines.find(({ kind }) => kind === 'swap')?.bytes ?? 0
}

/**
 * How many processes of a group fit if that many bytes more are available, the present ones included,
 * if every further one takes what one takes now.
 * @param bytes negative: that much is missing.
 * @param ownBytes private memory of one that counts.
 */
export function processesUntil(
  { named, result: { groups } }: Subject,
  group: Group,
  bytes: number,
  ownBytes: number,
): number {
  const tables = groups.find(({ name }) => name === group.name)?.perProcess.bytes ?? 0
  const each =
    ownBytes + group.kernelMemory * group.threads + (named.kind === 'threads' ? 0 : tables)
  return group.processes + (each === 0 ? 0 : Math.floor(bytes / each))
}

/**
 * A strategy with another number of processes in a group.
 * @returns `undefined` where it does not apply, or a number passes 2^53 − 1.
 */
export function outcomeWith(
  workload: Workload,
  named: NamedStrategy,
  { name }: Group,
  processes: number,
): Outcome | undefined {
  const groups = workload.groups.map((group) =>
    group.name === name ? { ...group, processes: count(processes) } : group,
  )
  return tryPlan({ ...workload, groups }, named)
}
