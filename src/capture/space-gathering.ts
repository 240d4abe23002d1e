import type { HeaderLine } from './header-line.ts'
import type { SeenMapping } from './mapping.ts'
import { frameKib } from './mapping.ts'
import type { FileSystems } from './object-kind.ts'
import { keyOf, kindOf } from './object-kind.ts'
import type { MappedObject, ObjectKind, OwnTables, SeenObject, SeenSpace } from './observation.ts'
import type { RawMapping, SpaceReader } from './smaps.ts'
import { mapsReader, smapsReader } from './smaps.ts'
import type { Fault } from './tree.ts'

/** What one table of each level spans, in frames of 4096 bytes. */
export interface Scale {
  readonly pageFrames: number
  readonly pte: number
  readonly pmd: number
  readonly pud: number
}

/** An address space while it is read. */
export interface SpaceGathering {
  readonly reader: SpaceReader
  /** After the end. */
  readonly outcome: () => GatheredSpace | { readonly fault: Fault }
}

export interface GatheredSpace {
  readonly space: SeenSpace
  /** Smallest KernelPageSize, in KiB; absent where only maps was read. */
  readonly pageKib?: number
  /** Frame behind the highest mapping of the program. */
  readonly highest: number
}

/** Objects of one process beyond these stay in its base tables. */
const mostMapped = 10_000
/** Which mappings are of objects is known without any; only of what kind these are is not. */
const noSystems: FileSystems = new Map()
/** In KiB: no base page is larger. */
const largestBasePage = 64
/** Above it lies the kernel, and [vsyscall], which needs no table: arch/x86/entry/vsyscall. */
const userFrames = 2 ** 45

/** Reads the mappings of a process: keeps those of objects, and counts what the others need. */
export function gatherSpace(
  counted: boolean,
  scale: Scale,
  intern: (text: string) => string,
): SpaceGathering {
  const kept: SeenMapping[] = []
  const own = ownCounter(scale)
  let pageKib = Number.POSITIVE_INFINITY
  let highest = 0
  const onMapping = (raw: RawMapping): void => {
    const { header } = raw
    const page = raw.pageKib()
    if (header.start >= userFrames) return
    if (header.end > highest) highest = header.end
    if (page > 0 && page < pageKib) pageKib = page
    const candidate = header.shared || page > largestBasePage
    if (!candidate || !keep(raw)) own.add(header, raw.rssKib())
  }
  const keep = (raw: RawMapping): boolean => {
    const mapping = raw.seen()
    if (kindOf(mapping, noSystems) === undefined || kept.length >= mostMapped) return false
    const { device, inode, name } = mapping
    const shared = { device: intern(device), inode: intern(inode), name: intern(name) }
    kept.push({ ...mapping, ...shared })
    return true
  }
  const reader = (counted ? smapsReader : mapsReader)(onMapping)
  const outcome = (): GatheredSpace | { readonly fault: Fault } => {
    const summary = reader.outcome()
    if ('fault' in summary) return summary
    const mapped = kept.map((mapping) => ({ object: '', mapping }))
    const space = { ...summary, mapped, ...own.tables(), counted }
    return { space, highest, ...(Number.isFinite(pageKib) ? { pageKib } : {}) }
  }
  return { reader, outcome }
}

/** Counts the tables that mappings need, for the pages that are there and for all of them. */
function ownCounter(scale: Scale): {
  readonly add: (header: HeaderLine, rssKib: number) => void
  readonly tables: () => Pick<SeenSpace, 'own' | 'ownLeast' | 'ownMapped'>
} {
  const resident = tableCounter(scale)
  const mapped = tableCounter(scale)
  const add = ({ start, end, readable }: HeaderLine, rssKib: number): void => {
    if (rssKib > 0) resident.add(start, end, Math.ceil(rssKib / frameKib))
    if (rssKib > 0 || readable) mapped.add(start, end, end - start)
  }
  const tables = () => ({
    own: resident.tables('most'),
    ownLeast: resident.tables('least'),
    ownMapped: mapped.tables('most'),
  })
  return { add, tables }
}

function tableCounter(scale: Scale) {
  const [pte, pmd, pud] = [
    levelCounter(scale.pte),
    levelCounter(scale.pmd),
    levelCounter(scale.pud),
  ]
  const add = (start: number, end: number, pages: number): void => {
    pte.add(start, end, pages)
    pmd.add(start, end, pages)
    pud.add(start, end, pages)
  }
  const tables = (bound: 'least' | 'most'): OwnTables => ({
    pte: pte.count(bound),
    pmd: pmd.count(bound),
    pud: pud.count(bound),
  })
  return { add, tables }
}

/** Counts windows of mappings in ascending order, of which neighbours may share one. */
function levelCounter(reach: number) {
  const counts = { least: 0, most: 0 }
  let last = -1
  const add = (start: number, end: number, pages: number): void => {
    const first = Math.floor(start / reach)
    const to = Math.floor((end - 1) / reach)
    // The window of the mapping before may hold a windowful of these pages as well.
    const fewest = Math.ceil(pages / reach) - (first <= last ? 1 : 0)
    counts.least += Math.max(0, fewest)
    const from = Math.max(first, last + 1)
    if (to < from) return
    counts.most += Math.min(to - from + 1, pages)
    last = to
  }
  return { add, count: (bound: keyof typeof counts) => counts[bound] }
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
    known.pssKib += counts?.pss ?? 0
    if (counts !== undefined) known.pageKib = Math.max(known.pageKib, counts.page)
    known.locked &&= counts?.locked === true
    return { object: key, mapping }
  })
  return { ...space, mapped }
}

function newObject(key: string, kind: ObjectKind, { name, inode }: SeenMapping): SeenObject {
  return { key, kind, name, inode, pageKib: 0, frames: 0, pssKib: 0, locked: true, full: [] }
}
