import type { Bound, Limit } from '../../plan/result/limit-result.ts'
import { standingOf, subjectOf } from '../../plan/result/outlook.ts'
import type { PlannedStrategy, Result } from '../../plan/result/result.ts'
import { formatCount, formatDecimal, formatLeastBytes } from '../../units/format.ts'
import { hundredthsOf, quoted } from '../text/amounts.ts'
import type { Ink } from '../text/ink.ts'
import { named } from '../text/ink.ts'

/** How many processes the subject allows, and from how much memory on it is safe. */
export function howFar(result: Result, ink: Ink): string {
  const subject = subjectOf(result)
  if (subject === undefined) return ''
  const growing = growthOf(subject)
  const sentences = [
    ...(growing?.swapping === undefined || isNeverStarted(subject, growing.swapping)
      ? []
      : [`${whoGrows(growing, ink)}: ${reach(growing, result)}.`]),
    ...memory(subject),
  ]
  return sentences.join(' ')
}

/** Fewer processes do not make it start. */
function isNeverStarted(subject: PlannedStrategy, { value }: Bound): boolean {
  return value === 0 && standingOf(subject) === 'no-start'
}

/** The limit by which strategies are compared; `undefined` where there is a single process. */
export function growthOf({ limits }: PlannedStrategy): Limit | undefined {
  return limits.find(({ metric }) => metric === 'processes' || metric === 'allProcesses')
}

/** `clients`, or all groups alike. */
export function whoGrows({ group, copies }: Limit, ink: Ink): string {
  if (group === undefined) return 'All groups together'
  const each = copies === undefined ? '' : ` in each of ${formatCount(copies)} copies`
  return `${quoted(named(group, ink))}${each}`
}

/** A number of processes that holds: `1,500`, or `×1.34` of what there is; rounded down. */
export function reachText({ metric, now }: Limit, { value }: Pick<Bound, 'value'>): string {
  if (metric !== 'allProcesses') return formatCount(value)
  const factor = hundredthsOf(value, now) / 100
  return `×${Number.isInteger(factor) && factor < 10 ? factor : formatDecimal(factor, 2)}`
}

function reach(limit: Limit, { host }: Result): string {
  const { safe, tight, swapping, metric } = limit
  const now = `${reachText(limit, { value: limit.now })} now`
  if (swapping?.value === 0 && metric === 'processes') return `${now}, even one does not fit`
  const parts = [
    now,
    safe === undefined || safe.value === 0
      ? 'safe with none'
      : `safe up to ${reachText(limit, safe)}`,
    ...(host.swapBytes === 0 || tight === undefined
      ? []
      : [`without swapping up to ${reachText(limit, tight)}`]),
    ...(swapping === undefined ? [] : [`at most ${reachText(limit, swapping)}`]),
  ]
  if (safe !== undefined && isEndless(safe)) return `${now}, safe with any number`
  return parts.join(', ')
}

/** Only Linux's most processes end it. */
function isEndless({ cause, atLeast }: Bound): boolean {
  return cause === undefined && atLeast === undefined
}

function memory(subject: PlannedStrategy): readonly string[] {
  const least = subject.limits.find(({ metric }) => metric === 'memory')?.safe
  if (least === undefined || standingOf(subject) === 'no-start') return []
  return [`Safe from ${formatLeastBytes(least.value)} of memory.`]
}
