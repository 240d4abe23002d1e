import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** How a file is packed. */
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

/** A packing that Node cannot undo, by its first bytes: bzip2, as supportconfig uses, and zstd. */
export function unreadPacking(head: Uint8Array): string | undefined {
  const starts = (...bytes: readonly number[]) => bytes.every((byte, at) => head[at] === byte)
  if (starts(0x42, 0x5a, 0x68)) return 'bzip2'
  return starts(0x28, 0xb5, 0x2f, 0xfd) ? 'zstd' : undefined
}

export interface Unpacked {
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
