import type { Advice } from '../../plan/result/advice-result.ts'
import type { Finding } from '../../plan/result/finding.ts'
import type { Standing } from '../../plan/result/outlook.ts'
import { byHeadroom, standingOf, subjectOf, worstCgroups } from '../../plan/result/outlook.ts'
import type { PlannedStrategy, Result, WithoutMshare } from '../../plan/result/result.ts'
import type { CgroupRisk } from '../../plan/result/risk-result.ts'
import { exactBytes, formatBytes, formatCount, formatShare } from '../../units/format.ts'
import { sumBy } from '../../units/sum.ts'
import { standingPaint } from '../sections/standing-paint.ts'
import { isUncertain } from '../sections/strategy.ts'
import { givenBytes, listed, quoted } from '../text/amounts.ts'
import type { Ink, Paint } from '../text/ink.ts'
import { brushesOf, named, widthOf, worded } from '../text/ink.ts'
import { wrap } from '../text/wrap.ts'
import { verdictWords } from '../words/standing-words.ts'
import { underStrategy } from '../words/strategy-words.ts'
import { howFar } from './how-far.ts'

/** Does it hold, how far, and who is killed first. */
export function verdict(result: Result, ink: Ink): readonly string[] {
  const subject = subjectOf(result)
  const width = widthOf(ink)
  if (subject === undefined) {
    return wrap('NOT PLANNED: none of the strategies asked for is possible here.', width)
  }
  const standing = standingOf(subject)
  const paint = standingPaint(standing, brushesOf(ink))
  const lines = wrap(worded(sentences(result, subject, ink).join(' '), ink), width)
  const far = howFar(result, ink)
  const killed = firstKilled(subject, ink)
  return [
    ...painted(lines, verdictWords[standing], paint),
    ...(far === '' ? [] : wrap(worded(far, ink), width)),
    ...(killed === '' ? [] : wrap(worded(killed, ink), width)),
  ]
}

/** The verdict's own words only: the figures stay in the colour of the text. */
function painted(lines: readonly string[], word: string, paint: Paint): readonly string[] {
  return lines.map((line, index) =>
    index === 0 && line.startsWith(word) ? paint(word) + line.slice(word.length) : line,
  )
}

function sentences(result: Result, subject: PlannedStrategy, ink: Ink): readonly string[] {
  const { withoutMshare } = result
  const isStarting = standingOf(subject) !== 'no-start'
  return [
    `${verdictWords[standingOf(subject)]}${underWhat(result, subject, ink)}: ${outcome(result, subject, ink)}.`,
    ...(isStarting ? [tables(result, subject), ...idle(result, subject)] : []),
    ...(withoutMshare === undefined ? [] : [without(result, withoutMshare, subject, ink)]),
    // Advice is judged without mshare: what it comes to follows that.
    ...(isStarting ? [] : onceStarted(result)),
  ]
}

/** In which cgroup, under which strategy, and whether only with mshare. */
function underWhat(result: Result, subject: PlannedStrategy, ink: Ink): string {
  const how = subject.id === 'as-described' ? '' : ` ${underStrategy(subject)}`
  return `${inCgroups(subject, ink)}${how}${mshareClause(result, subject)}`
}

function mshareClause({ withoutMshare }: Result, subject: PlannedStrategy): string {
  if (subject.status !== 'proposed') return ''
  if (withoutMshare === undefined) return ', which is in no released kernel'
  const standing = standingOf(subject)
  const means = 'with mshare, which is in no released kernel'
  if (standingOf(withoutMshare) !== standing) return `, but only ${means}`
  return standing === 'safe' ? ` ${means}` : `, even ${means}`
}

/** ` in cgroup gold`; ` in cgroup gold and 2 more`, the worst of them first. */
function inCgroups(judged: WithoutMshare, ink: Ink): string {
  const [worst, ...others] = worstCgroups(judged)
  if (worst === undefined) return ''
  const more = others.length === 0 ? '' : ` and ${formatCount(others.length)} more`
  return ` in cgroup ${quoted(named(worst.name, ink))}${more}`
}

