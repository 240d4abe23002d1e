import type { Layout } from '../../geometry/layout.ts'
import type { HostText, RegionText } from '../../scenario/schema/scenario-text.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import { frameBytes } from '../files/mapping.ts'
import type { SysvSegment } from '../files/sysv-segments.ts'
import { readSysvSegments } from '../files/sysv-segments.ts'
import type { ObjectKind, Observation, SeenObject } from '../machine/observation.ts'
import type { Scale } from '../machine/space-gathering.ts'
import { namesOf } from './names.ts'
import type { ObjectShares, ResidentMemory } from './object-shares.ts'
import { objectShares, residentOf } from './object-shares.ts'
import type { KnownProgram } from './region-program.ts'
import { programsOfObjects } from './region-program.ts'
import { shmemKib } from './resident.ts'

/** An object that is written as a region. */
export interface CapturedRegion {
  readonly name: string
  readonly object: SeenObject
  readonly text: RegionText
  /** In base pages. */
  readonly pages: number
  /** Resident memory of shmem, as far as it is known. */
  readonly resident?: ResidentMemory
  /** Where its size comes from. */
  readonly sizeSource: string
  /** Where its values come from. */
  readonly notes: readonly string[]
  /** Values that nothing shows, by key: why they are these. */
  readonly assumed: readonly (readonly [key: keyof RegionText, why: string])[]
}

export interface CapturedRegions {
  /** By the key of the object, largest first. */
  readonly regions: ReadonlyMap<string, CapturedRegion>
  /** Objects whose tables stay in the base tables of the processes. */
  readonly folded: readonly SeenObject[]
  /** Bytes in memory of System V segments that are no regions. */
  readonly otherSegments: number
}

/** A scenario with more regions is no longer one that people read. */
const mostRegions = 64

/**
 * Objects that take tables worth speaking of become regions: those that one pte table cannot hold,
 * the largest of them where there are very many.
 */
export function captureRegions(
  seen: Observation,
  layout: Layout,
  scale: Scale,
  host: HostText,
): CapturedRegions {
  const { objects, files } = seen
  const shares = objectShares(seen, scale)
  const shmem = shmemKib(seen) * 1024 || Number.POSITIVE_INFINITY
  const segments = new Map(
    readSysvSegments(files.get('proc/sysvipc/shm') ?? '').map((segment) => [segment.id, segment]),
  )
  const ranked = [...objects.values()].toSorted((left, right) => right.frames - left.frames)
  const isLarge = (object: SeenObject): boolean =>
    object.frames >= scale.pte || object.pageKib > layout.pageBytes / 1024
  const large = ranked.filter(isLarge).slice(0, mostRegions)
  const names = namesOf(large.map(labelOf))
  const listed = large.map((object) => segmentOf(object, segments, layout))
  const programs = programsOfObjects(seen.processes)
  const written = large.map((object, index): [string, CapturedRegion] => {
    const segment = listed[index]
    const name = names[index] ?? object.key
    return [
      object.key,
      regionOf(object, name, {
        ...{ layout, host, segment, shmem },
        shares: shares.get(object.key),
        program: programs.get(object.key),
      }),
    ]
  })
  return {
    regions: new Map(written),
    folded: ranked.filter((object) => !large.includes(object)),
    otherSegments: [...segments.values()]
      .filter((segment) => !listed.includes(segment))
      .reduce((sum, { rss }) => sum + rss, 0),
  }
}

/**
 * The list has the segments of one IPC namespace, and every namespace counts its own ids: key and size
 * must be those of the object too.
 */
function segmentOf(
  { kind, inode, name, frames, pageKib }: SeenObject,
  segments: ReadonlyMap<number, SysvSegment>,
  { pageBytes }: Layout,
): SysvSegment | undefined {
  const segment = kind === 'sysv-shm' ? segments.get(Number(inode)) : undefined
  if (segment === undefined) return undefined
  const key = Number.parseInt(name.slice('/SYSV'.length, '/SYSV'.length + 8), 16)
  const unsigned = segment.key < 0 ? segment.key + 2 ** 32 : segment.key
  const page = Math.max(pageBytes, pageKib * 1024)
  const whole = Math.ceil(segment.bytes / page) * page
  return key === unsigned && frames * frameBytes === whole ? segment : undefined
}

