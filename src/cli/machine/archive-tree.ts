import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { ArchiveEnd, ArchiveFault, ArchiveTree } from '../../capture/files/tree.ts'
import { codeOf } from './node-failure.ts'
import type { Visit } from './tar-reader.ts'
import { TarReader } from './tar-reader.ts'

/** How an archive is packed. */
export type Packing = 'tar' | 'gzip' | 'xz'

/** Bytes unpacked at a time. */
const chunkBytes = 1024 * 1024

/** The packing by its first bytes; `undefined` for any other. */
export function packingOf(head: Uint8Array): Packing | undefined {
  const starts = (...bytes: readonly number[]) => bytes.every((byte, at) => head[at] === byte)
  if (starts(0x1f, 0x8b)) return 'gzip'
  if (starts(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00)) return 'xz'
  const magic = new TextDecoder('latin1').decode(head.subarray(257, 262))
  return magic === 'ustar' ? 'tar' : undefined
}

/** The files of an archive, read through from its start; nothing of it is written anywhere. */
export function archiveTree(path: string, packing: Packing): ArchiveTree {
  return {
    kind: 'archive',
    each: async (visit) => readEntries(piecesOf(await unpacked(path, packing)), visit),
  }
}

/**
 * Unpacked pieces, and why there are no more where reading or unpacking failed: libraries throw,
 * and that is no bug of ours.
 */
async function* piecesOf(source: Readable): AsyncGenerator<Uint8Array | { fault: ArchiveFault }> {
  try {
    yield* source as AsyncIterable<Uint8Array>
  } catch (error) {
    yield { fault: faultOf(error) }
  }
}

/** The archive is damaged; a failed read has a code. */
function faultOf(error: unknown): ArchiveFault {
  const code = codeOf(error)
  if (code !== undefined) return `it could not be read (${code})`
  return `it is damaged: ${error instanceof Error ? error.message : String(error)}`
}

async function unpacked(path: string, packing: Packing): Promise<Readable> {
  const file = createReadStream(path)
  if (packing === 'tar') return file
  if (packing === 'gzip') {
    const gunzip = createGunzip({ chunkSize: chunkBytes })
    file.on('error', (error) => gunzip.destroy(error))
    return file.pipe(gunzip)
  }
  const { XzReadableStream } = await import('xz-decompress')
  const stream = new XzReadableStream(Readable.toWeb(file) as ReadableStream<Uint8Array>)
  return Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0])
}

async function readEntries(
  pieces: AsyncIterable<Uint8Array | { readonly fault: ArchiveFault }>,
  visit: Visit,
): Promise<ArchiveEnd> {
  const reader = new TarReader(visit)
  // Leaving the loop closes the source.
  for await (const piece of pieces) {
    const fault = 'fault' in piece ? piece.fault : reader.take(piece)
    if (fault !== undefined) return { fault }
  }
  const fault = reader.end()
  return fault === undefined ? {} : { fault }
}
