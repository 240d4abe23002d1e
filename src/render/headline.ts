import type { Finding } from '../plan/finding.ts'
import type { PlannedStrategy, Result } from '../plan/result.ts'
import { riskOrder } from '../plan/result.ts'
import { exactBytes, formatBytes, formatPercent } from '../units/format.ts'
import { amounts } from './amounts.ts'
import { percentColumn } from './column.ts'
import type { Brushes, Ink, Paint } from './ink.ts'
import { brushesOf, named, widthOf, worded } from './ink.ts'
import type { RiskLevel } from './strategy.ts'
import { isUncertain, plannedIn, proposedMeans, subjectOf } from './strategy.ts'
import { wrap } from './wrap.ts'

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
    ...today(result, subject).flatMap((line) => wrap(worded(line, ink), width)),
    ...proposals(result, subject).flatMap((line) => wrap(worded(line, ink), width)),
  ]
}

/** Where the scenario has a later kernel than the newest known, that one too. */
function writtenKernel({ assumptions }: Result): string {
  const kernel = assumptions.find(({ path }) => path === 'host.kernel')
  const written = /^(\d+\.\d+) is later than /.exec(kernel?.source ?? '')?.[1]
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
  const [tables, memory, least, most] = amounts(bytes, memoryBytes, leastBytes, mostBytes)
  const how = subject.id === 'as-described' ? 'As described' : `Under ${subject.id}`
  const who = subject.status === 'proposed' ? `${how} (with mshare, ${proposedMeans})` : how
  const range = isUncertain(subject.pageTables)
    ? ` (expected; ${least} at least, ${most} at most)`
    : ''
  const share = formatPercent(bytes / memoryBytes)
  const take = `page tables take ${tables}${range} of a ${memory} server (${share})`
  return `${who}, ${take}: ${cannotStart(result, subject, ink)}${outcome(subject, ink)}`
}

/** A region whose huge pages are not there: nothing runs before the pool is large enough. */
function cannotStart(result: Result, { id, memory }: PlannedStrategy, ink: Ink): string {
  if (!memory.commit.granted) {
    const refused = result.findings.find(
      ({ kind, strategy }) => kind === 'overcommit-refuses' && strategy === id,
    )
    const where = refused === undefined ? '' : ` (${refused.id})`
    return `it cannot start, because the kernel refuses the memory${where}; were it granted, `
  }
  const missing = result.findings.find(
    (finding) =>
      finding.kind === 'pool-too-small' && finding.fallback === 'fail' && finding.strategy === id,
  )
  if (missing?.kind !== 'pool-too-small') return ''
  return `it cannot start, because the huge-page pool is too small for region ${named(missing.region, ink)} (${missing.id}); with a pool that is large enough `
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

/** What released kernels offer that is better than the subject. */
function today(result: Result, subject: PlannedStrategy | undefined): readonly string[] {
  if (subject === undefined) return []
  const better = plannedIn(result)
    .filter(
      (strategy) =>
        strategy.status === 'mainline' && starts(strategy) && isBetter(strategy, subject),
    )
    .toSorted((a, b) => rank(a) - rank(b) || a.pageTables.bytes - b.pageTables.bytes)
  // Threads are the program's to choose, not the administrator's.
  const best = better.find(({ id }) => id !== 'threads') ?? better[0]
  const huge = result.findings.find((finding) => finding.kind === 'huge-pages-do-it-today')
  const lines = best === undefined ? [] : [`Best of these that runs today: ${offer(best, result)}`]
  return [...lines, ...(huge === undefined ? [] : [hugePages(huge)])]
}

function hugePages(finding: Extract<Finding, { kind: 'huge-pages-do-it-today' }>): string {
  const [tables, plain] = amounts(finding.hugeTableBytes, finding.plainTableBytes)
  const page = exactBytes(finding.hugePageBytes)
  return `Also today: huge pages of ${page} need ${tables} of page tables instead of ${plain} (${finding.id}).`
}

function proposals(result: Result, subject: PlannedStrategy | undefined): readonly string[] {
  return plannedIn(result)
    .filter((strategy) => strategy.status === 'proposed' && strategy !== subject)
    .map((strategy) => `Proposed, in no released kernel: ${offer(strategy, result)}`)
}

/** With the share that the table shows: as many decimals as tell the strategies apart. */
function offer(strategy: PlannedStrategy, result: Result): string {
  const tables = `${formatBytes(strategy.pageTables.bytes)} of page tables`
  const { fraction } = strategy.savings
  const planned = plannedIn(result)
  const shares = percentColumn(planned.map((each) => each.savings.fraction))
  const share = (shares[planned.indexOf(strategy)] ?? '').replace('-', '')
  const change = `${share} % ${fraction < 0 ? 'more' : 'less'}`
  const against = fraction === 0 ? 'as much as base pages' : `${change} than base pages`
  const how = gloss.get(strategy.id)
  const what = how === undefined ? strategy.id : `${strategy.id} (${how})`
  return `${what}, ${tables}, ${against}, risk ${strategy.risk.level}.`
}

const gloss: ReadonlyMap<string, string> = new Map([
  ['threads', 'each group as one process'],
  ['base-pages', 'no huge pages'],
])

function starts({ memory }: PlannedStrategy): boolean {
  return memory.commit.granted && memory.pools.every(({ missingPages }) => missingPages === 0)
}

function isBetter(strategy: PlannedStrategy, subject: PlannedStrategy): boolean {
  const risk = rank(strategy) - rank(subject)
  return risk < 0 || (risk === 0 && strategy.pageTables.bytes < subject.pageTables.bytes)
}

function rank(strategy: PlannedStrategy): number {
  return riskOrder.indexOf(strategy.risk.level)
}
