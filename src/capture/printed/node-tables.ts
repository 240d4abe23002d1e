import { printedCount } from './printed-number.ts'

/** A row of /proc/buddyinfo: free blocks by order, frag_show_print() in mm/vmstat.c. */
export interface FreeBlocks {
  readonly node: number
  /** Blocks of 2^index base pages. */
  readonly blocks: readonly number[]
}

export function freeBlocksIn(line: string): FreeBlocks | undefined {
  const [, node, rest] = /^Node (\d{1,5}), zone\s+\S+((?:\s+\d{1,16}){4,32})\s*$/.exec(line) ?? []
  const words = rest?.trim().split(/\s+/) ?? []
  const blocks = words.flatMap((word) => printedCount(word) ?? [])
  if (node === undefined || blocks.length !== words.length) return undefined
  return { node: Number(node), blocks }
}

/** The number of nodes that `numastat` heads its columns with; `undefined` for another line. */
export function nodesIn(line: string): number | undefined {
  const plain = line.trim()
  if (/^node\d+(\s+node\d+)*$/.test(plain)) return plain.split(/\s+/).length
  return /^(Node \d+\s+)+Total$/.test(plain) ? (plain.match(/Node/g) ?? []).length : undefined
}

/** The last column of a row of `numastat -m`, all nodes together in MiB, as meminfo has it. */
export function memoryRowIn(line: string): string | undefined {
  const words = line.trim().split(/\s+/, mostNodes)
  const [key = '', ...values] = words
  const total = /^(\d{1,12})[.,](\d\d)$/.exec(values.at(-1) ?? '')
  if (values.length < 2 || !/^[A-Z][A-Za-z_]+(\(\w+\))?$/.test(key) || total === null)
    return undefined
  const mib = Number(`${total[1]}.${total[2]}`)
  // Pools are MiB here, a count in meminfo.
  return key.startsWith('HugePages_') ? undefined : `${key}: ${Math.round(mib * 1024)} kB`
}

const mostNodes = 2000
