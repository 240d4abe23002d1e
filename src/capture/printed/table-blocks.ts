import { describesHost } from '../files/host-files.ts'
import type { FreeTable } from './free-table.ts'
import { freeLine, isFreeHeading } from './free-table.ts'
import type { FreeBlocks } from './node-tables.ts'
import { freeBlocksIn, memoryRowIn, nodesIn } from './node-tables.ts'
import type { ProcessList } from './process-list.ts'
import { ProcessRows, processColumns } from './process-list.ts'
import type { ListedSegment, SegmentTotals } from './segment-list.ts'
import { makerIn, segmentIn, segmentTable, totalIn } from './segment-list.ts'

/** Something that was recognised in a text, with the name of the text. */
export type Piece = { readonly source: string } & (
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  | { readonly kind: 'processes'; readonly list: ProcessList }
  | {
      readonly kind: 'segments'
      readonly segments: readonly ListedSegment[]
      readonly unreadable: number
    }
  | { readonly kind: 'makers'; readonly makers: ReadonlyMap<number, number> }
  | { readonly kind: 'totals'; readonly totals: Partial<SegmentTotals> }
  | { readonly kind: 'free'; readonly table: FreeTable; readonly command: string }
  | { readonly kind: 'blocks'; readonly blocks: readonly FreeBlocks[] }
  | { readonly kind: 'nodes'; readonly nodes: number; readonly meminfo: string }
)

export type Content = Piece extends infer One
  ? One extends Piece
    ? Omit<One, 'source'>
    : never
  : never

/** The lines of one table, or of one file. */
export interface Block {
  /** @returns false if the line does not belong to it. */
  readonly take: (line: string) => boolean
  readonly end: () => Content | undefined
  /** Lines that are none of its own are counted, and do not end it. */
  readonly skip?: () => void
}

/** What begins with the line; `undefined` where nothing known does. */
export function blockAt(line: string, command: string): Block | undefined {
  return fileAt(line) ?? tableAt(line, command) ?? sectionAt(line)
}

/** Copies of files of /proc, and outputs that are kept as they are. */
function fileAt(line: string): Block | undefined {
  const plain = line.trimStart()
  if (/^MemTotal:\s+\d+ kB\s*$/.test(plain))
    return fileOf('proc/meminfo', /^\w[\w()]*:\s+\d+( kB)?$/, line)
  if (/^key\s+shmid\s+perms\s+size\s+cpid\s/.test(plain)) {
    return fileOf('proc/sysvipc/shm', /^-?\d+\s+\d+\s/, line)
  }
  if (/^Linux version \S/.test(plain)) return fileOf('proc/version', /^$/, line)
  if (/^Linux \S+ \d+\.\d+\S* #?\S/.test(plain)) {
    return fileOf('sos_commands/kernel/uname_-a', /^$/, line)
  }
  if (/^(vm|kernel)\.\w[\w.-]* = /.test(plain)) {
    return fileOf('sos_commands/kernel/sysctl_-a', /^\w[\w./:@-]* = /, line)
  }
  return /^processor\s*:\s*\d+$/.test(plain)
    ? fileOf('proc/cpuinfo', /^[\w ()]+:/, line)
    : undefined
}

function fileOf(path: string, form: RegExp, first: string): Block {
  const lines = [first.trim()]
  const take = (line: string): boolean => {
    const plain = line.trim()
    // One more MemTotal is one more copy.
    const belongs = plain !== '' && form.test(plain) && !plain.startsWith('MemTotal:')
    if (belongs) lines.push(plain)
    return belongs
  }
  return { take, end: () => ({ kind: 'file', path, text: `${lines.join('\n')}\n` }) }
}

/** `# /proc/sys/vm/nr_hugepages` of supportconfig, with the content of the file below it. */
function sectionAt(line: string): Block | undefined {
  const path = /^# \/((?:proc|sys)\/[\w./-]+)$/.exec(line)?.[1]
  if (path === undefined || !describesHost(path) || ownForm.has(path)) return undefined
  const lines: string[] = []
  const take = (content: string): boolean => {
    if (content === '' || content.startsWith('#==[')) return false
    lines.push(content)
    return true
  }
  return {
    take,
    end: () =>
      lines.length === 0 ? undefined : { kind: 'file', path, text: `${lines.join('\n')}\n` },
  }
}

