import { processId, wholeNumber } from './numbers.ts'
import { present } from './present.ts'
import type { Task, TaskDump } from './report.ts'

/** Reads the list of processes: dump_tasks() of mm/oom_kill.c. */
export interface TaskReader {
  /** @returns false where the line is not of the list. */
  readonly take: (line: string) => boolean
  /** What follows the list was seen. */
  readonly close: () => void
  readonly isEmpty: () => boolean
  readonly has: (pid: number) => boolean
  readonly dump: () => TaskDump
}

const names = [
  ...(['uid', 'rss', 'rss_anon', 'rss_file', 'rss_shmem', 'pgtables_bytes'] as const),
  ...(['nr_ptes', 'nr_pmds', 'nr_puds', 'swapents', 'oom_score_adj'] as const),
]

/** The columns between the process id and the name: how many, and the place of those that are used, or -1. */
interface Columns {
  readonly size: number
  readonly at: Readonly<Record<(typeof names)[number], number>>
}

function columnsOf(list: readonly string[]): Columns {
  const places = names.map((name) => [name, list.indexOf(name)] as const)
  return { size: list.length, at: Object.fromEntries(places) as Columns['at'] }
}

export function readTasks(): TaskReader {
  const tasks: Task[] = []
  const seen = new Set<number>()
  let columns: Columns | undefined
  let hasHead = false
  let isClosed = false
  let isCut = false
  const taskIn = (line: string): Task | 'cut' | undefined => {
    const numbers = numbersOf(line, columns?.size ?? mostColumns)
    if (numbers === undefined) return undefined
    if (isCutShort(line, numbers, hasHead ? columns : undefined)) return 'cut'
    columns ??= guessedColumns(numbers.values)
    return columns === undefined ? undefined : taskOf(line, numbers, columns)
  }
  const keep = (task: Task): void => {
    if (!seen.has(task.pid) && tasks.length < mostTasks) tasks.push(task)
    seen.add(task.pid)
  }
  const takeTask = (line: string): boolean => {
    const task = taskIn(line)
    if (task === 'cut') isCut = true
    else if (task !== undefined) keep(task)
    return task !== undefined
  }
  return {
    take: (line) => {
      if (!line.startsWith('[')) return false
      const head = headOf(line)
      columns = head ?? columns
      hasHead ||= head !== undefined
      return head !== undefined || takeTask(line)
    },
    close: () => {
      isClosed = true
    },
    isEmpty: () => tasks.length === 0,
    has: (pid) => seen.has(pid),
    dump: () => ({
      tasks,
      listed: tasks.length,
      tables: tablesIn(columns),
      isWhole: hasHead && isClosed && !isCut,
    }),
  }
}

/** PID_MAX_LIMIT, include/linux/threads.h: there are no more processes. */
const mostTasks = 4_194_304
const mostColumns = 10

/** journalctl ends what is wider than the terminal like this: numbers may be missing, or have lost digits. */
function isCutShort(line: string, numbers: Numbers, columns: Columns | undefined): boolean {
  if (!/…$|[.]{3}$/.test(line)) return false
  const name = line.slice(numbers.end).trim()
  return columns === undefined || numbers.values.length < columns.size || /^[.…\d]/.test(name)
}

/** `[  pid  ]   uid  tgid total_vm      rss … name`: the columns have the names of the release. */
function headOf(line: string): Columns | undefined {
  if (!line.includes('total_vm')) return undefined
  const found = /^\[\s*pid\s*\]\s+(uid\s+tgid\s+total_vm\s[a-z_\s]{0,200})\bname\b/.exec(line)
  return found?.[1] === undefined ? undefined : columnsOf(found[1].trim().split(/\s+/))
}

/** Without the head: releases print different numbers of columns. */
function guessedColumns({ length, 4: fifth = 0 }: readonly number[]): Columns | undefined {
  const [first, last] = [
    ['uid', 'tgid', 'total_vm', 'rss'],
    ['swapents', 'oom_score_adj'],
  ]
  if (length >= 10) {
    return columnsOf([...first, 'rss_anon', 'rss_file', 'rss_shmem', 'pgtables_bytes', ...last])
  }
  if (length === 9) return columnsOf([...first, 'nr_ptes', 'nr_pmds', 'nr_puds', ...last])
  if (length === 8) return columnsOf([...first, 'nr_ptes', 'nr_pmds', ...last])
  // Bytes of tables are whole tables; no process of the first lines of a list has so many tables.
  const tables = fifth >= 4096 && fifth % 1024 === 0 ? 'pgtables_bytes' : 'nr_ptes'
  return length === 7 ? columnsOf([...first, tables, ...last]) : undefined
}

