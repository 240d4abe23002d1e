import type { Layout } from '../../geometry/layout.ts'
import { levelOf } from '../../geometry/layout.ts'
import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import type { HostText, RegionText } from '../../scenario/schema/scenario-text.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { HostFiles } from '../files/host-files.ts'
import { heldKib, kib } from '../files/memory-text.ts'
import { mostThreads } from '../files/process-status.ts'
import type { SysvSegment } from '../files/sysv-segments.ts'
import { readSysvSegments } from '../files/sysv-segments.ts'
import { takenPages } from '../host/pool-of-others.ts'
import { segmentPages } from '../host/segment-pages.ts'
import type { PrintedMachine } from '../printed/printed-machine.ts'

/** Shared memory that is known without the mappings of a process. */
export interface AloneRegion {
  readonly name: string
  readonly bytes: number
  /** Bytes that exist, in memory or swapped out: no process can have touched more. */
  readonly there: number
  /** Bytes of its pages, where these are huge. */
  readonly page?: number
  readonly text: RegionText
}

/** The segments of a machine, and how they are known. */
export interface KnownSegments {
  /** Those in use that can be a region. */
  readonly segments: readonly SysvSegment[]
  /** `/proc/sysvipc/shm` or `ipcs -m`. */
  readonly source: string
  /** In memory is known of each; else it is an estimate. */
  readonly hasRss: boolean
  /** Bytes of pages of those that are on huge pages. */
  readonly pages: ReadonlyMap<SysvSegment, number>
  readonly ownerOf: (segment: SysvSegment) => string | undefined
}

export const shmFile = '/proc/sysvipc/shm'

/** The segments by /proc/sysvipc/shm, else by `ipcs -m`. */
export function segmentsOf(
  files: HostFiles,
  printed: PrintedMachine | undefined,
  host: HostText,
  layout: Layout,
): KnownSegments {
  const list = files.get('proc/sysvipc/shm')
  const names = new Map((printed?.segments ?? []).map(({ id, owner }) => [id, owner]))
  const ownerOf = ({ id }: SysvSegment): string | undefined => names.get(id)
  if (list !== undefined) {
    const segments = withTables(readSysvSegments(list).filter(isInUse), layout)
    const pages = segmentPages(files, segments, host, layout)
    return { segments, source: shmFile, hasRss: true, pages, ownerOf }
  }
  const listed: readonly SysvSegment[] = printed?.segments ?? []
  const segments = withTables(listed.filter(isInUse), layout)
  const page = (kib(files.get('proc/meminfo') ?? '', 'Hugepagesize') ?? 0) * 1024
  const pages = hugeOf(files, segments, page, layout)
  const known = residentOf(
    segments.filter((one) => !pages.has(one)),
    files,
    printed,
    layout,
  )
  const withRss = segments.map((one) => ({ ...one, rss: known.get(one) ?? 0 }))
  const moved = new Map(segments.map((one, index) => [one, withRss[index]]))
  return {
    segments: withRss,
    source: 'ipcs -m',
    hasRss: false,
    pages: new Map([...pages].flatMap(([one, size]) => [[moved.get(one) ?? one, size] as const])),
    ownerOf,
  }
}

function isInUse({ bytes: length, attached }: SysvSegment): boolean {
  return length > 0 && attached > 0 && attached <= mostThreads
}

/**
 * A segment smaller than one table spans is part of the base tables, unless there is no other; so is one
 * past the largest, as of a captured machine.
 */
function withTables<T extends SysvSegment>(segments: readonly T[], layout: Layout): readonly T[] {
  const span = spanBytes(layout)
  const large = segments.filter(({ bytes: length }) => length >= span)
  const small = segments.filter(({ bytes: length }) => length > layout.pageBytes)
  const worth = large.length === 0 ? small : large
  if (worth.length <= mostSegments) return worth
  const kept = new Set(
    worth.toSorted((left, right) => right.bytes - left.bytes).slice(0, mostSegments),
  )
  return worth.filter((one) => kept.has(one))
}

