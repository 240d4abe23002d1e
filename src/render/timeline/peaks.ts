import type {
  TimelineFigures,
  TimelineResult,
  TimelineStrategy,
} from '../../plan/result/timeline/timeline-result.ts'
import { formatBytes } from '../../units/format.ts'
import type { Ink } from '../text/ink.ts'
import { standingWords } from '../words/standing-words.ts'
import { stepLabel } from '../words/what-if/timeline-words.ts'

/** Where page tables peak, where memory is shortest, and what that means. */
export function peakSentences(
  { steps }: Pick<TimelineResult, 'steps'>,
  strategy: TimelineStrategy,
  ink: Ink,
): readonly string[] {
  const { peak } = strategy
  const at = (step: number): string => {
    const found = steps[step]
    if (step === 0 || found === undefined) return 'before the first step'
    return `at step ${stepLabel(found, ink)}`
  }
  const tables = strategy.steps[peak.pageTables]?.pageTables?.bytes
  const shortest = strategy.steps[peak.headroom]?.headroomBytes
  const worst = strategy.steps[peak.risk]
  const standing = worst?.refusal === undefined ? worst?.level : 'no-start'
  return [
    ...(tables === undefined
      ? []
      : [`Page tables peak at ${formatBytes(tables)}, ${at(peak.pageTables)}.`]),
    ...(shortest === undefined
      ? []
      : [`Least headroom: ${formatBytes(shortest)}, ${at(peak.headroom)}.`]),
    ...(standing === undefined || standing === 'safe'
      ? []
      : [`Worst: ${standingWords[standing]}, ${at(peak.risk)}.`]),
  ]
}

/** The risk of a step in a cell. */
export function riskOf({ level, refusal }: TimelineFigures): string {
  return refusal === undefined ? (level ?? '-') : 'no start'
}
