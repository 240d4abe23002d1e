import { sum } from '../../../units/sum.ts'
import { wholeNumber } from './numbers.ts'
import { present } from './present.ts'
import type { MemoryInfo, Pool, Zone } from './report.ts'

/** Reads the lines of Mem-Info one by one. What is said twice counts once: the first time. */
export interface MemoryReader {
  /** @returns false where the line is not of Mem-Info. */
  readonly take: (line: string) => boolean
  readonly info: () => MemoryInfo
}

/** show_free_areas() and __show_mem() of mm/show_mem.c; before 6.4 mm/page_alloc.c and lib/show_mem.c. */
export function readMemory(): MemoryReader {
  const counters = new Map<string, number>()
  const zones = new Map<string, Zone>()
  const stacks = new Map<string, number>()
  const pools = new Map<string, Pool>()
  const figures = new Map<string, number>()
  const keep = (name: string, digits: string | undefined): void => {
    const value = wholeNumber(digits)
    if (value !== undefined && !figures.has(name)) figures.set(name, value)
  }
  const takeBlocks = (line: string): boolean => {
    const blocks = buddies.exec(line)
    if (blocks !== null) keep('page', blocks[1])
    return blocks !== null
  }
  const takeAmount = (line: string): boolean => {
    const amount = amounts.exec(line)
    if (amount === null) return false
    const [, digits, pages, swap, kib] = amount
    keep(pages ?? swap ?? '', pages === undefined ? kib : digits)
    return true
  }
  const takers: readonly ((line: string) => boolean)[] = [
    (line) => takeZone(line, zones, stacks),
    takeBlocks,
    (line) => line.startsWith('Node ') && takeNode(line, stacks, pools),
    takeAmount,
    (line) => takeCounters(line, counters),
  ]
  return {
    take: (line) => begins.test(line) && takers.some((take) => take(line)),
    info: () => ({
      counters,
      zones: [...zones.values()],
      kernelStackKib: sum(stacks.values()),
      pools: [...pools.values()],
      ...present({
        swapTotal: figures.get('Total swap'),
        swapFree: figures.get('Free swap'),
        ramPages: figures.get('RAM'),
        reservedPages: figures.get('reserved'),
        pageKib: figures.get('page'),
      }),
    }),
  }
}

/** What lines of Mem-Info begin with. */
const begins = /^\s?(?:Node \d|DMA|Normal|HighMem|Movable|Device|Free|Total|\d+ p|[a-z_]+:\d)/
const zoneHead = /^(Node \d{1,5} )?(DMA|DMA32|Normal|HighMem|Movable|Device) free:/
/** The list of free blocks begins with those of one page. */
const buddies = /^(?:Node \d{1,5} )?(?:DMA|DMA32|Normal|HighMem|Movable|Device): \d+[*](\d{1,5})kB/
const amounts =
  /^(?:(\d{1,20}) pages (RAM|reserved)|(Free swap|Total swap) {1,2}= (\d{1,20})kB)\s*$/

function takeZone(line: string, zones: Map<string, Zone>, stacks: Map<string, number>): boolean {
  const [head, node = '', name] = zoneHead.exec(line) ?? []
  if (head === undefined || name === undefined) return false
  const key = node + name
  if (zones.has(key)) return true
  const [free, min, there] = [kibOf(line, 'free'), kibOf(line, 'min'), kibOf(line, 'present')]
  // The line may be cut.
  if (free === undefined || min === undefined || there === undefined) return true
  zones.set(key, {
    name,
    free,
    min,
    present: there,
    ...present({ managed: kibOf(line, 'managed') }),
  })
  keepStack(stacks, key, line)
  return true
}

function takeNode(line: string, stacks: Map<string, number>, pools: Map<string, Pool>): boolean {
  const pool = pooled.exec(line)
  if (pool !== null) {
    const [, node, ...numbers] = pool
    const [total, free, pageKib] = numbers.map(wholeNumber)
    const key = `${node} ${pageKib}`
    const isWhole = total !== undefined && free !== undefined && pageKib !== undefined
    if (isWhole && free <= total && !pools.has(key)) pools.set(key, { pageKib, total, free })
    return true
  }
  const node = /^Node (\d{1,5}) active_anon:/.exec(line)
  if (node === null) return false
  keepStack(stacks, `node ${node[1]}`, line)
  return true
}

/** hugetlb_show_meminfo_node() of mm/hugetlb.c. */
const pooled =
  /^Node (\d{1,5}) hugepages_total=(\d{1,20}) hugepages_free=(\d{1,20}) hugepages_surp=\d+ hugepages_size=(\d{1,20})kB/

function keepStack(stacks: Map<string, number>, key: string, line: string): void {
  const kib = kibOf(line, 'kernel_stack')
  if (kib !== undefined && !stacks.has(key)) stacks.set(key, kib)
}

/** `word:123kB` in the line of a zone or a node. */
function kibOf(line: string, word: string): number | undefined {
  const at = line.indexOf(` ${word}:`)
  if (at < 0) return undefined
  const start = at + word.length + 2
  const end = line.indexOf('kB', start)
  return end < 0 ? undefined : wholeNumber(line.slice(start, end).trim())
}

/** Counters of the whole machine, in pages: several on a line, none with a unit. */
function takeCounters(line: string, counters: Map<string, number>): boolean {
  if (!/^\s*[a-z_]+:\d/.test(line)) return false
  for (const [, name = '', digits] of line.matchAll(/(?:^|\s)([a-z_]{3,40}):(\d{1,20})(?=\s|$)/g)) {
    const value = wholeNumber(digits)
    if (known.has(name) && value !== undefined && !counters.has(name)) counters.set(name, value)
  }
  return true
}

const known: ReadonlySet<string> = new Set([
  ...['active_anon', 'inactive_anon', 'isolated_anon', 'active_file', 'inactive_file'],
  ...['isolated_file', 'unevictable', 'slab_reclaimable', 'slab_unreclaimable', 'shmem'],
  ...['pagetables', 'sec_pagetables', 'free', 'bounce', 'writeback', 'mapped'],
])
