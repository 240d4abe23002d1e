import type { Layout } from '../../geometry/layout.ts'
import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import type {
  GroupText,
  MappingText,
  RegionText,
  ScenarioText,
} from '../../scenario/schema/scenario-text.ts'
import { formatBytes } from '../../units/format.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import { namesOf } from '../estimate/names.ts'
import { shmemKib } from '../estimate/resident.ts'
import type { Fault } from '../files/fault.ts'
import { heldKib, size } from '../files/memory-text.ts'
import { numbered, processesOf } from '../files/numbered.ts'
import { mostThreads } from '../files/process-status.ts'
import type { SysvSegment } from '../files/sysv-segments.ts'
import { readSysvSegments, segmentName } from '../files/sysv-segments.ts'
import type { AttachedGroup } from '../host/attached-groups.ts'
import { attachedGroups } from '../host/attached-groups.ts'
import { scenarioOfHost } from '../host/host-text.ts'
import { poolOfOthers } from '../host/pool-of-others.ts'
import { reserveLines, tablesLine } from '../host/reserve.ts'
import { segmentPages } from '../host/segment-pages.ts'
import { sayReserve } from '../host/whole-host.ts'
import type { KnownLayout } from '../machine/machine-layout.ts'
import type { Observation } from '../machine/observation.ts'
import type { Selection } from '../machine/selection.ts'
import type { Explain } from './base-tables.ts'
import type { CapturedScenario } from './captured-scenario.ts'

type Seen = Observation & { readonly layout: KnownLayout }

/** True where no process was copied and none was selected: only meminfo is known. */
export function isMachineAlone(seen: Seen, selection: Selection): boolean {
  const { live, counts, elsewhere, files } = seen
  const asked = Object.values(selection).some((texts) => texts.length > 0)
  const known = Object.values(counts).some((count) => count > 0) || elsewhere.processes > 0
  return !live && !asked && !known && files.has('proc/meminfo')
}

/**
 * Makes a scenario of meminfo and `ipcs -m` alone, as people post them when page tables fill a server.
 * It has a region for each segment in use, and groups derived from the number of attachments.
 */
export function scenarioOfMachine(
  seen: Seen,
  explain: Explain,
): CapturedScenario | { readonly fault: Fault } {
  const { layout } = seen.layout
  const annotated = scenarioOfHost(seen.files, seen.layout)
  if ('fault' in annotated) return annotated
  const { host } = annotated.scenario
  const list = seen.files.get('proc/sysvipc/shm') ?? ''
  const segments = readSysvSegments(list).filter(isInUse)
  const names = namesOf(segments.map(segmentName))
  const named = new Map(segments.map((segment, index) => [segment, names[index] ?? '']))
  const pages = segmentPages(seen.files, segments, host, layout)
  const groups = attachedGroups(segments)
  const written: Written = { named, pages, layout }
  const regions: ScenarioText['regions'] = Object.fromEntries(
    segments.map((segment) => [named.get(segment), regionText(segment, written, annotated)]),
  )
  const texts: ScenarioText['groups'] = Object.fromEntries(
    groups.map((group) => [group.name, groupText(group, written, annotated)]),
  )
  const others = poolOfOthers(seen.files, host, { regions, groups: texts }, annotated)
  const plain: ScenarioText = {
    version: 1,
    name: titleOf(segments),
    host,
    regions: { ...regions, ...others },
    groups: texts,
  }
  const planned = plannedTables(plain, groups, explain)
  const reserve = reserveOf(seen, planned)
  sayReserve(reserve, annotated)
  for (const remark of [...unreadSegments(list), ...remarksOn(seen, segments, planned)]) {
    annotated.remark(remark)
  }
  const reserved = Object.fromEntries(
    reserve.map((line) => [line.name, size(line.kib, line.source)]),
  )
  annotated.scenario = { ...plain, host: { ...host, reserve: reserved } }
  const none = { regions: new Map(), folded: [], otherSegments: 0 }
  const shmemBytes = shmemKib(seen) * 1024
  return { annotated, layout, uncounted: [], groups: [], regions: none, shmemBytes }
}

function isInUse({ bytes: length, attached }: SysvSegment): boolean {
  return length > 0 && attached > 0 && attached <= mostThreads
}

/** Lines of the list that no kernel prints, or with more attachments than there can be threads. */
function unreadSegments(list: string): readonly string[] {
  const lines = list.split('\n').slice(1)
  const read = readSysvSegments(list).filter(({ attached }) => attached <= mostThreads)
  const count = lines.filter((line) => line.trim() !== '').length - read.length
  return count === 0 ? [] : [`${listed}: ignored ${numbered(count, 'unreadable line')}`]
}

function titleOf(segments: readonly SysvSegment[]): string {
  if (segments.length === 0) return 'A machine without its processes'
  const largest = segments.reduce((one, other) => (other.bytes > one.bytes ? other : one))
  const rest = segments.length === 1 ? '' : ` and ${segments.length - 1} more`
  return `A machine without its processes: ${segmentName(largest)}${rest}`
}

interface Written {
  readonly named: ReadonlyMap<SysvSegment, string>
  /** Bytes of the pages that a segment is on, where these are huge pages. */
  readonly pages: ReadonlyMap<SysvSegment, number>
  readonly layout: Layout
}

const listed = '/proc/sysvipc/shm'

