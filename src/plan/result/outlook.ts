import { refusalIn } from './refusal.ts'
import type { PlannedStrategy, Result } from './result.ts'

/** What a scenario comes to, the worst first; `unplanned`: no strategy that was asked for is possible. */
export const outlooks = ['unplanned', 'no-start', 'oom', 'swapping', 'tight', 'safe'] as const
export type Outlook = (typeof outlooks)[number]

/** Whether it starts, then its risk: as described, or under the first strategy that was planned. */
export function outlookOf(result: Result): Outlook {
  const subject = subjectOf(result)
  if (subject === undefined) return 'unplanned'
  return refusalIn(subject.memory) === undefined ? subject.risk.level : 'no-start'
}

/** The strategy that a result is about: as described, or the first that was planned. */
export function subjectOf({ strategies }: Result): PlannedStrategy | undefined {
  const planned = strategies.filter((strategy) => strategy.applies)
  return planned.find(({ id }) => id === 'as-described') ?? planned[0]
}
