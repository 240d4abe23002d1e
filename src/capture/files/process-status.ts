import type { Fault } from './fault.ts'
import type { KeyedLines, Value } from './kernel-text.ts'
import { countOf, isTwice, keyedLines, kibOf, wordsOf } from './kernel-text.ts'

/** /proc/PID/status of a process with memory; in KiB. What the kernel did not print is absent. */
export interface ProcessStatus {
  /** 15 characters at most, escaped by the kernel. */
  readonly comm: string
  readonly parent: number
  readonly uid: number
  readonly gid: number
  readonly threads: number
  /**
   * Tables of all levels but p4d and pgd: task_mem() in fs/proc/task_mmu.c. From Linux 4.0 to 4.14 the
   * sum of VmPTE and VmPMD, which count pte and pmd tables ("mm: account pmd page tables to the
   * process"; "mm: consolidate page table accounting"); before, pte tables alone.
   */
  readonly vmPte?: number
  /** There is a VmPMD, so that VmPTE itself counts pte tables alone. */
  readonly hasVmPmd?: true
  /** VmSize: what all mappings span. */
  readonly size?: number
  readonly rss?: number
  readonly rssAnon?: number
  readonly rssShmem?: number
  readonly swap?: number
  readonly locked?: number
  /** Everything that tells one address space from another. */
  readonly print: string
}

/** `idle`: a kernel thread or a zombie, which has no memory of its own. */
export type StatusReading =
  | { readonly kind: 'process'; readonly status: ProcessStatus }
  | { readonly kind: 'kernel-thread' | 'zombie' }
  | { readonly kind: 'faulty'; readonly fault: Fault }

/** Memory figures that two processes with one address space have in common. */
const prints = [
  'VmPeak',
  'VmSize',
  'VmHWM',
  'VmRSS',
  'VmData',
  'VmStk',
  'VmPTE',
  'VmPMD',
  'VmSwap',
] as const

/** Every key that a reading asks for: of the others, half a hundred, nothing is kept. */
const asked: ReadonlySet<string> = new Set([
  ...prints,
  ...['Name', 'State', 'PPid', 'Uid', 'Gid', 'Threads'],
  ...['VmLck', 'RssAnon', 'RssShmem'],
])

/**
 * Reads /proc/PID/status: proc_pid_status() in fs/proc/array.c.
 * @param memory MemTotal in KiB, where it is known: nothing that is in memory is more.
 */