function regionText(
  segment: SysvSegment,
  { named, pages, layout }: Written,
  annotated: AnnotatedScenario,
): RegionText {
  const path = ['regions', named.get(segment) ?? '']
  const page = pages.get(segment)
  const each = page ?? layout.pageBytes
  const whole = Math.ceil(segment.bytes / each) * each
  annotated.say([...path, 'size'], `size of ${listed}`)
  // Huge pages are in their pool, touched or not.
  const hasResident = segment.rss > 0 && page === undefined
  if (hasResident) annotated.say([...path, 'resident'], `rss of ${listed}`)
  if (page !== undefined) {
    annotated.estimate([...path, 'pageSize'], 'its rss exceeds Shmem, and a pool can hold it')
  }
  return {
    size: writeSize(bytes(whole)),
    backing: 'sysv-shm',
    ...(page === undefined ? {} : { pageSize: writeSize(bytes(page)) }),
    ...(hasResident ? { resident: writeSize(bytes(Math.min(segment.rss, whole))) } : {}),
    ...(segment.locked && page === undefined ? { locked: true } : {}),
  }
}

function groupText(
  { name, processes, uid, segments }: AttachedGroup,
  written: Written,
  annotated: AnnotatedScenario,
) {
  const path = ['groups', name]
  const why = `nattch of ${listed}: one process for each attachment`
  annotated.estimate([...path, 'processes'], why)
  const maps = segments.map((segment, index): MappingText => {
    const touched = touchedOf(segment)
    annotated.estimate([...path, 'maps', index, 'touched'], touched.why)
    return { region: written.named.get(segment) ?? '', touched: touched.text }
  })
  const group: GroupText = { processes, ...(uid > 0 ? { uid } : {}), maps }
  return group
}

/** A process has touched at most the pages of a segment that exist, in memory or swapped out. */
function touchedOf({ bytes: length, rss, swap }: SysvSegment) {
  const there = rss + swap
  if (there === 0 || there >= length) {
    return { text: 'all', why: 'the pages that each process touched are unknown: all are assumed' }
  }
  const text = { first: writeSize(bytes(there)) }
  return { text, why: `rss and swap of ${listed}: no more of it exists to be touched` }
}

/** Bytes of page tables of the groups, without what the programs themselves need. */
function plannedTables(
  scenario: ScenarioText,
  groups: readonly AttachedGroup[],
  explain: Explain,
): number {
  const bare = Object.entries(scenario.groups).map(([name, group]) => [
    name,
    { ...group, baseTables: '0 B' },
  ])
  const text = { ...scenario, groups: Object.fromEntries(bare) }
  const explained = explain(text)
  if (!explained.ok) return 0
  const sum = groups.reduce(
    (total, { name, processes }) => total + processes * (explained.vmPte.get(name) ?? 0),
    0,
  )
  return sum - explained.linkedBytes
}

/** Page tables count as those of the groups, up to the planned amount. */
function reserveOf(seen: Seen, planned: number) {
  const lines = reserveLines(seen).map((line) =>
    line.name === tablesLine
      ? {
          ...line,
          kib: Math.round(line.kib - planned / 1024),
          source: 'PageTables of /proc/meminfo, less the tables planned for the segments',
        }
      : line,
  )
  return lines.filter(({ kib }) => kib > 0)
}

function remarksOn(
  seen: Seen,
  segments: readonly SysvSegment[],
  planned: number,
): readonly string[] {
  if (segments.length === 0) return nextSteps(seen)
  const attached = segments.reduce((sum, one) => sum + one.attached, 0)
  const what = `${numbered(segments.length, 'segment')} with ${numbered(attached, 'attachment')}`
  const first = `no process was copied: the groups are derived from ${listed}, ${what}; copy /proc/PID/status and smaps to capture the processes themselves`
  return [first, ...meaningOf(seen, planned)]
}

/** Compares PageTables with the tables that the segments would need if all pages were touched. */
function meaningOf({ files }: Seen, planned: number): readonly string[] {
  const pageTables = (heldKib(files.get('proc/meminfo') ?? '', 'PageTables') ?? 0) * 1024
  if (pageTables === 0 || pageTables >= planned) return []
  const percent = ((pageTables / planned) * 100).toFixed(1)
  const [there, whole] = [pageTables, planned].map((amount) => formatBytes(amount))
  return [
    `PageTables is ${there}; with every page touched the groups would need ${whole}: the average process has touched at most ${percent} % of the segments`,
  ]
}

function nextSteps({ files }: Seen): readonly string[] {
  const missing = files.has('proc/sysvipc/shm')
    ? '/proc/sysvipc/shm lists no attached segment, and /proc/PID/status is missing'
    : '/proc/PID/status and /proc/sysvipc/shm are missing'
  const memory = size(heldKib(files.get('proc/meminfo') ?? '', 'MemTotal') ?? 0)
  return [
    `only the machine is known, and groups is empty: ${missing}`,
    `to go on, copy these files too; or run mshare-plan import FILE --memory ${memory.replace(' ', '')} on the database configuration; or write regions and groups by hand`,
  ]
}

/** The lines that open the file, in place of a list of processes. */
export function aloneLines({ groups }: ScenarioText): readonly string[] {
  const processes = Object.values(groups).reduce((sum, group) => sum + group.processes, 0)
  const count = Object.keys(groups).length
  const seen =
    count === 0
      ? 'Captured: the machine alone, without processes and segments.'
      : `Captured: the machine, without processes. Assumed: ${processesOf(processes)} in ${numbered(count, 'group')}.`
  return [
    'Captured by mshare-plan from a copy of /proc. The comment after each value names its source.',
    seen,
  ]
}
