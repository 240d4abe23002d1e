import type { ArchiveEntry, ArchiveFault, Sink } from '../../capture/files/tree.ts'
import type { TarExtension, TarHeader } from './tar-header.ts'
import { blockBytes, hasContent, longName, readTarHeader, readTarRecords } from './tar-header.ts'

/** Is shown every entry; what it gives back takes the content. */
export type Visit = (entry: ArchiveEntry) => Sink | undefined

/** Bytes unpacked: more is no copy of /proc, whatever it is packed into. */
const mostUnpacked = 16 * 1024 ** 3
/** Bytes of names and records before an entry; the longest name of Linux has 4096. */
const largestExtension = 1024 ** 2

/** Content at hand: its bytes, then those that fill up its last block. */
interface Content {
  left: number
  filling: number
  readonly take: (piece: Uint8Array, left: number) => void
  readonly end: () => void
}

/** Takes a tar archive apart piece by piece; it keeps no file. */
export class TarReader {
  readonly #visit: Visit
  readonly #head = Buffer.alloc(blockBytes)
  #filled = 0
  #content: Content | undefined
  #forAll: TarExtension = {}
  #forNext: TarExtension = {}
  /** An extension was read, and the entry that it describes was not. */
  #isDescribed = false
  #entries = 0
  #unpacked = 0
  /** A block of zeros follows the last entry: the end mark has two, of some writers one. */
  #isEnded = false
  #fault: ArchiveFault | undefined

  constructor(visit: Visit) {
    this.#visit = visit
  }

  /** @returns why no more is read. */
  take(piece: Uint8Array): ArchiveFault | undefined {
    this.#unpacked += piece.length
    if (this.#unpacked > mostUnpacked) this.#fault = 'it has more than 16 GiB unpacked'
    for (let at = 0; at < piece.length && this.#fault === undefined; ) {
      at +=
        this.#content === undefined
          ? this.#fillHead(piece, at)
          : this.#takeContent(this.#content, piece, at)
    }
    return this.#fault
  }

  /** After the last piece. @returns what is missing. */
  end(): ArchiveFault | undefined {
    if (this.#filled > 0 || this.#isDescribed || this.#content !== undefined) {
      return damaged('it ends in the middle of an entry')
    }
    if (this.#entries === 0) return 'it contains no files'
    return this.#isEnded
      ? undefined
      : damaged('it has no end mark, so it was cut off, and files may be missing')
  }

  #fillHead(piece: Uint8Array, at: number): number {
    const part = piece.subarray(at, at + blockBytes - this.#filled)
    this.#head.set(part, this.#filled)
    this.#filled += part.length
    if (this.#filled === blockBytes) {
      this.#filled = 0
      // Another archive may have been appended behind the end mark.
      this.#isEnded = this.#head.equals(zeros)
      if (!this.#isEnded) this.#open()
    }
    return part.length
  }

  #open(): void {
    const header = readTarHeader(this.#head)
    if ('fault' in header) this.#damaged(header.fault)
    else if (descriptive.has(header.kind)) this.#openExtension(header)
    else this.#openEntry({ ...header, ...this.#forAll, ...this.#forNext })
  }

  #openEntry(header: TarHeader): void {
    this.#forNext = {}
    this.#isDescribed = false
    this.#entries += 1
    this.#fault = faultOf(header)
    if (this.#fault !== undefined) return
    const entry = entryOf(header)
    const sink = this.#visit(entry)
    const content = contentOf(entry.kind === 'file' ? sink : undefined)
    this.#start(hasContent(header) ? header.bytes : 0, content)
  }

  #openExtension(header: TarHeader): void {
    const { bytes } = header
    if (bytes > largestExtension) {
      this.#damaged('the name of an entry is longer than 1 MiB')
      return
    }
    const whole = new Uint8Array(bytes)
    this.#isDescribed = true
    this.#start(bytes, {
      take: (piece, left) => whole.set(piece, bytes - left),
      end: () => this.#describe(header, whole),
    })
  }

  #describe({ kind }: TarHeader, whole: Uint8Array): void {
    if (kind === 'long-name') this.#forNext = { ...this.#forNext, name: longName(whole) }
    else if (kind === 'long-link') this.#forNext = { ...this.#forNext, link: longName(whole) }
    else {
      const records = readTarRecords(whole)
      if ('fault' in records) this.#damaged(records.fault)
      else if (kind === 'records') this.#forNext = { ...this.#forNext, ...records }
      else this.#forAll = { ...this.#forAll, ...records }
    }
  }

  #start(bytes: number, content: Pick<Content, 'take' | 'end'>): void {
    const filling = (blockBytes - (bytes % blockBytes)) % blockBytes
    this.#content = { ...content, left: bytes, filling }
    this.#endIfDone(this.#content)
  }

  #takeContent(content: Content, piece: Uint8Array, at: number): number {
    const length = Math.min(content.left + content.filling, piece.length - at)
    const part = piece.subarray(at, at + Math.min(content.left, length))
    if (part.length > 0) content.take(part, content.left)
    content.left -= part.length
    content.filling -= length - part.length
    this.#endIfDone(content)
    return length
  }

  #endIfDone(content: Content): void {
    if (content.left > 0 || content.filling > 0) return
    this.#content = undefined
    content.end()
  }

  #damaged(how: ArchiveFault): void {
    this.#fault = damaged(how)
  }
}

const zeros = new Uint8Array(blockBytes)

const descriptive: ReadonlySet<TarHeader['kind']> = new Set([
  'long-name',
  'long-link',
  'records',
  'records-for-all',
])

function damaged(how: ArchiveFault): ArchiveFault {
  return `it is damaged: ${how}`
}

function faultOf({ name, bytes }: TarHeader): ArchiveFault | undefined {
  const shown = JSON.stringify(name.slice(0, 200))
  if (name.split('/').includes('..')) return `${shown} leads out of it`
  return bytes > mostUnpacked
    ? `${shown} has ${bytes} bytes: no file of /proc is that large`
    : undefined
}

function entryOf({ name, bytes, kind, link }: TarHeader): ArchiveEntry {
  const path = name.replace(/^(\.?\/)+/, '')
  if (kind === 'file') return { path, bytes, kind }
  if (kind === 'link' && link !== '') return { path, bytes, kind, link }
  return { path, bytes, kind: kind === 'hard-link' ? kind : 'other' }
}

/** Reads to the end of a file, whether the sink still wants it or not. */
function contentOf(sink: Sink | undefined): Pick<Content, 'take' | 'end'> {
  let isWanted = sink !== undefined
  return {
    take: (piece) => {
      if (isWanted) isWanted = sink?.take(piece) !== true
    },
    end: () => sink?.end(),
  }
}
