import type { Result } from '../../plan/result/result.ts'
import type { SummaryStep, TimelineSummary } from '../../plan/result/timeline/timeline-summary.ts'
import { formatBytes } from '../../units/format.ts'
import type { Ink } from '../text/ink.ts'
import { named, widthOf, worded } from '../text/ink.ts'
import { wrap } from '../text/wrap.ts'
import { standingWords } from '../words/standing-words.ts'

/** The peak of a timeline in one sentence; what is above it is the scenario before the first step. */
export function timelineLines({ timeline }: Result, ink: Ink): readonly string[] {
  return timeline === undefined ? [] : wrap(worded(sentence(timeline, ink), ink), widthOf(ink))
}

function sentence({ peak, shortest }: TimelineSummary, ink: Ink): string {
  const tables = `Timeline: page tables peak at ${formatBytes(peak.pageTablesBytes)} ${at(peak, ink)}`
  const risk = standingWords[shortest.refusal === undefined ? shortest.level : 'no-start']
  const isOne = peak.step === shortest.step
  return isOne ? `${tables}: ${risk}.` : `${tables}; least headroom ${at(shortest, ink)}: ${risk}.`
}

function at({ step, name }: SummaryStep, ink: Ink): string {
  if (step === 0) return 'before the first step'
  return name === undefined ? `at step ${step}` : `at step ${step}, ${named(name, ink)}`
}
