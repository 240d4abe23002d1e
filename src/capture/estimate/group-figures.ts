import type { Layout } from '../../geometry/layout.ts'
import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import type { GroupText } from '../../scenario/schema/scenario-text.ts'
import type { Path } from '../../units/path.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { CapturedProcess } from './captured-process.ts'
import type { LimitedCgroup } from './limited-groups.ts'
import type { OwnCount } from './own-tables.ts'
import { bytesOf } from './own-tables.ts'
import { anonymousOf } from './resident.ts'

/** Sums over all processes of a group. */
export interface GroupSums {
  /** In KiB; absent where that of some process is not known. */
  readonly vmPte?: number
  /** Tables of the private mappings in bytes; absent without smaps of each. */
  readonly own?: Readonly<Record<keyof OwnCount, number>>
}

/** Traits of a group: a user or a control group is written where all processes have the same one. */
export function sharedTraits(
  processes: readonly CapturedProcess[],
  limitOf: (process: CapturedProcess) => LimitedCgroup | undefined,
  path: Path,
  annotated: AnnotatedScenario,
): GroupText {
  const uid = common(processes.map(({ seen }) => seen.status.uid))
  const gid = common(processes.map(({ seen }) => seen.status.gid))
  const cgroup = common(processes.map((process) => limitOf(process)?.path))
  const oomScoreAdj = common(processes.map(({ seen }) => seen.oomScoreAdj ?? 0))
  const traits = {
    processes: processes.length,
    threads: Math.round(mean(processes.map(({ seen }) => seen.status.threads))),
    ...(uid ? { uid } : {}),
    ...(gid ? { gid } : {}),
    ...(cgroup === undefined ? {} : { cgroup }),
    ...(oomScoreAdj ? { oomScoreAdj } : {}),
  }
  const said = Object.entries(traitSources).flatMap(([trait, source]) =>
    trait in traits ? [`${trait}: ${source}`] : [],
  )
  annotated.comment(path, said.join('; '))
  return traits
}

const traitSources = {
  processes: 'counted',
  threads: 'mean of Threads',
  uid: 'Uid of all',
  gid: 'Gid of all',
  cgroup: 'common to all, and limited',
  oomScoreAdj: 'oom_score_adj of all',
}

function common<T>(values: readonly T[]): T | undefined {
  const [first] = values
  return values.every((value) => value === first) ? first : undefined
}

/** Private and locked memory: means of all. */
export function means(
  processes: readonly CapturedProcess[],
  pageKib: number,
  path: readonly string[],
  annotated: AnnotatedScenario,
): Partial<GroupText> {
  const own = processes.map(privateOf)
  const locked = processes.map((process) => lockedOf(process, pageKib))
  const known = own.every((one) => one !== undefined)
  const whole = known ? mean(own.map((one) => one ?? 0)) : 0
  const lockedMean = Math.min(whole, mean(locked))
  if (known) annotated.say([...path, 'private'], privateSource(processes))
  if (lockedMean > 0)
    annotated.say([...path, 'lockedPrivate'], 'mean of VmLck, less locked regions')
  return {
    ...(known ? { private: inBytes(whole) } : {}),
    ...(lockedMean > 0 ? { lockedPrivate: inBytes(lockedMean) } : {}),
    baseTables: '0 B',
  }
}

function privateSource(processes: readonly CapturedProcess[]): string {
  const source = 'mean of RssAnon + VmSwap, /proc/PID/status'
  const copied = mean(processes.map(({ seen }) => seen.space?.copied ?? 0))
  if (Math.round(copied) === 0) return source
  return `${source}, less ${Math.round(copied)} kB shared with others since fork(), by Pss`
}

/** Private memory in KiB, swapped out or not. */
function privateOf({ seen }: CapturedProcess): number | undefined {
  const { status, space } = seen
  const swapped = status.rssAnon === undefined ? space?.privateSwap : status.swap
  const anonymous = anonymousOf(seen)
  return anonymous === undefined ? undefined : anonymous + (swapped ?? 0)
}

/** VmLck counts all of a locked mapping, touched or not: mlock_fixup() in mm/mlock.c. */
function lockedOf({ seen, parts }: CapturedProcess, pageKib: number): number {
  const regions = parts
    .filter(({ region }) => region.text.locked === true)
    .reduce((sum, { pages }) => sum + pages * pageKib, 0)
  return Math.max(0, (seen.status.locked ?? 0) - regions)
}

function inBytes(kibytes: number): string {
  return writeSize(bytes(Math.round(kibytes * 1024), 'the mean of RssAnon, VmSwap or VmLck'))
}

export function sumOf(processes: readonly CapturedProcess[], layout: Layout): GroupSums {
  const tables = processes.map(({ seen }) => seen.status.vmPte)
  const counts = processes.flatMap(({ own }) => own ?? [])
  const total = (of: keyof OwnCount): number =>
    counts.reduce((sum, count) => sum + bytesOf(count[of], layout), 0)
  const vmPte = tables.reduce<number>((sum, one) => sum + (one ?? 0), 0)
  const own = { least: total('least'), most: total('most'), mapped: total('mapped') }
  return {
    ...(tables.includes(undefined) ? {} : { vmPte }),
    ...(counts.length < processes.length ? {} : { own }),
  }
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