export function readStatus(text: string, memory?: number): StatusReading {
  const lines = keyedLines(text, asked)
  const state = wordsOf(lines, 'State')?.trim().slice(0, 1)
  if (state === undefined) return { kind: 'faulty', fault: { kind: 'missing', key: 'State' } }
  if (state === 'Z' || state === 'X') return ofEnded(text)
  if (wordsOf(lines, 'VmSize') === undefined) return withoutSize(text)
  const { figures, faults } = figuresIn(lines, memory)
  const [parent, uid, gid] = [parentOf(lines), secondId(lines, 'Uid'), secondId(lines, 'Gid')]
  if (parent === undefined || uid === undefined || gid === undefined) {
    faults.push({ kind: 'ids-missing' })
  }
  const [fault] = faults
  if (fault !== undefined) return { kind: 'faulty', fault }
  const status: Writable<ProcessStatus> = {
    comm: (wordsOf(lines, 'Name') ?? '').replace(/^\t/, ''),
    parent: parent ?? 0,
    uid: uid ?? 0,
    gid: gid ?? 0,
    threads: Math.max(1, figures.threads ?? 1),
    print: printOf(lines),
  }
  addSizes(status, figures)
  return { kind: 'process', status }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

function printOf(lines: KeyedLines): string {
  let print = ''
  for (const key of prints) print += `${wordsOf(lines, key)?.trim() ?? ''},`
  return print
}

/** Without the keys that have no value: absent is not zero. Thousands of statuses are read, so key by key. */
function addSizes(status: Writable<ProcessStatus>, figures: Figures): void {
  const { vmPte, vmPmd, size, rss, rssAnon, rssShmem, swap, locked } = figures
  if (vmPte !== undefined) status.vmPte = vmPte + (vmPmd ?? 0)
  if (vmPte !== undefined && vmPmd !== undefined) status.hasVmPmd = true
  if (size !== undefined) status.size = size
  if (rss !== undefined) status.rss = rss
  if (rssAnon !== undefined) status.rssAnon = rssAnon
  if (rssShmem !== undefined) status.rssShmem = rssShmem
  if (swap !== undefined) status.swap = swap
  if (locked !== undefined) status.locked = locked
}

/** Numbers of a status, in KiB but for `threads`. */
interface Figures {
  readonly vmPte: number | undefined
  readonly vmPmd: number | undefined
  readonly size: number | undefined
  readonly rss: number | undefined
  readonly rssAnon: number | undefined
  readonly rssShmem: number | undefined
  readonly swap: number | undefined
  readonly locked: number | undefined
  readonly threads: number | undefined
}

/** Numbers of a status, and what is wrong with it. */
function figuresIn(
  text: KeyedLines,
  memory: number | undefined,
): { readonly figures: Figures; readonly faults: Fault[] } {
  const faults: Fault[] = []
  for (const key of ids) if (isTwice(text, key)) faults.push({ kind: 'twice', key })
  const number = (value: Value): number | undefined => {
    if (typeof value !== 'object') return value
    faults.push(value.fault)
    return undefined
  }
  const within = (key: string): number | undefined => {
    const value = number(kibOf(text, key))
    if (value !== undefined && value > (memory ?? value)) {
      faults.push({ kind: 'above-mem-total', key })
    }
    return value
  }
  const figures = {
    vmPte: within('VmPTE'),
    vmPmd: within('VmPMD'),
    size: number(kibOf(text, 'VmSize')),
    rss: number(kibOf(text, 'VmRSS')),
    rssAnon: within('RssAnon'),
    rssShmem: number(kibOf(text, 'RssShmem')),
    swap: number(kibOf(text, 'VmSwap')),
    locked: number(kibOf(text, 'VmLck')),
    threads: number(countOf(text, 'Threads')),
  }
  addContradictions(faults, figures)
  return { figures, faults }
}

/** PID_MAX_LIMIT: include/linux/threads.h. */
export const mostThreads: number = 2 ** 22

/** Values that no process has. */
function addContradictions(faults: Fault[], { vmPte, rss, rssAnon, threads = 1 }: Figures): void {
  if (rss !== undefined && (rssAnon ?? 0) > rss) faults.push({ kind: 'rss-below-anonymous' })
  if (vmPte === 0 && (rss ?? 0) > 0) faults.push({ kind: 'pages-without-tables' })
  if (threads < 1 || threads > mostThreads) faults.push({ kind: 'impossible-threads', threads })
}

/** A main thread that ends before the others is a zombie, and its mappings are theirs. */
function ofEnded(text: string): StatusReading {
  const threads = countOf(text, 'Threads')
  if (typeof threads !== 'number' || threads <= 1) return { kind: 'zombie' }
  return { kind: 'faulty', fault: { kind: 'main-thread-ended' } }
}

/** What is no size; the name of a process, which could be anything, has its line feeds escaped. */
const ids = ['PPid', 'Uid', 'Gid']

/** Only the kernel's threads have no memory: kthreadd, process 2, and its children. */
function withoutSize(text: string): StatusReading {
  const isThread = ['0', '2'].includes(wordsOf(text, 'PPid')?.trim() ?? '0')
  if (isThread && !/^(Vm|Rss)/m.test(text)) return { kind: 'kernel-thread' }
  return { kind: 'faulty', fault: { kind: 'missing', key: 'VmSize' } }
}

/** The process whose thread has this status, where the kernel says: Tgid of proc_pid_status(). */
export function leaderOf(text: string): number | undefined {
  return firstId(text, 'Tgid') || undefined
}

/** The process that started this one, or took it over. */
export function parentOf(text: string | KeyedLines): number | undefined {
  return firstId(text, 'PPid')
}

function firstId(text: string | KeyedLines, key: string): number | undefined {
  return idIn(text, key, /^\s*(\d{1,10})(?!\S)/)
}

/** The effective id, second of real, effective, saved and file-system id: it decides on access. */
function secondId(text: string | KeyedLines, key: string): number | undefined {
  return idIn(text, key, /^\s*\S+\s+(\d{1,10})(?!\S)/)
}

function idIn(text: string | KeyedLines, key: string, form: RegExp): number | undefined {
  const digits = form.exec(wordsOf(text, key) ?? '')?.[1]
  return digits === undefined ? undefined : Number(digits)
}
