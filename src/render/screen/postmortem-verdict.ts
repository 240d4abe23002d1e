import type {
  OomCause,
  OomTrigger,
  Postmortem,
  TablesTaken,
  TakenKind,
  TakenLine,
} from '../../plan/result/postmortem-result.ts'
import type { Result } from '../../plan/result/result.ts'
import { formatBytes, formatCount, formatShare } from '../../units/format.ts'
import { capital, givenBytes, quoted } from '../text/amounts.ts'
import type { Ink } from '../text/ink.ts'
import { brushesOf, named, widthOf, worded } from '../text/ink.ts'
import { wrap } from '../text/wrap.ts'
import { takenWords, wholeOf } from '../words/postmortem-words.ts'

/** What ran out, and what had taken it: in two or three sentences. */
export function postmortemVerdict(
  postmortem: Postmortem,
  { host }: Result,
  ink: Ink,
): readonly string[] {
  const head = headOf(postmortem, host.pageBytes, ink)
  const [first = '', ...others] = [...causeSentences(postmortem), ...swapSentences(postmortem)]
  const text = [`${head}: ${first}`, ...others].join(' ')
  const [line = '', ...lines] = wrap(worded(text, ink), widthOf(ink))
  const words = /^[A-Z ]*[A-Z]/.exec(line)?.[0] ?? ''
  return [brushesOf(ink).bad(words) + line.slice(words.length), ...lines]
}

/** What ran out. */
function headOf(postmortem: Postmortem, pageBytes: number, ink: Ink): string {
  const { cgroup, nodes, memory, requestedPages = 1 } = postmortem
  const free = formatBytes(bytesOf(postmortem, 'free'))
  const limit = memory.limitBytes === undefined ? '' : `, limit ${givenBytes(memory.limitBytes)}`
  const words: Readonly<Record<OomTrigger, string>> = {
    'memory-full': 'OUT OF MEMORY',
    'cgroup-full': `OUT OF MEMORY in ${cgroupText(cgroup, ink)}${limit}`,
    'nodes-full': `OUT OF MEMORY on ${nodes === undefined ? 'the NUMA nodes that the process may use' : `NUMA nodes ${named(nodes, ink)}`}, with ${free} free`,
    'not-contiguous': `OUT OF MEMORY with ${free} free, but not ${formatBytes(requestedPages * pageBytes)} in one piece`,
    'memory-free': `OUT OF MEMORY with ${free} free that this allocation could not use`,
    'asked-for': 'KILLED BY HAND with SysRq f',
  }
  return words[postmortem.trigger]
}

/** The last part of its path, which is what people call it. */
function cgroupText(path: string | undefined, ink: Ink): string {
  const name = path?.split('/').findLast((part) => part !== '')
  return name === undefined ? 'a cgroup' : `cgroup ${quoted(named(name, ink))}`
}

function causeSentences(postmortem: Postmortem): readonly string[] {
  const idle = `${sizeOf(postmortem, 'huge-pages-idle')} of huge pages were idle, ${shareOf(postmortem, 'huge-pages-idle')} of memory.`
  const { pageTables } = postmortem
  const words: Readonly<Record<OomCause, readonly string[]>> = {
    'page-tables': tables(postmortem, pageTables),
    both: [...tables(postmortem, pageTables), idle],
    'idle-pool': [idle, ...tables(postmortem, pageTables).map(capital)],
    neither: [...tables(postmortem, pageTables), ...most(postmortem)],
  }
  return words[postmortem.cause]
}

function tables(postmortem: Postmortem, taken: TablesTaken | undefined): readonly string[] {
  if (taken === undefined) return ['the log does not say what page tables took.']
  const least = taken.isLeast === true ? 'at least ' : ''
  const share = `${formatShare(taken.fraction)} of ${wholeOf(postmortem)}`
  const meanings: Readonly<Record<TablesTaken['weight'], string>> = {
    cause: 'This is a page-table problem.',
    part: 'They are a part of the problem, not all of it.',
    none:
      taken.isLeast === true
        ? 'There may be more: the log does not show all processes.'
        : 'This is not a page-table problem.',
  }
  const isElsewhere = ['nodes-full', 'asked-for'].includes(postmortem.trigger)
  return [
    `page tables took ${least}${formatBytes(taken.bytes)}, ${share}.`,
    ...(isElsewhere && taken.weight !== 'none' ? [] : [meanings[taken.weight]]),
  ]
}

/** What took most, where neither page tables nor idle pages did. */
function most({ memory }: Postmortem): readonly string[] {
  const { largest, lines } = memory
  const line = lines.find(({ kind }) => kind === largest)
  if (line === undefined || largest === 'unlisted') return []
  return [
    `Most went to ${takenWords[line.kind]}: ${formatBytes(line.bytes)}, ${formatShare(line.fraction)}.`,
  ]
}

function swapSentences({ memory: { swapBytes, swapFreeBytes } }: Postmortem): readonly string[] {
  if (swapBytes === undefined || swapBytes === 0 || swapFreeBytes === undefined) return []
  const swap = givenBytes(swapBytes)
  return swapFreeBytes * 100 < swapBytes
    ? [`All ${swap} of swap were in use.`]
    : [`${formatBytes(swapFreeBytes)} of ${swap} of swap were free.`]
}

function lineOf({ memory }: Postmortem, kind: TakenKind): TakenLine | undefined {
  return memory.lines.find((line) => line.kind === kind)
}

function bytesOf(postmortem: Postmortem, kind: TakenKind): number {
  return lineOf(postmortem, kind)?.bytes ?? 0
}

function sizeOf(postmortem: Postmortem, kind: TakenKind): string {
  return formatBytes(bytesOf(postmortem, kind))
}

function shareOf(postmortem: Postmortem, kind: TakenKind): string {
  return formatShare(lineOf(postmortem, kind)?.fraction ?? 0)
}

/** `Mar 12 03:14:07: oracle asked for memory. Report 2 of 3 in the log; another: --report N.` */
export function reportLine(
  { report, reports, time, invokedBy }: Postmortem,
  ink: Ink,
): readonly string[] {
  const who = invokedBy === undefined ? '' : `${quoted(named(invokedBy, ink))} asked for memory`
  const when = [time === undefined ? '' : timeText(time, ink), who].filter((text) => text !== '')
  const which = `Report ${formatCount(report)} of ${formatCount(reports)} in the log; another: --report N`
  const sentences = [when.join(': '), reports === 1 ? '' : which].filter((text) => text !== '')
  return sentences.length === 0 ? [] : wrap(`${sentences.join('. ')}.`, widthOf(ink))
}

/** dmesg counts seconds from the start of the machine. */
function timeText(time: string, ink: Ink): string {
  return /^\d+(?:[.]\d+)?$/.test(time) ? `${named(time, ink)} s after the start` : named(time, ink)
}