/** The figure that decides, without its full stop. */
function outcome(result: Result, judged: WithoutMshare, ink: Ink): string {
  const { risk, memory } = judged
  const standing = standingOf(judged)
  if (standing === 'no-start') return obstacle(result, judged, ink)
  const { headroomBytes } = memory
  const { memoryBytes } = result.host
  const left = `${formatBytes(headroomBytes)} of headroom, ${formatShare(headroomBytes / memoryBytes)} of memory`
  const [cgroup] = worstCgroups(judged)
  if (cgroup !== undefined) return `${ofCgroup(cgroup)}; the host has ${left}`
  const words: Readonly<Record<Exclude<Standing, 'no-start'>, string>> = {
    oom: shortage(result, judged),
    swapping: `${formatBytes(-headroomBytes)} more than memory holds, in swap`,
    tight: `${left}${safeFrom}`,
    safe: `${left}${safeFrom}${tightestCgroup(risk.cgroups, ink)}`,
  }
  return words[risk.level]
}

/** Swap is counted; what cannot be swapped may exceed memory all the same. */
function shortage({ host }: Result, { memory }: WithoutMshare): string {
  const missing = -memory.headroomBytes
  if (missing < 0) return 'memory is full'
  if (host.swapBytes === 0) return `${formatBytes(missing)} short`
  const swap = givenBytes(host.swapBytes)
  return missing > host.swapBytes
    ? `${formatBytes(missing - host.swapBytes)} short, with ${swap} of swap in use`
    : `${formatBytes(missing)} short, and too little of it can be swapped`
}

function ofCgroup({ headroomBytes, limitBytes }: CgroupRisk): string {
  const limit = givenBytes(limitBytes)
  if (headroomBytes < 0) return `${formatBytes(-headroomBytes)} short of its ${limit}`
  return `${formatBytes(headroomBytes)} of headroom, ${formatShare(headroomBytes / limitBytes)} of its ${limit}`
}

function tightestCgroup(cgroups: readonly CgroupRisk[], ink: Ink): string {
  const [first] = cgroups.toSorted(byHeadroom)
  if (first === undefined) return ''
  const name = quoted(named(first.name, ink))
  return `. Tightest cgroup: ${name}, ${formatShare(first.headroomBytes / first.limitBytes)} of ${givenBytes(first.limitBytes)}`
}

const safeFrom = ' (safe from 10 %)'

type PoolShortage = Extract<Finding, { readonly kind: 'pool-too-small' }>

/** What it needs that is missing. */
function obstacle({ findings }: Result, { memory }: WithoutMshare, ink: Ink): string {
  const small = findings
    .filter((finding) => finding.kind === 'pool-too-small')
    .filter(({ fallback, strategy }) => fallback === 'fail' && strategy === 'as-described')
  const [first] = small
  if (first !== undefined) return poolShortage(first, small, memory, ink)
  const { mode, committedBytes, limitBytes, largestRequestBytes } = memory.commit
  return mode === 'never'
    ? `the programs ask for ${formatBytes(committedBytes)} (Committed_AS), the kernel grants ${formatBytes(limitBytes)} (CommitLimit)`
    : `one request of ${formatBytes(largestRequestBytes)} is more than memory and swap, so the kernel refuses it`
}

/** The first region that lacks huge pages, with the others if its pool lacks some for them too. */
function poolShortage(
  { region, pageBytes, neededPages, poolPages }: PoolShortage,
  all: readonly PoolShortage[],
  { pools }: WithoutMshare['memory'],
  ink: Ink,
): string {
  const pool = pools.find((each) => each.pageBytes === pageBytes)
  const { pages = poolPages, missingPages = 0 } = pool ?? {}
  const size = exactBytes(pageBytes)
  const others = all.filter((each) => each.pageBytes !== pageBytes).length
  const more =
    others === 0
      ? ''
      : `, and ${others === 1 ? 'one more region lacks its pages' : `${formatCount(others)} more regions lack their pages`}`
  if (missingPages > neededPages - poolPages) {
    const all = `${formatCount(pages + missingPages)} huge pages of ${size}`
    return `${named(region, ink)} and others need ${all}, the pool has ${formatCount(pages)}${more}`
  }
  const left = poolPages < pages ? ' left' : ''
  return `${named(region, ink)} needs ${formatCount(neededPages)} huge pages of ${size}, the pool has ${formatCount(poolPages)}${left}${more}`
}