/** Since Linux 4.15 ("mm: consolidate page table accounting"); nr_ptes, nr_pmds before. */
function tablesIn(columns: Columns | undefined): TaskDump['tables'] {
  if ((columns?.at.pgtables_bytes ?? -1) >= 0) return 'bytes'
  return (columns?.at.nr_ptes ?? -1) >= 0 ? 'counts' : 'none'
}

interface Numbers {
  readonly pid: number
  readonly values: readonly number[]
  /** Where the name begins. */
  readonly end: number
}

function taskOf(line: string, { pid, values, end }: Numbers, columns: Columns): Task | undefined {
  const { size, at } = columns
  const [uid, rss] = [values[at.uid], values[at.rss]]
  const name = line.slice(end).trim().slice(0, longestName)
  if (values.length < size || uid === undefined || rss === undefined || name === '')
    return undefined
  const swap = least(values[at.swapents])
  // The kernel prints ids as signed numbers: 4294967294 is -2.
  const user = uid < 0 ? uid + 2 ** 32 : uid
  const adj = Math.max(-1000, Math.min(1000, values[at.oom_score_adj] ?? 0))
  const task = { pid, uid: user, name, rss: least(rss), swap, adj, ...tablesOf(values, columns) }
  const [anon, file, shmem] = [values[at.rss_anon], values[at.rss_file], values[at.rss_shmem]]
  return anon === undefined
    ? task
    : { ...task, anon: least(anon), file: least(file), shmem: least(shmem) }
}

/** Counters of rss that drift can print below 0, as 0 is meant. */
function least(value = 0): number {
  return Math.max(0, value)
}

function tablesOf(values: readonly number[], { at }: Columns): Pick<Task, 'tableBytes' | 'tables'> {
  const [tableBytes, pte] = [values[at.pgtables_bytes], values[at.nr_ptes]]
  if (tableBytes !== undefined) return { tableBytes: least(tableBytes) }
  if (pte === undefined) return {}
  return {
    tables: { pte: least(pte), ...present({ pmd: values[at.nr_pmds], pud: values[at.nr_puds] }) },
  }
}

/** TASK_COMM_LEN is 16; escapes of what cannot be printed are longer. */
const longestName = 64

/** `[ 1234]` and up to so many numbers behind it. */
function numbersOf(line: string, most: number): Numbers | undefined {
  const close = line.indexOf(']')
  const pid = close < 0 ? undefined : processId(line.slice(1, close).trim())
  if (pid === undefined) return undefined
  const values: number[] = []
  let end = close + 1
  while (values.length < most) {
    const start = pastSpaces(line, end)
    const stop = line.indexOf(' ', start)
    if (start === end || stop < 0 || !isNumber(line, start, stop)) break
    const value = numberIn(line.slice(start, stop))
    if (value === undefined) return undefined
    values.push(value)
    end = stop
  }
  return { pid, values, end }
}

function pastSpaces(line: string, from: number): number {
  let at = from
  while (line.charCodeAt(at) === 32) at += 1
  return at
}

/** Digits, perhaps with a minus sign; no more than 64 bits have. */
function isNumber(line: string, start: number, stop: number): boolean {
  const first = line.charCodeAt(start) === 45 ? start + 1 : start
  if (first === stop || stop - first > 20) return false
  for (let at = first; at < stop; at += 1) {
    const code = line.charCodeAt(at)
    if (code < 48 || code > 57) return false
  }
  return true
}

function numberIn(text: string): number | undefined {
  if (!text.startsWith('-')) return possible(wholeNumber(text))
  const value = possible(wholeNumber(text.slice(1)))
  return value === undefined ? undefined : -value
}

/** No process has more pages, or page tables of more bytes: 2^52 bytes is the memory that x86-64 can address. */
function possible(value: number | undefined): number | undefined {
  return value !== undefined && value <= 2 ** 52 / 4096 ? value : undefined
}
