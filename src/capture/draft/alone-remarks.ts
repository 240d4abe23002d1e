import type { Layout } from '../../geometry/layout.ts'
import type { ScenarioText } from '../../scenario/schema/scenario-text.ts'
import { formatBytes } from '../../units/format.ts'
import { countOf } from '../files/kernel-text.ts'
import { heldKib, memoryFile, size } from '../files/memory-text.ts'
import { numbered, processesOf } from '../files/numbered.ts'
import { mostThreads } from '../files/process-status.ts'
import { readSysvSegments } from '../files/sysv-segments.ts'
import type { Observation } from '../machine/observation.ts'
import type { PrintedMachine } from '../printed/printed-machine.ts'
import type { AloneGroup } from './alone-groups.ts'
import type { KnownSegments } from './alone-regions.ts'
import { shmFile } from './alone-regions.ts'
import type { InferredTouch } from './inferred-touch.ts'
import type { ListedProcesses } from './listed-processes.ts'

/** A machine without its processes, and what was made of it. */
export interface AloneResult {
  readonly seen: Observation
  readonly printed: PrintedMachine | undefined
  readonly listed: ListedProcesses | undefined
  readonly segments: KnownSegments
  readonly groups: readonly AloneGroup[]
  readonly touch: InferredTouch | undefined
  /** All processes of the machine are listed. */
  readonly isWhole: boolean
  readonly layout: Layout
}

/** Sentences on what is assumed, and on what is missing. */
export function remarksOnAlone(result: AloneResult): readonly string[] {
  const { seen, groups } = result
  const list = seen.files.get('proc/sysvipc/shm') ?? ''
  return [
    ...unreadSegments(list),
    ...ofFree(result),
    ...(groups.length === 0 ? nextSteps(seen) : [derivation(result), ...meaningOf(result)]),
    ...unaccounted(result),
    ...ofNodes(result),
  ]
}

/** A part of memory that is in use, and that none of the lines of meminfo shows. */
function unaccounted({ seen: { files } }: AloneResult): readonly string[] {
  const meminfo = files.get('proc/meminfo') ?? ''
  const of = (key: string): number => heldKib(meminfo, key) ?? 0
  const available = heldKib(meminfo, 'MemAvailable')
  if (available === undefined) return []
  const pools = (countIn(meminfo, 'HugePages_Total') ?? 0) * of('Hugepagesize')
  const lines = ['AnonPages', 'Shmem', 'SUnreclaim', 'PageTables', 'Percpu', 'KernelStack']
  const known = lines.reduce((sum, key) => sum + of(key), pools)
  const rest = of('MemTotal') - available - known
  if (rest <= of('MemTotal') * much) return []
  const [left, there] = [rest, available].map((amount) => formatBytes(amount * 1024))
  return [
    `MemAvailable is ${there}: ${left} more than the known lines of ${memoryFile(files)} is in use; the plan does not reserve it, add it to host.reserve if it stays`,
  ]
}

function countIn(meminfo: string, key: string): number | undefined {
  const value = countOf(meminfo, key)
  return typeof value === 'number' ? value : undefined
}

/** The kernel itself, and the cache that it keeps, have a part of this size on every machine. */
const much = 0.1

/** Lines of the list that no kernel prints, or with more attachments than there can be threads. */
function unreadSegments(list: string): readonly string[] {
  const lines = list.split('\n').slice(1)
  const read = readSysvSegments(list).filter(({ attached }) => attached <= mostThreads)
  const count = lines.filter((line) => line.trim() !== '').length - read.length
  return count === 0 ? [] : [`${shmFile}: ignored ${numbered(count, 'unreadable line')}`]
}

function derivation({ listed, segments }: AloneResult): string {
  const attached = segments.segments.reduce((sum, one) => sum + one.attached, 0)
  const what = `${numbered(segments.segments.length, 'segment')} with ${numbered(attached, 'attachment')}`
  const from =
    listed === undefined || listed.chosen.length === 0
      ? `the groups are derived from ${segments.source}, ${what}`
      : `the groups are derived from ${listed.source}${segments.segments.length === 0 ? '' : ` and ${segments.source}, ${what}`}`
  return `no process was copied: ${from}; copy /proc/PID/status and smaps to capture the processes themselves`
}

