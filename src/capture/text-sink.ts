import type { FolderTree, Sink, TreeRefusal } from './tree.ts'

/** Gathers the text of a small file; what is longer is too long to be what it should be. */
export interface TextSink extends Sink {
  /** After the end; `undefined` where it was longer than allowed. */
  readonly text: () => string | undefined
}

export function textSink(most: number): TextSink {
  const decoder = new TextDecoder()
  const parts: string[] = []
  let total = 0
  const take = (piece: Uint8Array): boolean => {
    total += piece.length
    if (total <= most) parts.push(decoder.decode(piece, { stream: true }))
    return total > most
  }
  return { take, end: () => {}, text: () => (total > most ? undefined : parts.join('')) }
}

/** Bytes of the largest text that is read whole; `cpuinfo` has a page for each processor. */
export const largestText: number = 16 * 1024 * 1024

/** A small file, whole. */
export function readText(
  tree: FolderTree,
  path: string,
  most: number = largestText,
): string | TreeRefusal {
  const sink = textSink(most)
  const refusal = tree.stream(path, sink)
  if (refusal !== undefined) return refusal
  return sink.text() ?? { ok: false, path, reason: 'failed', detail: `larger than ${most} bytes` }
}
