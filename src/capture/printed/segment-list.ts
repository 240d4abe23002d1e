import type { SysvSegment } from '../files/sysv-segments.ts'
import { printedCount, printedKib } from './printed-number.ts'

/** A segment as `ipcs -m` lists it: without rss, swap and, but for `-p`, its maker. */
export interface ListedSegment extends SysvSegment {
  /** Name, or number where the name is unknown. */
  readonly owner: string
}

/** All segments together: `ipcs -m -u`. In pages. */
export interface SegmentTotals {
  readonly resident: number
  readonly swapped: number
}

/** The table of util-linux that a line heads: print_shmem_... of sys-utils/ipcs.c. */
export type SegmentTable = 'segments' | 'makers' | 'other'

/** The headings are not translated, in contrast to the line above them. */
export function segmentTable(line: string): SegmentTable | undefined {
  if (!line.includes('shmid') && !line.includes('semid') && !line.includes('msqid'))
    return undefined
  if (/^\s*\S+\s+shmid\s+\S+\s+\S+\s+\S+\s+nattch\b/.test(line)) return 'segments'
  if (/^\s*shmid\s+\S+\s+cpid\s+lpid\s*$/.test(line)) return 'makers'
  return /^\s*(\S+\s+)?(shmid|semid|msqid)\s/.test(line) ? 'other' : undefined
}

/** `0x8fdcea00 65537  oracle  640  103079215104  902  dest locked`. */
export function segmentIn(line: string): ListedSegment | undefined {
  const words = line.trim().split(/\s+/, mostWords)
  const [key = '', shmid, owner, perms = '', size, nattch, ...status] = words
  const [id, attached] = [printedCount(shmid), printedCount(nattch)]
  // `-b` prints bytes, `--human` a unit.
  const length = printedCount(size) ?? humanBytes(size)
  if (!/^0x[\da-f]{1,16}$/i.test(key) || !/^[0-7]{1,5}$/.test(perms)) return undefined
  if (id === undefined || attached === undefined || length === undefined) return undefined
  const [number, locked] = [printedCount(owner), status.includes('locked')]
  const known = { uid: number ?? unknownUser, locked, owner: owner ?? '' }
  return { id, key: Number(key), bytes: length, attached, rss: 0, swap: 0, maker: 0, ...known }
}

const mostWords = 9
/** Of a segment whose owner is only known by name. */
export const unknownUser = -1

function humanBytes(word: string | undefined): number | undefined {
  if (word === undefined || !/[bkmgtpe]$/i.test(word)) return undefined
  const kib = printedKib(word)
  return kib === undefined ? undefined : kib * 1024
}

/** Of `ipcs -m -p`: the segment, and the process that made it. */
export function makerIn(line: string): readonly [id: number, maker: number] | undefined {
  const [shmid, , cpid, lpid] = line.trim().split(/\s+/, mostWords)
  const [id, maker] = [printedCount(shmid), printedCount(cpid)]
  if (id === undefined || maker === undefined || printedCount(lpid) === undefined) return undefined
  return [id, maker]
}

/** A line of `ipcs -m -u`, which is not translated where servers run. */
export function totalIn(
  line: string,
): readonly [key: keyof SegmentTotals, pages: number] | undefined {
  const [, word, digits] = /^pages (resident|swapped)\s+(\d+)\s*$/.exec(line) ?? []
  const pages = printedCount(digits)
  if (pages === undefined) return undefined
  return [word === 'resident' ? 'resident' : 'swapped', pages]
}
