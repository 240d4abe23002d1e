import type { SpanSet } from './spans.ts'
import { spanCollector } from './spans.ts'
import type { FolderTree, TreeRefusal } from './tree.ts'
import { isRefused } from './tree.ts'

/** Bytes of an entry: Documentation/admin-guide/mm/pagemap.rst. */
const entryBytes = 8
/** Entries read at a time. */
const portion = 65_536
/** Bits 63 and 62, present and swapped out, in the highest byte: what has either has an entry. */
const touchedFrom = 0x40

/** A mapping to be looked up, in base pages. */
export interface Lookup {
  readonly path: string
  readonly start: number
  readonly pages: number
  /** Base pages to one entry of interest: more than one with huge pages. */
  readonly step: number
  /** Base pages to a span. */
  readonly reach: number
}

export interface Touched {
  readonly spans: SpanSet
  /** Base pages with an entry. */
  readonly pages: number
}

/** Entries that a lookup has to read. */
export function costOf({ pages, step }: Lookup): number {
  return Math.ceil(pages / step)
}

/**
 * Finds the pages that have entries.
 * @param mark is told the index of each, counted from the mapping's start; of a huge page, the first.
 */
export function lookUp(
  tree: FolderTree,
  lookup: Lookup,
  mark: (page: number) => void,
): Touched | TreeRefusal {
  const { start, pages, step, reach } = lookup
  const collector = spanCollector()
  const first = Math.floor(start / reach)
  let found = 0
  const hit = (page: number): void => {
    found += step
    collector.add(Math.floor((start + page) / reach) - first)
    mark(page)
  }
  const refusal = step === 1 ? readDense(tree, lookup, hit) : readSparse(tree, lookup, hit)
  return refusal ?? { spans: collector.set(), pages: Math.min(found, pages) }
}

type OnHit = (page: number) => void

function readDense(
  tree: FolderTree,
  { path, start, pages }: Lookup,
  hit: OnHit,
): TreeRefusal | undefined {
  const buffer = new Uint8Array(Math.min(portion, pages) * entryBytes)
  for (let done = 0; done < pages; ) {
    const wanted = Math.min(portion, pages - done)
    const target = buffer.subarray(0, wanted * entryBytes)
    const got = tree.readAt(path, (start + done) * entryBytes, target)
    if (isRefused(got)) return got
    const entries = Math.floor(got / entryBytes)
    if (entries === 0) return ended(tree, path)
    for (let entry = 0; entry < entries; entry += 1) {
      if ((buffer[entry * entryBytes + highest] ?? 0) >= touchedFrom) hit(done + entry)
    }
    done += entries
  }
  return undefined
}

/** A running process has an entry for every address. */
function ended({ live }: FolderTree, path: string): TreeRefusal {
  return { ok: false, path, reason: live ? 'gone' : 'cut-off' }
}

/** One entry of each huge page tells of all of it. */
function readSparse(
  tree: FolderTree,
  { path, start, pages, step }: Lookup,
  hit: OnHit,
): TreeRefusal | undefined {
  const buffer = new Uint8Array(entryBytes)
  for (let page = 0; page < pages; page += step) {
    const got = tree.readAt(path, (start + page) * entryBytes, buffer)
    if (isRefused(got)) return got
    if (got < entryBytes) return ended(tree, path)
    if ((buffer[highest] ?? 0) >= touchedFrom) hit(page)
  }
  return undefined
}

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1
/** Entries are in the byte order of the machine, which is that of the reader. */
const highest = isLittleEndian ? entryBytes - 1 : 0

/** Where a page lies in memory, and whether only one address space has it. */
export interface Frame {
  readonly number: string
  readonly exclusive: boolean
}

/** Pages of a stack that are looked at: arguments and environment fill the topmost, 2 MiB at most. */
const stackPages = 512

/**
 * The frame of the highest page, from a page of the stack downwards, that is mapped once, else of the
 * highest that is there: bits 0 to 54 of its entry, which only CAP_SYS_ADMIN is shown, and bit 56,
 * set where it is mapped once. What a process has written since it was forked is its own, and
 * whatever runs writes to its stack. `undefined` where none is present, or numbers are hidden.
 */
export function frameBelow(tree: FolderTree, path: string, page: number): Frame | undefined {
  const first = Math.max(0, page + 1 - stackPages)
  const buffer = new Uint8Array((page + 1 - first) * entryBytes)
  const got = tree.readAt(path, first * entryBytes, buffer)
  if (isRefused(got) || !isLittleEndian) return undefined
  let shared: Frame | undefined
  for (let at = Math.floor(got / entryBytes) - 1; at >= 0; at -= 1) {
    const frame = frameIn(buffer.subarray(at * entryBytes, (at + 1) * entryBytes))
    if (frame?.exclusive) return frame
    shared ??= frame
  }
  return shared
}

function frameIn(entry: Uint8Array): Frame | undefined {
  const top = entry[highest] ?? 0
  const number = [...entry.subarray(0, 6), (entry[6] ?? 0) % 128].join('.')
  if (top < 0x80 || /^0(\.0)*$/.test(number)) return undefined
  return { number, exclusive: top % 2 === 1 }
}