/** What it comes to once it starts. */
function onceStarted({ advice: [first], host }: Result): readonly string[] {
  if (first === undefined || first.purpose !== 'start') {
    return ['No setting that is known here makes it start.']
  }
  const headroom = `${formatBytes(first.headroomBytes)} of headroom, ${formatShare(first.headroomBytes / host.memoryBytes)} of memory`
  const short = `${formatBytes(-first.headroomBytes)} short`
  const words: Readonly<Record<Advice['riskLevel'], string>> = {
    safe: `it is safe: ${headroom}`,
    tight: `it is tight: ${headroom}`,
    swapping: `it swaps: ${short}`,
    oom: `it is out of memory${first.headroomBytes < 0 ? `: ${short}` : ''}`,
  }
  return [`${withWhat(first)} ${words[first.riskLevel]}.`]
}

function withWhat({ pools, overcommit }: Advice): string {
  const raised = pools.filter(({ pages, configuredPages }) => pages > configuredPages)
  const more = raised.map(
    ({ pages, configuredPages, pageBytes, sparePages, overheadPages = 0 }) => {
      const count = formatCount(pages - configuredPages)
      const reserve = sparePages + overheadPages
      const kept = reserve === 0 ? '' : ` (${formatCount(reserve)} of them in reserve)`
      return `${count} more${raised.length === 1 ? '' : ` of ${exactBytes(pageBytes)}`}${kept}`
    },
  )
  const granted =
    overcommit === undefined
      ? []
      : [
          overcommit.mode === 'never'
            ? `vm.overcommit_ratio at ${formatCount(overcommit.ratio ?? 0)}`
            : 'every request granted',
        ]
  return `With ${listed([...more, ...granted])}`
}

/** `Page tables need 880.9 GiB, 172 % of memory: without them it would fit.` */
function tables({ host }: Result, { pageTables, memory }: PlannedStrategy): string {
  const { bytes } = pageTables
  const mark = isUncertain(pageTables) ? '~' : ''
  const { headroomBytes } = memory
  const decides = headroomBytes < 0 && headroomBytes + bytes >= 0
  const fit = decides ? ': without them it would fit' : ''
  return `Page tables need ${mark}${formatBytes(bytes)}, ${formatShare(bytes / host.memoryBytes)} of memory${fit}.`
}

/** Huge pages that nothing uses, from a hundredth of memory on. */
function idle({ host }: Result, { memory }: PlannedStrategy): readonly string[] {
  const bytes = sumBy(memory.pools, (pool) => pool.strandedPages * pool.pageBytes)
  if (bytes * 100 < host.memoryBytes) return []
  return [
    `Idle huge pages: ${formatBytes(bytes)}, ${formatShare(bytes / host.memoryBytes)} of memory.`,
  ]
}

function without(
  result: Result,
  judged: WithoutMshare,
  subject: PlannedStrategy,
  ink: Ink,
): string {
  const also = standingOf(judged) === standingOf(subject) ? 'also ' : ''
  const figures = outcome(result, judged, ink)
  // What keeps it from starting may be the same.
  const added =
    figures === outcome(result, subject, ink) ? '' : `, ${figures.replace(safeFrom, '')}`
  return `Without mshare: ${also}${verdictWords[standingOf(judged)]}${inCgroups(judged, ink)}${added}.`
}

function firstKilled(subject: PlannedStrategy, ink: Ink): string {
  if (standingOf(subject) !== 'oom') return ''
  const [cgroup] = worstCgroups(subject)
  const victim = cgroup === undefined ? subject.risk.victim : cgroup.victim
  return victim === undefined ? '' : `First killed: one of ${quoted(named(victim.group, ink))}.`
}