/** Compares PageTables with the tables that the regions would need if all pages were touched. */
function meaningOf({ seen, touch, isWhole, groups }: AloneResult): readonly string[] {
  const file = memoryFile(seen.files)
  const pageTables = (heldKib(seen.files.get('proc/meminfo') ?? '', 'PageTables') ?? 0) * 1024
  const isMapped = groups.some(({ regions }) => regions.some(({ page }) => page === undefined))
  if (pageTables === 0) {
    return isMapped
      ? [
          `${file} does not say PageTables: every page of the regions is planned as touched, which is the most that can be`,
        ]
      : []
  }
  if (touch === undefined || !isMapped || touch.wholeBytes === 0) return []
  const { wholeBytes, regionBytes, leastBytes, mostBytes } = touch
  const share = (amount: number): string => `${((amount / wholeBytes) * 100).toFixed(1)} %`
  const [there, whole] = [pageTables, wholeBytes].map((amount) => formatBytes(amount))
  const least = isWhole
    ? `at least ${share(leastBytes)}`
    : 'less where processes that are not listed hold page tables'
  return [
    `PageTables is ${there}; with every page touched the groups would need ${whole}: the average process has touched at most ${share(mostBytes)} of the segments, ${least}; the plan takes ${share(regionBytes)}`,
  ]
}

function nextSteps({ files }: Observation): readonly string[] {
  const missing = files.has('proc/sysvipc/shm')
    ? '/proc/sysvipc/shm lists no attached segment, and /proc/PID/status is missing'
    : '/proc/PID/status and /proc/sysvipc/shm are missing'
  const memory = size(heldKib(files.get('proc/meminfo') ?? '', 'MemTotal') ?? 0)
  return [
    `only the machine is known, and groups is empty: ${missing}`,
    `to go on, copy these files or the outputs of ps auxww and ipcs -m too; or run mshare-plan import FILE --memory ${memory.replace(' ', '')} on the database configuration; or write regions and groups by hand`,
  ]
}

function ofFree({ printed, seen }: AloneResult): readonly string[] {
  const free = printed?.free
  if (free === undefined || memoryFile(seen.files) !== 'free') return []
  const { unit, isKnown, roundedKib } = free
  const unitWords = isKnown ? '' : `; no unit is named: ${unit}iB is assumed`
  const rounded =
    roundedKib > 1 ? `; it is rounded, to within ${formatBytes(roundedKib * 1024)}` : ''
  return [`memory is what free prints: /proc/meminfo is missing${unitWords}${rounded}`]
}

/** Memory nodes, and free memory that can become huge pages without compaction. */
function ofNodes({ printed, layout }: AloneResult): readonly string[] {
  if (printed === undefined) return []
  const { blocks, nodes = new Set(blocks.map(({ node }) => node)).size } = printed
  const [huge] = layout.hugePages.filter(({ leaf }) => leaf === 'pmd')
  const numa =
    nodes > 1 ? [`the machine has ${nodes} memory nodes: add --numa-nodes ${nodes} to plans`] : []
  if (huge === undefined || blocks.length === 0) return numa
  const free = blocks.reduce(
    (sum, one) =>
      sum +
      one.blocks.reduce(
        (total, count, order) => total + (2 ** order >= huge.pages ? count * 2 ** order : 0),
        0,
      ),
    0,
  )
  const amount = formatBytes(Math.min(free * layout.pageBytes, Number.MAX_SAFE_INTEGER))
  return [
    ...numa,
    `buddyinfo: ${amount} of free memory is in blocks of ${formatBytes(huge.bytes, 0)} or larger; a larger pool needs compaction, or a restart`,
  ]
}

/** The lines that open the file, in place of a list of processes. */
export function aloneLines(
  { groups }: ScenarioText,
  printed: PrintedMachine | undefined,
): readonly string[] {
  const processes = Object.values(groups).reduce((sum, group) => sum + group.processes, 0)
  const count = Object.keys(groups).length
  const from = printed?.list === undefined ? 'a copy of /proc' : 'the outputs of commands'
  const isListed = printed?.list !== undefined
  const seen =
    count === 0
      ? 'Captured: the machine alone, without processes and segments.'
      : `Captured: the machine, ${isListed ? 'and what commands list of its processes' : 'without processes'}. Assumed: ${processesOf(processes)} in ${numbered(count, 'group')}.`
  return [
    `Captured by mshare-plan from ${from}. The comment after each value names its source.`,
    seen,
  ]
}
