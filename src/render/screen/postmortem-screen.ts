import type { Advice } from '../../plan/result/advice-result.ts'
import { standingOf, subjectOf } from '../../plan/result/outlook.ts'
import type { Postmortem } from '../../plan/result/postmortem-result.ts'
import type { Result } from '../../plan/result/result.ts'
import { formatBytes } from '../../units/format.ts'
import type { Ink } from '../text/ink.ts'
import { brushesOf, widthOf, worded } from '../text/ink.ts'
import { wrap } from '../text/wrap.ts'
import { takenWords, triggerAdvice } from '../words/postmortem-words.ts'
import { assumed } from './assumed.ts'
import { briefFindings } from './brief-findings.ts'
import { firstSteps, mostLines } from './first-steps.ts'
import { gateLines } from './gate-lines.ts'
import { heading } from './heading.ts'
import { killedLines } from './killed.ts'
import { holderTable, memoryTable, mostHolders } from './memory-table.ts'
import { postmortemVerdict, reportLine } from './postmortem-verdict.ts'

const preventing = 'WHAT WOULD HAVE PREVENTED IT'
/** Lines of the screen. */
const mostRows = 40

/**
 * The screen of a result that comes from an out-of-memory report: what took the memory, who holds
 * the page tables, whom the kernel killed, and what would have prevented it. Ends with a line feed.
 */
export function postmortemScreen(result: Result, postmortem: Postmortem, ink: Ink): string {
  const fitting = fits.find((fit) => screen(result, postmortem, ink, fit).length <= mostRows)
  const lines = screen(result, postmortem, ink, fitting ?? leastFit)
  return lines.map((line) => `${line}\n`).join('')
}

/** How many groups and lines to paste are shown. */
interface Fit {
  readonly groups: number
  readonly lines: number
}

const leastFit: Fit = { groups: 1, lines: 1 }
/** From the most that is shown to the least: groups go before the last lines to paste. */
const fits: readonly Fit[] = [
  ...Array.from({ length: mostLines - 1 }, (_, less) => ({
    groups: mostHolders,
    lines: mostLines - less,
  })),
  ...Array.from({ length: mostHolders }, (_, less) => ({ groups: mostHolders - less, lines: 2 })),
  { groups: mostHolders, lines: 1 },
  leastFit,
]

function screen(
  result: Result,
  postmortem: Postmortem,
  ink: Ink,
  { groups, lines }: Fit,
): readonly string[] {
  return [
    ...heading(result, ink),
    ...reportLine(postmortem, ink),
    '',
    ...postmortemVerdict(postmortem, result, ink),
    ...gateLines(result, ink),
    '',
    ...memoryTable(postmortem, ink),
    '',
    ...holderTable(postmortem, ink, groups),
    '',
    ...killedLines(postmortem, ink),
    '',
    ...prevention(result, postmortem, ink, lines),
    '',
    ...assumed(result, ink),
    ...briefFindings(result, ink, 0),
  ]
}

/** What would have prevented it. @param most lines to paste. */
function prevention(
  result: Result,
  postmortem: Postmortem,
  ink: Ink,
  most: number,
): readonly string[] {
  const advice = helpful(result, postmortem)
  const [title = brushesOf(ink).heading(preventing), ...steps] =
    advice.length === 0 ? [] : firstSteps({ ...result, advice }, ink, most, preventing)
  const sentences = sentencesOn(result, postmortem)
  return [title, ...sentences.flatMap((text) => wrap(worded(text, ink), widthOf(ink))), ...steps]
}

/** Advice about page tables only where they are a part of the problem. */
function helpful({ advice }: Result, { pageTables, trigger }: Postmortem): readonly Advice[] {
  if (triggerAdvice[trigger] !== undefined) return []
  const isKnown = pageTables !== undefined && pageTables.isLeast !== true
  return !isKnown || pageTables.weight !== 'none'
    ? advice
    : advice.filter((one) => !isAboutTables(one))
}

function isAboutTables({ action }: Advice): boolean {
  return tableActions.has(action)
}

const tableActions: ReadonlySet<Advice['action']> = new Set([
  'huge-pages',
  'transparent-huge-pages',
  'pooler',
])

/** What is to be said before the advice, or instead of it. */
function sentencesOn(result: Result, postmortem: Postmortem): readonly string[] {
  const { trigger, holders } = postmortem
  const other = triggerAdvice[trigger]
  if (other !== undefined) return [other]
  const isPartial = holders?.isPartial === true
  const advice = helpful(result, postmortem)
  return [
    ...(isPartial ? ['The plan has only the processes that the log shows.'] : fitting(result)),
    ...(advice.length === 0 || (isPartial && !advice.some(isAboutTables))
      ? unhelped(postmortem, isPartial)
      : []),
  ]
}

function fitting(result: Result): readonly string[] {
  const subject = subjectOf(result)
  if (subject === undefined || !['safe', 'tight'].includes(standingOf(subject))) return []
  return [
    `Planned from the log, these processes fit, with ${formatBytes(subject.memory.headroomBytes)} left: the log does not show all that they used.`,
  ]
}

/** Why no advice is about page tables. */
function unhelped({ memory, pageTables }: Postmortem, isPartial: boolean): readonly string[] {
  const isKnown = pageTables !== undefined && pageTables.isLeast !== true
  if (!isKnown) {
    return [
      'The log does not show all page tables: whether huge pages would have helped is unknown.',
      askMachine,
    ]
  }
  if (pageTables.weight !== 'none' && isPartial) {
    return ['The log does not show which memory could be on huge pages.', askMachine]
  }
  const { largest } = memory
  const what = largest === undefined || largest === 'unlisted' ? 'memory' : takenWords[largest]
  return [`Huge pages would not have helped. Use less ${what}, or add memory.`]
}

const askMachine = 'Run mshare-plan capture on the machine, under the same load.'
