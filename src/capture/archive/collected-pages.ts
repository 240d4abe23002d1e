import { firstEndingBehind } from '../../space/intervals.ts'

/** A page of the stack: one number for each frame; absent where it is mapped more than once. */
export interface CollectedFrame {
  readonly page: number
  readonly number: number | undefined
}

/** As readAt of pagemap; `undefined` where the pages were not collected. */
export type ReadPages = (pid: number, position: number, target: Uint8Array) => number | undefined

/** Bytes of an entry of pagemap, which is answered as a machine of this byte order would. */
const entryBytes = 8
const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1
const [highest, lowest] = isLittleEndian ? [entryBytes - 1, 0] : [0, entryBytes - 1]
/** Bit 63 of an entry; bit 56 in addition where the page is mapped once. */
const present = 0x80
const presentOnce = 0x81

/** Pages of a mapping, and where those with entries begin and end. */
interface CollectedMapping {
  readonly first: number
  readonly end: number
  readonly edges: readonly number[]
}

/**
 * Answers for pagemap, by the lines that the script of `collect` writes for each process: first page
 * of a mapping, its pages, then pages without and with entries in turn.
 */
export function collectedPages(
  textOf: (pid: number) => string | undefined,
  frames: ReadonlyMap<number, CollectedFrame>,
): ReadPages {
  let last: { readonly pid: number; readonly mappings: readonly CollectedMapping[] } | undefined
  return (pid, position, target) => {
    // Processes are looked at one after another.
    if (last?.pid !== pid) last = { pid, mappings: mappingsIn(textOf(pid) ?? '') }
    const first = position / entryBytes
    const end = first + Math.floor(target.length / entryBytes)
    const frame = frames.get(pid)
    const mapping = last.mappings.find((one) => one.first <= first && end <= one.end)
    const hasFrame = frame !== undefined && first <= frame.page && frame.page < end
    if (mapping === undefined && !hasFrame) return undefined
    target.fill(0)
    if (mapping !== undefined) mark(mapping, first, end, target)
    if (hasFrame) markFrame(frame, first, target)
    return (end - first) * entryBytes
  }
}

function mark({ edges }: CollectedMapping, first: number, end: number, target: Uint8Array): void {
  for (let index = firstEndingBehind(edges, first); index < edges.length; index += 2) {
    const from = Math.max(edges[index] ?? end, first)
    const to = Math.min(edges[index + 1] ?? end, end)
    if (from >= end) return
    for (let page = from; page < to; page += 1) {
      target[(page - first) * entryBytes + highest] = present
    }
  }
}

function markFrame({ page, number }: CollectedFrame, first: number, target: Uint8Array): void {
  const at = (page - first) * entryBytes
  target[at + highest] = number === undefined ? present : presentOnce
  const digits = number ?? 1
  for (let byte = 0; byte < frameBytes; byte += 1) {
    const place = lowest === 0 ? at + byte : at + lowest - byte
    target[place] = Math.floor(digits / 256 ** byte) % 256
  }
}

/** Bytes of the number of a frame. */
const frameBytes = 6

function mappingsIn(text: string): readonly CollectedMapping[] {
  return text.split('\n').flatMap((line) => {
    const [first = Number.NaN, pages = Number.NaN, ...runs] = line.split(' ').map(Number)
    const edges: number[] = []
    let at = first
    for (const run of runs) {
      at += run
      edges.push(at)
    }
    const isSound = runs.every((run) => Number.isSafeInteger(run) && run >= 0)
    if (edges.length % 2 > 0) edges.pop()
    return isSound && pages > 0 && at === first + pages ? [{ first, end: at, edges }] : []
  })
}
