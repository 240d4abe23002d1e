import { refusalIn } from './refusal.ts'
import type { PlannedStrategy, Result, WithoutMshare } from './result.ts'

/** What a scenario comes to, the worst first; `unplanned`: no strategy that was asked for is possible. */
export const outlooks = ['unplanned', 'no-start', 'oom', 'swapping', 'tight', 'safe'] as const
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
export function standingOf({ memory, risk }: Pick<WithoutMshare, 'memory' | 'risk'>): Standing {
  return refusalIn(memory) === undefined ? risk.level : 'no-start'
}

/** What a strategy comes to that was planned. */
export type Standing = Exclude<Outlook, 'unplanned'>

/** The strategy that a result is about: as described, or the first that was planned. */
export function subjectOf({ strategies }: Result): PlannedStrategy | undefined {
  const planned = strategies.filter((strategy) => strategy.applies)
  return planned.find(({ id }) => id === 'as-described') ?? planned[0]
}
