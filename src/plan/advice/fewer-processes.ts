import { describedStrategy } from '../../sharing/catalogue.ts'
import { count } from '../../units/quantity.ts'
import { copiesOf } from '../../workload/copies.ts'
import type { Group } from '../../workload/group.ts'
import type { Program } from '../../workload/region.ts'
import type { Workload } from '../../workload/workload.ts'
import { byWeight } from '../limits/breaking.ts'
import type { Look } from '../limits/search.ts'
import { lastWithRoom } from '../limits/search.ts'
import { programRules } from '../programs/catalogue.ts'
import type { Setting } from '../result/advice-result.ts'
import { isPlanned, planOne } from '../strategy/plans.ts'
import { roomWithin, stopOf } from '../strategy/stops.ts'
import { withoutIdlePages } from './pools.ts'
import type { KnownSizes } from './sizes.ts'
import { stateOf } from './state.ts'

/** Fewer processes of one group. */
export interface FewerProcesses {
  readonly workload: Workload
  readonly group: Group
  /** Those that there are; of one instance, where there are copies. */
  readonly processes: number
  /** The most at which the plan is safe; of one instance, too. */
  readonly safeProcesses: number
}

/**
 * As many processes of the group with the most page tables as are safe, found on the model itself.
 * @returns `undefined` where there is nothing to reduce; `never-safe` where one process is too many.
 */
export function fewerProcesses(
  workload: Workload,
  sizes: KnownSizes,
): FewerProcesses | 'never-safe' | undefined {
  const now = stateOf(workload)?.outcome
  if (now === undefined || stopOf(now, 'safe') === undefined) return undefined
  const group = heaviestOf(workload)
  if (group === undefined) return undefined
  const copies = copiesOf(group)
  const processes = group.processes / copies
  if (processes < 2) return undefined
  const look = (each: number): Look => {
    const outcome =
      each === processes ? now : stateOf(withProcesses(workload, group, each))?.outcome
    if (outcome === undefined) return { holds: false, room: undefined }
    const room = roomWithin(outcome, 'safe', workload.host)
    return { holds: stopOf(outcome, 'safe') === undefined, room }
  }
  const safeProcesses = lastWithRoom(look, processes, [processes])
  if (safeProcesses === undefined || safeProcesses === 0) return 'never-safe'
  const reduced = withProcesses(workload, group, safeProcesses)
  return {
    workload: withoutIdlePages(reduced, false, sizes),
    group,
    processes,
    safeProcesses,
  }
}

/** The group with the most page tables: planned whole, because only that tells group by group. */
function heaviestOf(workload: Workload): Group | undefined {
  const { groups } = workload
  if (groups.length < 2) return groups[0]
  const planned = planOne(workload, describedStrategy, new Set())
  return isPlanned(planned) ? byWeight(planned.result, groups)[0] : undefined
}

/** With that many in each instance, whichever part of the copies is planned with it. */
function withProcesses(workload: Workload, { name, part }: Group, each: number): Workload {
  const groups = workload.groups.map((group) =>
    group.name === name || (part !== undefined && group.part?.name === part.name)
      ? { ...group, processes: count(each * copiesOf(group)) }
      : group,
  )
  return { ...workload, groups }
}

/** Lines for the programs whose memory the group maps. */
export function poolingSettings(
  { regions }: Workload,
  { maps }: Group,
  processes: number,
): readonly Setting[] {
  const names = new Set(maps.map(({ region }) => region))
  const programs = new Set<Program>(
    regions.filter(({ name }) => names.has(name)).map(({ program }) => program),
  )
  return [...programs].flatMap((program) => programRules[program].pooling?.(processes) ?? [])
}