interface Known {
  readonly layout: Layout
  readonly host: HostText
  readonly segment: SysvSegment | undefined
  readonly shares: ObjectShares | undefined
  readonly program: KnownProgram | undefined
  /** Bytes of all there is, where that is known. */
  readonly shmem: number
}

function regionOf(object: SeenObject, name: string, known: Known): CapturedRegion {
  const { layout, segment } = known
  const page = Math.max(layout.pageBytes, object.pageKib * 1024)
  const mapped = object.frames * frameBytes
  const whole = Math.ceil(Math.max(mapped, segment?.bytes ?? 0) / page) * page
  const huge = page > layout.pageBytes
  const isLonger = (segment?.bytes ?? 0) < mapped
  const sizeSource = isLonger ? 'the part that processes map' : '/proc/sysvipc/shm'
  const notes = [`size: ${sizeSource}`, `backing: the kernel shows it as ${object.name}`]
  const text: RegionText = {
    size: writeSize(bytes(whole)),
    backing: backings[object.kind],
    ...(huge ? { pageSize: writeSize(bytes(page)) } : {}),
    ...thpOf(huge, known, notes),
    ...(lockedOf(object, segment, huge) ? { locked: true } : {}),
    ...(object.kind === 'mshare' ? { mshare: true } : {}),
    ...programOf(known, huge),
  }
  const resident = residentOf(object, segment, known.shares, Math.min(known.shmem, whole))
  return {
    name,
    object,
    text,
    pages: whole / layout.pageBytes,
    sizeSource,
    notes,
    assumed: text.fallback === undefined ? [] : [['fallback', known.program?.why ?? '']],
    ...(resident === undefined ? {} : { resident }),
  }
}

/** The program, and its fallback where the region needs a huge-page pool. */
function programOf({ program: known }: Known, huge: boolean): Partial<RegionText> {
  if (known === undefined) return {}
  const { program, fallback } = known
  return { program, ...(huge && fallback !== undefined ? { fallback } : {}) }
}

const backings: Readonly<Record<ObjectKind, NonNullable<RegionText['backing']>>> = {
  'sysv-shm': 'sysv-shm',
  'posix-shm': 'posix-shm',
  memfd: 'memfd',
  'anonymous-shared': 'anonymous-shared',
  file: 'file',
  dax: 'dax',
  hugetlbfs: 'hugetlbfs',
  mshare: 'anonymous-shared',
  'private-hugetlb': 'anonymous',
}

function lockedOf(object: SeenObject, segment: SysvSegment | undefined, huge: boolean): boolean {
  return !huge && (object.locked || segment?.locked === true)
}

/** This share of the mappings counts as all of them. */
const nearlyAll = 0.9

/**
 * True where nearly every mapping has all on huge pages that can be. The rest is unknown; nothing says
 * how many tables it needs: those that VmPTE leaves are planned as those of base pages. Written
 * only where huge pages are supposed.
 */
function thpOf(huge: boolean, { host, shares }: Known, notes: string[]): Pick<RegionText, 'thp'> {
  if (huge || shares === undefined || shares.rss === 0) return {}
  const all = shares.onHugePages > 0 && shares.onHugePages >= nearlyAll * shares.present
  if (shares.pmdMapped > 0) {
    const percent = ((shares.pmdMapped / shares.rss) * 100).toFixed(1)
    const rest = shares.pmdMapped < shares.rss ? `; the plan assumes ${all ? 'all' : 'none'}` : ''
    notes.push(`thp: ${percent} % is ShmemPmdMapped or FilePmdMapped in smaps${rest}`)
  }
  if (all) return { thp: true }
  return host.thp?.shmem === 'always' ? { thp: false } : {}
}

/** The usual name: that of the file, or the one that the kernel makes up. */
function labelOf({ kind, name, inode }: SeenObject): string {
  const plain = name.replace(/ \(deleted\)$/, '')
  if (kind === 'sysv-shm') return `sysv ${inode} key 0x${plain.slice('/SYSV'.length)}`
  if (kind === 'private-hugetlb') return 'private huge pages'
  if (kind === 'anonymous-shared' && !plain.startsWith('[')) return 'anonymous shared'
  if (plain.startsWith('[anon_shmem:')) return plain.slice('[anon_shmem:'.length, -1)
  return plain.replace(/^\/memfd:/, 'memfd ').replace(/^.*\//, '') || plain
}
