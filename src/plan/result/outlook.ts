import type { Starting } from './refusal.ts'
import { refusalIn } from './refusal.ts'
import type { PlannedStrategy, Result, WithoutMshare } from './result.ts'
import type { CgroupRisk, Risk } from './risk-result.ts'

/** What a scenario comes to, the worst first; `unplanned`: no strategy that was asked for is possible. */
export const outlooks = ['unplanned', 'no-start', 'oom', 'swapping', 'tight', 'safe'] as const
/** What a scenario comes to: what keeps it from being planned or started, or its risk. */
export type Outlook = (typeof outlooks)[number]

/** Whether it starts, then its risk: as described, or under the first strategy that was planned. */
export function outlookOf(result: Result): Outlook {
  const subject = subjectOf(result)
  return subject === undefined ? 'unplanned' : standingOf(subject)
}

/** The same on released kernels; `undefined` where no region is shared through mshare anyway. */
export function outlookWithoutMshare({ withoutMshare }: Result): Outlook | undefined {
  return withoutMshare === undefined ? undefined : standingOf(withoutMshare)
}

/** Of one strategy, or of the workload as it would be. */
export function standingOf({
  memory,
  risk,
}: {
  readonly memory: Starting
  readonly risk: Pick<Risk, 'level'>
}): Standing {
  return refusalIn(memory) === undefined ? risk.level : 'no-start'
}

/** What a strategy comes to that was planned. */
export type Standing = Exclude<Outlook, 'unplanned'>

/** The strategy that a result is about: as described, or the first that was planned. */
export function subjectOf({ strategies }: Pick<Result, 'strategies'>): PlannedStrategy | undefined {
  const planned = strategies.filter((strategy) => strategy.applies)
  return planned.find(({ id }) => id === 'as-described') ?? planned[0]
}

/** True where swap would hold what is short, had it been memory that can be swapped. */
export function isUnswappable(
  { host: { swapBytes } }: Pick<Result, 'host'>,
  { memory: { headroomBytes }, risk }: Pick<WithoutMshare, 'memory' | 'risk'>,
): boolean {
  const missing = -headroomBytes
  return risk.hostLevel === 'oom' && missing > 0 && missing <= swapBytes
}

/** Cgroups that are as bad as the whole while the host is not, the shortest of its limit first. */
export function worstCgroups({
  risk,
  memory,
}: Pick<WithoutMshare, 'memory' | 'risk'>): readonly CgroupRisk[] {
  if (standingOf({ risk, memory }) === 'no-start' || risk.hostLevel === risk.level) return []
  return risk.cgroups.filter(({ level }) => level === risk.level).toSorted(byHeadroom)
}

/** By the share of its limit that is left. */
export function byHeadroom(one: CgroupRisk, other: CgroupRisk): number {
  return one.headroomBytes / one.limitBytes - other.headroomBytes / other.limitBytes
}
