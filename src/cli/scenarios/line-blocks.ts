import type { Input, Refusal } from '../machine/world.ts'

/** Whole lines of an input, as they come; only the last may lack its line feed. */
export interface Block {
  readonly bytes: Uint8Array
  /** The start of a line that is longer than may be; the rest of it is passed over. */
  readonly isCut?: true
  /** That line does not end: nothing more is read. */
  readonly isEndless?: true
}

export const newline = 0x0a

/** Where the line that holds a place ends: behind its line feed, or with the bytes. */
export function lineEnd(bytes: Uint8Array, at: number): number {
  return bytes.indexOf(newline, at) + 1 || bytes.length
}

/** Blocks that were read already, and those that come behind them. */
export async function* chained(
  seen: readonly Block[],
  rest: AsyncIterable<Block>,
): AsyncGenerator<Block, void> {
  yield* seen
  yield* rest
}

/**
 * An input in blocks of whole lines.
 * @param longestLine bytes of the longest line that is kept whole.
 * @param mostSkipped bytes of a longer line that are passed over; where it goes on, the input ends.
 */
export async function* lineBlocks(
  input: Input,
  longestLine: number,
  mostSkipped: number,
): AsyncGenerator<Block | Refusal, void> {
  const cutter = cutterOf(longestLine)
  while (cutter.skipped() <= mostSkipped) {
    const part = await input.next()
    if (part === undefined) return yield* cutter.end()
    if (!(part instanceof Uint8Array)) return yield part
    yield* cutter.take(part)
  }
  yield { bytes: new Uint8Array(), isEndless: true }
}

interface Cutter {
  readonly take: (part: Uint8Array) => Iterable<Block>
  readonly end: () => Iterable<Block>
  /** Bytes of a line that is passed over, so far. */
  readonly skipped: () => number
}

function cutterOf(longestLine: number): Cutter {
  /** The start of a line whose end is not known. */
  let [kept, keptBytes, skipped] = [[] as Uint8Array[], 0, 0]
  const taken = (): Uint8Array => {
    const bytes = Buffer.concat(kept)
    ;[kept, keptBytes] = [[], 0]
    return bytes
  }
  const keep = (part: Uint8Array): void => {
    if (part.length > 0) kept.push(part)
    keptBytes += part.length
  }
  function* takeLines(part: Uint8Array): Generator<Block, void> {
    const end = part.lastIndexOf(newline) + 1
    keep(part.subarray(0, end))
    if (end > 0) yield { bytes: taken() }
    keep(part.subarray(end))
    if (keptBytes <= longestLine) return
    skipped = keptBytes
    yield { bytes: taken().subarray(0, longestLine), isCut: true }
  }
  return {
    take: (part) => {
      if (skipped === 0) return takeLines(part)
      const begin = part.indexOf(newline) + 1
      skipped = begin === 0 ? skipped + part.length : 0
      return begin === 0 ? [] : takeLines(part.subarray(begin))
    },
    end: () => (keptBytes === 0 ? [] : [{ bytes: taken() }]),
    skipped: () => skipped,
  }
}
