import type { Result } from '../../plan/result/result.ts'
import type { Ink } from '../text/ink.ts'
import { assumed } from './assumed.ts'
import { briefFindings } from './brief-findings.ts'
import { firstSteps, mostLines } from './first-steps.ts'
import { gateLines } from './gate-lines.ts'
import { growthLines } from './growth-lines.ts'
import { heading } from './heading.ts'
import { postmortemScreen } from './postmortem-screen.ts'
import { strategyTable } from './strategy-table.ts'
import { timelineLines } from './timeline-lines.ts'
import { verdict } from './verdict.ts'

/**
 * The default view of a result: does it hold, how far, what to do, and what that rests on. One
 * screen; shows nothing that is not in the result. Ends with a line feed.
 */
export function renderScreen(result: Result, ink: Ink): string {
  const { postmortem } = result
  if (postmortem !== undefined) return postmortemScreen(result, postmortem, ink)
  const above = [
    ...heading(result, ink),
    '',
    ...verdict(result, ink),
    ...gateLines(result, ink),
    ...timelineLines(result, ink),
    ...(result.growth === undefined ? [] : growthLines(result, result.growth, ink)),
  ]
  const table = ['', ...strategyTable(result, ink)]
  const below = [...assumed(result, ink), ...briefFindings(result, ink)]
  const room = roomFor(result)
  const steps = stepsWithin(result, ink, room - above.length - table.length - below.length - 2)
  const sections = [...above, ...table, ...(steps.length === 0 ? [] : ['', ...steps]), '', ...below]
  return `${sections.join('\n')}\n`
}

/** Lines of the screen: more where several regions or gates have something to say. */
function roomFor({ strategies, gates }: Result): number {
  const regions = Math.max(0, ...strategies.map((one) => (one.applies ? one.regions.length : 0)))
  return regions > 1 || gates.length > 1 ? 48 : 40
}

/** With as many lines to paste as the screen has room for. */
function stepsWithin(result: Result, ink: Ink, room: number): readonly string[] {
  for (let most = mostLines; most > 1; most -= 1) {
    const steps = firstSteps(result, ink, most)
    if (steps.length <= room) return steps
  }
  return firstSteps(result, ink, 1)
}