/** Recognised by their first line, with or without a section. */
const ownForm: ReadonlySet<string> = new Set([
  'proc/meminfo',
  'proc/sysvipc/shm',
  'proc/version',
  'proc/cpuinfo',
])

function tableAt(line: string, command: string): Block | undefined {
  const columns = processColumns(line)
  if (columns !== undefined) return processBlock(new ProcessRows(columns))
  const table = segmentTable(line)
  if (table !== undefined) return segmentBlock(table)
  if (isFreeHeading(line)) return freeBlock(command)
  return totalsBlock(line) ?? blocksBlock(line) ?? nodesBlock(line)
}

function processBlock(rows: ProcessRows): Block {
  return {
    take: (line) => rows.take(line) || (line !== '' && isSame(processColumns(line), rows)),
    skip: () => rows.countUnreadable(),
    end: () => ({ kind: 'processes', list: rows.list() }),
  }
}

/** `ps --headers` repeats its heading on every page. */
function isSame(columns: ReturnType<typeof processColumns>, rows: ProcessRows): boolean {
  return columns !== undefined && JSON.stringify(columns) === JSON.stringify(rows.columns)
}

function segmentBlock(table: 'segments' | 'makers' | 'other'): Block {
  const segments: ListedSegment[] = []
  const makers = new Map<number, number>()
  let unreadable = 0
  const take = (line: string): boolean => {
    if (line === '') return false
    const [segment, maker] = [segmentIn(line), makerIn(line)]
    if (table === 'segments' && segment !== undefined) segments.push(segment)
    else if (table === 'makers' && maker !== undefined) makers.set(...maker)
    else return table === 'other' && /^\s*(0x)?[\da-f]+\s/i.test(line)
    return true
  }
  const skip = (): void => {
    unreadable += 1
  }
  const content: Readonly<Record<typeof table, () => Content | undefined>> = {
    segments: () => ({ kind: 'segments', segments, unreadable }),
    makers: () => ({ kind: 'makers', makers }),
    other: () => undefined,
  }
  return { take, end: content[table], ...(table === 'segments' ? { skip } : {}) }
}

function freeBlock(command: string): Block {
  let table: Partial<FreeTable> = {}
  const take = (line: string): boolean => {
    const found = freeLine(line)
    if (found === undefined) return false
    // `free -s` prints again and again; the last one counts.
    table = { ...table, ...found }
    return true
  }
  const end = (): Content | undefined => {
    const { total } = table
    return total === undefined ? undefined : { kind: 'free', table: { ...table, total }, command }
  }
  return { take, end }
}

function totalsBlock(first: string): Block | undefined {
  if (!/^segments allocated\s+\d+\s*$/.test(first)) return undefined
  const totals: { resident?: number; swapped?: number } = {}
  const take = (line: string): boolean => {
    const found = totalIn(line)
    if (found !== undefined) totals[found[0]] = found[1]
    return found !== undefined || line.startsWith('pages ')
  }
  return { take, end: () => ({ kind: 'totals', totals }) }
}

function blocksBlock(first: string): Block | undefined {
  const head = freeBlocksIn(first)
  if (head === undefined) return undefined
  const blocks = [head]
  const take = (line: string): boolean => {
    const found = freeBlocksIn(line)
    if (found !== undefined) blocks.push(found)
    return found !== undefined
  }
  return { take, end: () => ({ kind: 'blocks', blocks }) }
}

function nodesBlock(first: string): Block | undefined {
  const nodes = nodesIn(first)
  if (nodes === undefined) return undefined
  const rows: string[] = []
  const take = (line: string): boolean => {
    if (/^[\s-]*$/.test(line)) return line !== ''
    const row = memoryRowIn(line)
    if (row !== undefined) rows.push(row)
    return row !== undefined || /^[A-Za-z_()]+(\s+[\d.,]+)+\s*$/.test(line.trim().slice(0, 1000))
  }
  return {
    take,
    end: () => ({ kind: 'nodes', nodes, meminfo: rows.length === 0 ? '' : `${rows.join('\n')}\n` }),
  }
}
