import type { FolderTree, Sink, TreeRefusal } from '../files/tree.ts'

/** Gathers the text of a small file; what is longer is too long to be what it should be. */
export interface TextSink extends Sink {
  /** After the end; `undefined` where it was longer than allowed. */
  readonly text: () => string | undefined
}

export function textSink(most: number): TextSink {
  const parts: Uint8Array[] = []
  let total = 0
  const take = (piece: Uint8Array): boolean => {
    total += piece.length
    if (total <= most) parts.push(new Uint8Array(piece))
    return total > most
  }
  const text = (): string | undefined => {
    if (total > most) return undefined
    const [only, another] = parts
    // Most texts come in one piece, and a decoder of their own would cost more than the text.
    if (another === undefined) return only === undefined ? '' : decoder.decode(only)
    const whole = new Uint8Array(total)
    let at = 0
    for (const part of parts) {
      whole.set(part, at)
      at += part.length
    }
    return decoder.decode(whole)
  }
  return { take, end: () => {}, text }
}

const decoder = new TextDecoder()

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
  return sink.text() ?? tooLarge(path, most)
}

/** A text that was not read, for it cannot be what it should. */
export function tooLarge(path: string, most: number = largestText): TreeRefusal {
  return { ok: false, path, reason: 'failed', detail: `larger than ${most} bytes` }
}
