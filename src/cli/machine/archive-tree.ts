import { closeSync, openSync, readSync } from 'node:fs'
import type { ArchiveEnd, ArchiveFault, ArchiveTree } from '../../capture/files/tree.ts'
import { codeOf } from './node-failure.ts'
import type { Packing, Unpacked } from './packing.ts'
import { unpackedPieces } from './packing.ts'
import type { Visit } from './tar-reader.ts'
import { TarReader } from './tar-reader.ts'

/** Bytes read at a time. */
const blockBytes = 64 * 1024

/** The files of an archive, read through from its start; nothing of it is written anywhere. */
export function archiveTree(path: string, packing: Packing): ArchiveTree {
  return {
    kind: 'archive',
    isSame: (one, other) => Buffer.compare(one, other) === 0,
    each: async (visit) => {
      const { pieces, close } = await unpackedPieces(blocksOf(path, packing !== 'tar'), packing)
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

/**
 * Leaving the loop over them closes the file.
 * @param areKept what unpacks keeps some; otherwise each is written over by the next.
 */
function* blocksOf(path: string, areKept: boolean): Generator<Uint8Array, void> {
  const descriptor = openSync(path, 'r')
  let block = Buffer.allocUnsafe(blockBytes)
  try {
    for (;;) {
      const length = readSync(descriptor, block)
      if (length === 0) return
      yield block.subarray(0, length)
      if (areKept) block = Buffer.allocUnsafe(blockBytes)
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
