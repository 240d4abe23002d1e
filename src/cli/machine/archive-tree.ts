import { closeSync, openSync, readSync } from 'node:fs'
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
/** Bytes read at a time. */
const blockBytes = 64 * 1024

/** The packing by its first bytes; `undefined` for any other. */
export function packingOf(head: Uint8Array): Packing | undefined {
  const starts = (...bytes: readonly number[]) => bytes.every((byte, at) => head[at] === byte)
  if (starts(0x1f, 0x8b)) return 'gzip'
  if (starts(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00)) return 'xz'
  const magic = new TextDecoder('latin1').decode(head.subarray(257, 262))
  return magic === 'ustar' ? 'tar' : undefined
}

/** A packing that Node cannot undo, by its first bytes: bzip2, as supportconfig uses, and zstd. */
export function unreadPacking(head: Uint8Array): string | undefined {
  const starts = (...bytes: readonly number[]) => bytes.every((byte, at) => head[at] === byte)
  if (starts(0x42, 0x5a, 0x68)) return 'bzip2'
  return starts(0x28, 0xb5, 0x2f, 0xfd) ? 'zstd' : undefined
}

/** The files of an archive, read through from its start; nothing of it is written anywhere. */
export function archiveTree(path: string, packing: Packing): ArchiveTree {
  return {
    kind: 'archive',
    each: async (visit) => {
      const { pieces, close } = await unpackedPieces(blocksOf(path), packing)
      try {
        return await readEntries(faultsApart(pieces), visit)
      } finally {
        close()
      }
    },
  }
}

/**
 * Unpacked pieces, and why there are no more where reading or unpacking failed: libraries throw,
 * and that is no bug of ours.
 */
async function* faultsApart(
  pieces: Unpacked['pieces'],
): AsyncGenerator<Uint8Array | { fault: ArchiveFault }> {
  try {
    yield* pieces
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

interface Unpacked {
  readonly pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
  /** Closes the file, also where no more of it is wanted. */
  readonly close: () => void
}

/** Unpacks what the source yields, as it is wanted. */
export async function unpackedPieces(
  source: Iterable<Uint8Array>,
  packing: Packing,
): Promise<Unpacked> {
  if (packing === 'tar') return { pieces: source, close: () => {} }
  const file = Readable.from(source)
  const close = () => void file.destroy()
  if (packing === 'gzip') {
    const gunzip = createGunzip({ chunkSize: chunkBytes })
    file.on('error', (error) => gunzip.destroy(error))
    return { pieces: file.pipe(gunzip), close }
  }
  const { XzReadableStream } = await import('xz-decompress')
  const stream = new XzReadableStream(Readable.toWeb(file) as ReadableStream<Uint8Array>)
  return { pieces: Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]), close }
}

/** Leaving the loop over them closes the file. */
function* blocksOf(path: string): Generator<Uint8Array, void> {
  const descriptor = openSync(path, 'r')
  try {
    for (;;) {
      const block = Buffer.allocUnsafe(blockBytes)
      const length = readSync(descriptor, block)
      if (length === 0) return
      yield block.subarray(0, length)
    }
  } finally {
    closeSync(descriptor)
  }
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
