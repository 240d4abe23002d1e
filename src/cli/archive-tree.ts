import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Headers } from 'tar-stream'
import type { ArchiveEnd, ArchiveEntry, ArchiveTree, Fault, Sink } from '../capture/tree.ts'
import { codeOf } from './node-failure.ts'
import { zeroGauge } from './zero-gauge.ts'

/** How an archive is packed. */
export type Packing = 'tar' | 'gzip' | 'xz'

/** More is no copy of /proc, whatever it is packed into. */
const largestEntry = 4 * 1024 ** 3
const largestArchive = 16 * 1024 ** 3
const mostEntries = 10_000_000
/** Bytes of a file that are unpacked though nobody wants them: more of one that is not what it should be is a trap. */
const patience = 64 * 1024 ** 2
/** Bytes unpacked at a time. */
const portion = 1024 * 1024

/** The packing by its first bytes; `undefined` where it is none that is known. */
export function packingOf(head: Uint8Array): Packing | undefined {
  const starts = (...bytes: readonly number[]) => bytes.every((byte, at) => head[at] === byte)
  if (starts(0x1f, 0x8b)) return 'gzip'
  if (starts(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00)) return 'xz'
  const magic = new TextDecoder('latin1').decode(head.subarray(257, 262))
  return magic === 'ustar' ? 'tar' : undefined
}

/** The files of an archive, read through from its start; nothing of it is written anywhere. */
export function archiveTree(path: string, packing: Packing): ArchiveTree {
  return { kind: 'archive', each: (visit) => readArchive(path, packing, visit) }
}

type Visit = (entry: ArchiveEntry) => Sink | undefined

async function readArchive(path: string, packing: Packing, visit: Visit): Promise<ArchiveEnd> {
  try {
    return await readEntries(await unpacked(path, packing), visit)
  } catch (error) {
    return { fault: faultOf(error) }
  }
}

/** What libraries throw is no bug of ours: the archive is damaged. A failed read has a code. */
function faultOf(error: unknown): Fault {
  const code = codeOf(error)
  if (code !== undefined) return `it could not be read (${code})`
  return `it is damaged: ${error instanceof Error ? error.message : String(error)}`
}

async function unpacked(path: string, packing: Packing): Promise<Readable> {
  const file = createReadStream(path)
  if (packing === 'tar') return file
  if (packing === 'gzip') {
    const gunzip = createGunzip({ chunkSize: portion })
    file.on('error', (error) => gunzip.destroy(error))
    return file.pipe(gunzip)
  }
  const { XzReadableStream } = await import('xz-decompress')
  const stream = new XzReadableStream(Readable.toWeb(file) as ReadableStream<Uint8Array>)
  return Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0])
}

async function readEntries(source: Readable, visit: Visit): Promise<ArchiveEnd> {
  const { extract } = await import('tar-stream')
  const unpack = extract()
  const gauge = zeroGauge()
  let inside = false
  let total = 0
  let entries = 0
  let fault: Fault | undefined
  source.on('data', (piece: Buffer) => {
    total += piece.length
    gauge.take(piece)
    const flaw = inside ? undefined : gauge.tooMany(entries)
    if (flaw !== undefined) source.destroy(new Error(flaw))
    if (total > largestArchive) source.destroy(new Error('more than 16 GiB unpacked'))
  })
  source.on('error', (error) => unpack.destroy(error))
  source.pipe(unpack)
  for await (const entry of unpack) {
    const { name, size = 0 } = entry.header
    entries += 1
    inside = true
    fault = faultOfEntry(name, size, entries)
    if (fault !== undefined) break
    const known = entryOf(entry.header)
    const sink = visit(known)
    fault = await drain(entry, known, known.kind === 'file' ? sink : undefined)
    if (fault !== undefined) break
    inside = false
  }
  source.destroy()
  if (fault !== undefined) return { fault }
  return endOf(entries, gauge.ended())
}

function endOf(entries: number, isWhole: boolean): ArchiveEnd {
  if (entries === 0) return { fault: 'there is no file in it' }
  return isWhole ? {} : { remark: noEnd }
}

const noEnd = 'the archive has no end mark: it was cut off, and files may be missing'

function faultOfEntry(name: string, size: number, entries: number): Fault | undefined {
  const shown = shownName(name)
  if (name.split('/').includes('..')) return `${shown} leads out of it`
  if (size > largestEntry) return `${shown} has ${size} bytes: nothing of /proc has`
  return entries > mostEntries ? `there are more than ${mostEntries} files in it` : undefined
}

function shownName(name: string): string {
  return JSON.stringify(name.slice(0, 200))
}

function entryOf({ name, size: bytes = 0, type, linkname }: Headers): ArchiveEntry {
  const path = name.replace(/^(\.?\/)+/, '')
  if (type === 'file') return { path, bytes, kind: 'file' }
  if (type === 'symlink' && linkname) return { path, bytes, kind: 'link', link: linkname }
  return { path, bytes, kind: type === 'link' ? 'hard-link' : 'other' }
}

/** Reads to the end of a file, unless what is left of it can be of no use. */
async function drain(
  content: AsyncIterable<Uint8Array>,
  { path, bytes }: ArchiveEntry,
  sink: Sink | undefined,
): Promise<Fault | undefined> {
  let wanted = sink !== undefined
  let taken = 0
  for await (const piece of content) {
    taken += piece.length
    if (!wanted || sink?.take(piece) !== true) continue
    wanted = false
    if (bytes - taken > patience) {
      return `${shownName(path)} is not what it should be, and has ${bytes} bytes`
    }
  }
  sink?.end()
  return undefined
}
