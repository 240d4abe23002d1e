import type { HeaderLine } from '../files/header-line.ts'
import type { SeenMapping } from '../files/mapping.ts'
import { frameBytes, frameKib, largestBasePage, userFrames } from '../files/mapping.ts'
import type { RawMapping, Unusable } from '../files/smaps.ts'
import { mapsReader, smapsReader } from '../files/smaps.ts'
import type { Sink } from '../files/tree.ts'
import type { FileSystems } from './object-kind.ts'
import { keyOf, kindOf } from './object-kind.ts'
import type { MappedObject, ObjectKind, SeenObject, SeenSpace } from './observation.ts'

/** The span of one table of each level, in frames of 4096 bytes. */
export interface Scale {
  readonly pageFrames: number
  readonly pte: number
  readonly pmd: number
  readonly pud: number
}

/** An address space while it is read. */
export interface SpaceGathering {
  readonly reader: Sink
  /** After the end. */
  readonly outcome: () => GatheredSpace | Unusable
}

export interface GatheredSpace {
  readonly space: SeenSpace
  readonly privates: PrivateMappings
  /** Smallest KernelPageSize, in KiB; absent where only maps was read. */
  readonly pageKib?: number
  /** Frame behind the highest mapping of the program. */
  readonly highest: number
  /** Mappings of objects that are counted as private, for they are too many or too far in. */
  readonly left: number
}

/** Objects of one process beyond these stay in its base tables. */
const mostMapped = 10_000
/** No file reaches so far that its bytes are past 2^53. */
const mostFrames = Math.floor(Number.MAX_SAFE_INTEGER / frameBytes)
/** Which mappings are of objects is known without any; only of what kind these are is not. */
const noSystems: FileSystems = new Map()

/** Reads the mappings of a process: keeps those of objects, and counts what the others need. */
export function gatherSpace(
  counted: boolean,
  withSwap: boolean,
  intern: (text: string) => string,
): SpaceGathering {
  const kept: SeenMapping[] = []
  const privates: number[] = []
  let pageKib = Number.POSITIVE_INFINITY
  let highest = 0
  let left = 0
  const onMapping = (raw: RawMapping): void => {
    const { header } = raw
    const page = raw.pageKib()
    if (header.start >= userFrames) return
    if (header.end > highest) highest = header.end
    if (page > 0 && page < pageKib) pageKib = page
    const candidate = header.shared || page > largestBasePage
    if (!candidate || !keep(raw)) addPrivate(privates, header, raw.presentKib())
  }
  const keep = (raw: RawMapping): boolean => {
    const mapping = raw.seen()
    if (kindOf(mapping, noSystems) === undefined) return false
    if (kept.length >= mostMapped || mapping.offset + mapping.end - mapping.start > mostFrames) {
      left += 1
      return false
    }
    const { device, inode, name } = mapping
    const shared = { device: intern(device), inode: intern(inode), name: intern(name) }
    kept.push({ ...mapping, ...shared })
    return true
  }
  const reader = counted ? smapsReader(onMapping, withSwap) : mapsReader(onMapping)
  const outcome = (): GatheredSpace | Unusable => {
    const summary = reader.outcome()
    if ('fault' in summary) return summary
    const mapped = kept.map((mapping) => ({ object: '', mapping }))
    return {
      space: { ...summary, mapped, counted },
      privates,
      highest,
      left,
      ...(Number.isFinite(pageKib) ? { pageKib } : {}),
    }
  }
  return { reader, outcome }
}

/**
 * Mappings of private memory by address, three numbers each: first frame, frame behind the last,
 * and pages of 4 KiB that are there or swapped out. There are hundreds in each process.
 */
export type PrivateMappings = readonly number[]

/** Where nothing may be read nothing can come to be: the reserves of language runtimes. */
function addPrivate(privates: number[], header: HeaderLine, presentKib: number): void {
  if (presentKib === 0 && !header.readable) return
  privates.push(header.start, header.end, Math.ceil(presentKib / frameKib))
}

/** Puts the objects of a process among those of all. */
export function registerObjects(
  objects: Map<string, SeenObject>,
  space: SeenSpace,
  namespace: string,
  systems: FileSystems,
): SeenSpace {
  const mapped = space.mapped.map(({ mapping }): MappedObject => {
    const kind = kindOf(mapping, systems) ?? 'file'
    const key = keyOf(kind, mapping, namespace)
    const known = objects.get(key) ?? newObject(key, kind, mapping)
    objects.set(key, known)
    const { counts, offset, start, end } = mapping
    known.frames = Math.max(known.frames, offset + end - start)
    if (counts !== undefined) known.pageKib = Math.max(known.pageKib, counts.page)
    known.locked &&= counts?.locked === true
    return { object: key, mapping }
  })
  return { ...space, mapped }
}

function newObject(key: string, kind: ObjectKind, { name, inode }: SeenMapping): SeenObject {
  return { key, kind, name, inode, pageKib: 0, frames: 0, locked: true, full: [] }
}

/** Each text once, however often it comes. */
export function interner(): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    const one = known.get(text)
    if (one !== undefined) return one
    known.set(text, text)
    return text
  }
}
