import type { ArchiveEntry, Fault, Sink } from '../../capture/files/tree.ts'
import type { TarExtension, TarHeader } from './tar-header.ts'
import { blockBytes, hasContent, longName, readTarHeader, readTarRecords } from './tar-header.ts'

/** Is shown every entry; what it gives back takes the content. */
export type Visit = (entry: ArchiveEntry) => Sink | undefined

/** Takes a tar apart as it comes. Nothing waits in it: it ends when the pieces end. */
export interface TarReader {
  /** @returns why no more is read. */
  readonly take: (piece: Uint8Array) => Fault | undefined
  /** After the last piece. @returns what is missing. */
  readonly end: () => Fault | undefined
  readonly entries: () => number
  /** Within an entry, its header or its content. */
  readonly isInside: () => boolean
}

/** More is no copy of /proc, whatever it is packed into. */
const largestEntry = 4 * 1024 ** 3
const mostEntries = 10_000_000
/** Bytes of names and records before an entry; the longest name of Linux has 4096. */
const largestExtension = 1024 ** 2
/** Bytes of a file that are read though nobody wants them: more of one that is not what it should be is a trap. */
const patience = 64 * 1024 ** 2

/** Content at hand: so many bytes, then those that fill up the last block. */
interface Content {
  left: number
  filling: number
  readonly take: (piece: Uint8Array, left: number) => Fault | undefined
  readonly end: () => Fault | undefined
}

export function tarReader(visit: Visit): TarReader {
  const head = new Uint8Array(blockBytes)
  let filled = 0
  let content: Content | undefined
  let forAll: TarExtension = {}
  let forNext: TarExtension = {}
  let described = false
  let entries = 0

  const take = (piece: Uint8Array): Fault | undefined => {
    for (let at = 0; at < piece.length; ) {
      const length = content === undefined ? fillHead(piece, at) : pour(content, piece, at)
      if (typeof length !== 'number') return length.fault
      at += length
    }
    return undefined
  }

  const fillHead = (piece: Uint8Array, at: number): number | { readonly fault: Fault } => {
    const part = piece.subarray(at, at + blockBytes - filled)
    head.set(part, filled)
    filled += part.length
    if (filled < blockBytes) return part.length
    filled = 0
    // Blocks of zeros end an archive; others may have been appended to it.
    const fault = head.every((byte) => byte === 0) ? undefined : open()
    return fault === undefined ? part.length : { fault }
  }

  const open = (): Fault | undefined => {
    const header = readTarHeader(head)
    if ('fault' in header) return damaged(header.fault)
    if (descriptive.has(header.kind)) return openExtension(header)
    const told = { ...header, ...forAll, ...forNext }
    forNext = {}
    described = false
    entries += 1
    const fault = faultOf(told, entries)
    if (fault !== undefined) return fault
    const entry = entryOf(told)
    const sink = visit(entry)
    content = contentOf(entry, entry.kind === 'file' ? sink : undefined, hasContent(told))
    return finishIfDone(content)
  }

  const openExtension = (header: TarHeader): Fault | undefined => {
    const { bytes } = header
    if (bytes > largestExtension) return damaged('the name of an entry has more than 1 MiB')
    const whole = new Uint8Array(bytes)
    described = true
    content = {
      left: bytes,
      filling: fillingOf(bytes),
      take: (piece, left) => {
        whole.set(piece, bytes - left)
        return undefined
      },
      end: () => describe(header, whole),
    }
    return finishIfDone(content)
  }

  const describe = ({ kind }: TarHeader, whole: Uint8Array): Fault | undefined => {
    if (kind === 'long-name') forNext = { ...forNext, name: longName(whole) }
    else if (kind === 'long-link') forNext = { ...forNext, link: longName(whole) }
    else {
      const records = readTarRecords(whole)
      if ('fault' in records) return damaged(records.fault)
      if (kind === 'records') forNext = { ...forNext, ...records }
      else forAll = { ...forAll, ...records }
    }
    return undefined
  }

  const pour = (
    into: Content,
    piece: Uint8Array,
    at: number,
  ): number | { readonly fault: Fault } => {
    const length = Math.min(into.left + into.filling, piece.length - at)
    const part = piece.subarray(at, at + Math.min(into.left, length))
    const fault = part.length === 0 ? undefined : into.take(part, into.left)
    if (fault !== undefined) return { fault }
    into.left -= part.length
    into.filling -= length - part.length
    const flaw = finishIfDone(into)
    return flaw === undefined ? length : { fault: flaw }
  }

  const finishIfDone = (into: Content): Fault | undefined => {
    if (into.left > 0 || into.filling > 0) return undefined
    content = undefined
    return into.end()
  }

  const end = (): Fault | undefined =>
    filled > 0 || described || content !== undefined
      ? damaged('it ends in the middle of an entry')
      : undefined

  return { take, end, entries: () => entries, isInside: () => filled > 0 || content !== undefined }
}

const descriptive: ReadonlySet<TarHeader['kind']> = new Set([
  'long-name',
  'long-link',
  'records',
  'records-for-all',
])

function damaged(how: Fault): Fault {
  return `it is damaged: ${how}`
}

function faultOf({ name, bytes }: TarHeader, entries: number): Fault | undefined {
  const shown = shownName(name)
  if (name.split('/').includes('..')) return `${shown} leads out of it`
  if (bytes > largestEntry) return `${shown} has ${bytes} bytes: nothing of /proc has`
  return entries > mostEntries ? `there are more than ${mostEntries} files in it` : undefined
}

function shownName(name: string): string {
  return JSON.stringify(name.slice(0, 200))
}

function entryOf({ name, bytes, kind, link }: TarHeader): ArchiveEntry {
  const path = name.replace(/^(\.?\/)+/, '')
  if (kind === 'file') return { path, bytes, kind }
  if (kind === 'link' && link !== '') return { path, bytes, kind, link }
  return { path, bytes, kind: kind === 'hard-link' ? kind : 'other' }
}

/** Reads to the end of a file, unless what is left of it can be of no use. */
function contentOf(
  { path, bytes }: ArchiveEntry,
  sink: Sink | undefined,
  hasBytes: boolean,
): Content {
  const left = hasBytes ? bytes : 0
  let wanted = sink !== undefined
  const take = (piece: Uint8Array, still: number): Fault | undefined => {
    if (!wanted || sink?.take(piece) !== true) return undefined
    wanted = false
    const unwanted = still - piece.length > patience
    return unwanted
      ? `${shownName(path)} is not what it should be, and has ${bytes} bytes`
      : undefined
  }
  const end = (): undefined => {
    sink?.end()
    return undefined
  }
  return { left, filling: fillingOf(left), take, end }
}

function fillingOf(bytes: number): number {
  return (blockBytes - (bytes % blockBytes)) % blockBytes
}
