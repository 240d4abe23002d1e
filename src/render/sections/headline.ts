import type { PlannedStrategy, Result } from '../../plan/result/result.ts'
import { formatBytes, formatPercent } from '../../units/format.ts'
import { amounts } from '../text/amounts.ts'
import type { Brushes, Ink, Paint } from '../text/ink.ts'
import { brushesOf, named, widthOf, worded } from '../text/ink.ts'
import { wrap } from '../text/wrap.ts'
import { nothingSentence } from '../words/advice-words.ts'
import { sentenceOn } from './advice.ts'
import type { RiskLevel } from './strategy.ts'
import { plannedIn, proposedMeans, subjectOf } from './strategy.ts'

/** Who is asked about, and the answer in a few plain sentences. */
export function headline(result: Result, ink: Ink): readonly string[] {
  const brushes = brushesOf(ink)
  const width = widthOf(ink)
  const { scenario, host } = result
  const memory = `${formatBytes(host.memoryBytes)} of memory`
  const swap = host.swapBytes === 0 ? 'no swap' : `${formatBytes(host.swapBytes)} of swap`
  const pti = host.pti ? ', PTI' : ''
  const machine = `${host.layout}, kernel ${host.kernel}${writtenKernel(result)}${pti}, ${memory}, ${swap}`
  const subject = subjectOf(result)
  return [
    ...wrap(named(scenario.name, ink), width).map(brushes.heading),
    ...wrap(named(scenario.file, ink), width),
    ...wrap(named(machine, ink), width),
    '',
    ...wrap(worded(answer(result, subject, ink), ink), width).map(paintOf(subject, brushes)),
    ...firstStep(result, subject, ink).flatMap((line) => wrap(worded(line, ink), width)),
    ...proposals(result, subject).flatMap((line) => wrap(worded(line, ink), width)),
  ]
}

/** Where the scenario has a later kernel than the newest known, that one too. */
function writtenKernel({ assumptions }: Result): string {
  const written = assumptions.find((one) => one.laterKernel !== undefined)?.laterKernel
  return written === undefined ? '' : ` (planned as; scenario says ${written})`
}

/** Colour that repeats what the words say about a level of risk. */
export function riskPaint(level: RiskLevel, brushes: Brushes): Paint {
  const paints: Readonly<Record<RiskLevel, Paint>> = {
    safe: brushes.good,
    tight: brushes.caution,
    swapping: brushes.caution,
    oom: brushes.bad,
  }
  return paints[level]
}

function paintOf(subject: PlannedStrategy | undefined, brushes: Brushes): Paint {
  return subject === undefined ? brushes.strong : riskPaint(subject.risk.level, brushes)
}

function answer(result: Result, subject: PlannedStrategy | undefined, ink: Ink): string {
  if (subject === undefined) return 'None of the strategies asked for can be planned; see below.'
  const { memoryBytes } = result.host
  const { bytes, leastBytes, mostBytes } = subject.pageTables
  const [tables, memory] = amounts(bytes, memoryBytes)
  const how = subject.id === 'as-described' ? 'As described' : `Under ${subject.id}`
  const who = subject.status === 'proposed' ? `${how} (with mshare, ${proposedMeans})` : how
  const range = rangeOf(formatBytes(leastBytes), formatBytes(mostBytes))
  const share = formatPercent(bytes / memoryBytes)
  const take = `page tables take ${tables}${range} of a ${memory} server (${share})`
  return `${who}, ${take}: ${cannotStart(result, subject, ink)}${outcome(subject, ink)}`
}

/** What can happen by chance; nothing where it reads alike, for then it decides nothing. */
function rangeOf(least: string, most: string): string {
  return least === most ? '' : ` (expected; ${least} at least, ${most} at most)`
}

/** A region whose huge pages are not there: nothing runs before the pool is large enough. */
function cannotStart(result: Result, { id, memory }: PlannedStrategy, ink: Ink): string {
  if (!memory.commit.granted) {
    return 'it cannot start, because the kernel refuses the memory; if it were granted, '
  }
  const missing = result.findings.find(
    (finding) =>
      finding.kind === 'pool-too-small' && finding.fallback === 'fail' && finding.strategy === id,
  )
  if (missing?.kind !== 'pool-too-small') return ''
  return `it cannot start, because the huge-page pool is too small for region ${named(missing.region, ink)}; with a pool that is large enough `
}

function outcome(strategy: PlannedStrategy, ink: Ink): string {
  const { risk, memory } = strategy
  const short = formatBytes(-memory.headroomBytes)
  const left = `${formatBytes(memory.headroomBytes)} of headroom`
  const group = risk.cgroups.find((cgroup) => cgroup.level === risk.level)
  if (memory.headroomBytes >= 0 && group !== undefined && !['safe', 'tight'].includes(risk.level)) {
    return `the host has ${left}, but its cgroup ${named(group.name, ink)} ${fate[risk.level]}.`
  }
  const words: Readonly<Record<RiskLevel, string>> = {
    safe: `it is safe, with ${left} (${formatPercent(risk.headroomFraction)} of memory).`,
    tight: `it fits, but tightly (tight), with ${left} on the host.`,
    swapping: `it ${fate.swapping}: demand exceeds capacity by ${short}.`,
    oom: `it ${fate.oom}: demand exceeds capacity by ${short}.`,
  }
  return words[risk.level]
}

const fate: Readonly<Record<RiskLevel, string>> = {
  safe: 'is safe',
  tight: 'is tight',
  swapping: 'has to swap (swapping)',
  oom: 'runs out of memory (oom)',
}

/** What to do first, or why there is nothing to do. */
function firstStep(
  result: Result,
  subject: PlannedStrategy | undefined,
  ink: Ink,
): readonly string[] {
  const [first] = result.advice
  if (first === undefined) {
    const { nothingToDo } = result
    return nothingToDo === undefined ? [] : [nothingSentence(nothingToDo, result)]
  }
  const label = first.purpose === 'headroom' ? 'Worth doing' : 'To do'
  const when = subject?.status === 'proposed' ? `${label} until mshare is released` : label
  const sentence = sentenceOn(first, result, ink)
  return [`${when}: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`]
}

function proposals(result: Result, subject: PlannedStrategy | undefined): readonly string[] {
  return plannedIn(result)
    .filter((strategy) => strategy.status === 'proposed' && strategy !== subject)
    .map((strategy) => `Proposed, in no released kernel: ${offer(strategy)}`)
}

/** Against what is there; against base pages where that does not start, or was not asked for. */
function offer(strategy: PlannedStrategy): string {
  const { bytes, againstDescribedBytes } = strategy.savings
  const saved = againstDescribedBytes ?? bytes
  const than = againstDescribedBytes === undefined ? 'base pages' : 'as described'
  const change = `${formatBytes(Math.abs(saved))} ${saved < 0 ? 'more' : 'less'} than ${than}`
  const against = saved === 0 ? `the same as ${than.replace('as ', '')}` : change
  const how = gloss.get(strategy.id)
  const what = how === undefined ? strategy.id : `${strategy.id} (${how})`
  const tables = `${formatBytes(strategy.pageTables.bytes)} of page tables`
  return `${what}, ${tables}, ${against}, risk ${strategy.risk.level}.`
}

const gloss: ReadonlyMap<string, string> = new Map([
  ['threads', 'each group as one process'],
  ['base-pages', 'no huge pages'],
])