/** A plan with thousands of regions is no plan. */
const mostSegments = 64

/** What one table of the lowest level spans. */
export function spanBytes(layout: Layout): number {
  return (levelOf(layout, 'pte')?.reach ?? 512) * layout.pageBytes
}

/** `ipcs` shows no rss: a segment is on huge pages where Shmem cannot hold it and the used pool can. */
function hugeOf(
  files: HostFiles,
  segments: readonly SysvSegment[],
  page: number,
  { pageBytes }: Layout,
): ReadonlyMap<SysvSegment, number> {
  const shmem = heldKib(files.get('proc/meminfo') ?? '', 'Shmem')
  const found = new Map<SysvSegment, number>()
  if (shmem === undefined || page <= pageBytes) return found
  let room = (takenPages(files, page) ?? 0) * page
  for (const segment of segments.toSorted((left, right) => right.bytes - left.bytes)) {
    const whole = Math.ceil(segment.bytes / page) * page
    if (segment.bytes <= shmem * 1024 || whole > room) continue
    found.set(segment, page)
    room -= whole
  }
  return found
}

/** All that is in memory, shared out by size: `ipcs -m -u`, else Shmem. */
function residentOf(
  segments: readonly SysvSegment[],
  files: HostFiles,
  printed: PrintedMachine | undefined,
  { pageBytes }: Layout,
): ReadonlyMap<SysvSegment, number> {
  const pages = printed?.totals?.resident
  const shmem = heldKib(files.get('proc/meminfo') ?? '', 'Shmem')
  const all = pages === undefined ? (shmem ?? 0) * 1024 : pages * pageBytes
  const sizes = segments.reduce((sum, { bytes: length }) => sum + length, 0)
  return new Map(
    segments.map((one) => {
      const share =
        sizes === 0 ? 0 : Math.floor((all * (one.bytes / sizes)) / pageBytes) * pageBytes
      return [one, Math.min(one.bytes, share)] as const
    }),
  )
}

/** The region of a segment, with what is said of its values. */
export function segmentRegion(
  segment: SysvSegment,
  name: string,
  { source, hasRss, pages }: KnownSegments,
  { pageBytes }: Layout,
  file: string,
  annotated: AnnotatedScenario,
): AloneRegion {
  const path = ['regions', name]
  const page = pages.get(segment)
  const each = page ?? pageBytes
  const whole = Math.ceil(segment.bytes / each) * each
  const size = writeSize(bytes(whole))
  annotated.say([...path, 'size'], `size of ${source}`)
  const present = segment.rss + segment.swap
  const there = !hasRss || present === 0 ? whole : Math.min(present, whole)
  if (page !== undefined) {
    annotated.estimate([...path, 'pageSize'], hasRss ? hugeByRss : hugeBySize)
    // Huge pages are in their pool, touched or not.
    const text = { size, backing: 'sysv-shm' as const, pageSize: writeSize(bytes(page)) }
    return { name, bytes: whole, there, page, text }
  }
  const resident = Math.min(segment.rss, whole)
  if (resident > 0 && hasRss) annotated.say([...path, 'resident'], `rss of ${source}`)
  else if (resident > 0) annotated.estimate([...path, 'resident'], sharedOut(file))
  const text = {
    size,
    backing: 'sysv-shm' as const,
    ...(resident > 0 ? { resident: writeSize(bytes(resident)) } : {}),
    ...(segment.locked ? { locked: true } : {}),
  }
  return { name, bytes: whole, there, text }
}

const hugeByRss = 'its rss exceeds Shmem, and a pool can hold it'
const hugeBySize = 'its size exceeds Shmem, and the used part of a pool can hold it'

function sharedOut(file: string): string {
  return `Shmem of ${file} or ipcs -m -u, shared out by size: ipcs -m does not show it`
}
