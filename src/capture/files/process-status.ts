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

/**
 * Reads /proc/PID/status: proc_pid_status() in fs/proc/array.c.
 * @param memory MemTotal in KiB, where it is known: nothing that is in memory is more.
 */
export function readStatus(text: string, memory?: number): StatusReading {
  const lines = keyedLines(text)
  const state = wordsOf(lines, 'State')?.trim().slice(0, 1)
  if (state === undefined) return { kind: 'faulty', fault: { kind: 'missing', key: 'State' } }
  if (state === 'Z' || state === 'X') return ofEnded(text)
  if (wordsOf(lines, 'VmSize') === undefined) return withoutSize(text)
  const { figures, faults } = figuresIn(lines, memory)
  const found = [parentOf(lines), secondId(lines, 'Uid'), secondId(lines, 'Gid')]
  const [parent, uid, gid] = found
  if (found.includes(undefined)) faults.push({ kind: 'ids-missing' })
  const [fault] = faults
  if (fault !== undefined) return { kind: 'faulty', fault }
  const { threads, vmPmd, ...others } = figures
  const sizes = vmPmd === undefined ? others : { ...others, ...tablesOf(others.vmPte, vmPmd) }
  const status = {
    comm: (wordsOf(lines, 'Name') ?? '').replace(/^\t/, ''),
    parent: parent ?? 0,
    uid: uid ?? 0,
    gid: gid ?? 0,
    threads: Math.max(1, threads ?? 1),
    print: prints.map((key) => wordsOf(lines, key)?.trim()).join(),
  }
  return { kind: 'process', status: { ...status, ...present(sizes) } }
}

function tablesOf(vmPte: number | undefined, vmPmd: number) {
  return vmPte === undefined ? {} : { vmPte: vmPte + vmPmd, hasVmPmd: true as const }
}

/** Numbers of a status, and what is wrong with it. */
function figuresIn(text: KeyedLines, memory: number | undefined) {
  const faults: Fault[] = ids
    .filter((key) => isTwice(text, key))
    .map((key) => ({ kind: 'twice', key }))
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
  faults.push(...contradictions(figures))
  return { figures, faults }
}

/** PID_MAX_LIMIT: include/linux/threads.h. */
export const mostThreads: number = 2 ** 22

/** Values that no process has. */
function contradictions(figures: {
  readonly vmPte: number | undefined
  readonly rss: number | undefined
  readonly rssAnon: number | undefined
  readonly threads: number | undefined
}): readonly Fault[] {
  const { vmPte, rss, rssAnon, threads = 1 } = figures
  return [
    ...(rss !== undefined && (rssAnon ?? 0) > rss
      ? [{ kind: 'rss-below-anonymous' } as const]
      : []),
    ...(vmPte === 0 && (rss ?? 0) > 0 ? [{ kind: 'pages-without-tables' } as const] : []),
    ...(threads < 1 || threads > mostThreads
      ? [{ kind: 'impossible-threads', threads } as const]
      : []),
  ]
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

type Present<T> = { readonly [Key in keyof T]?: Exclude<T[Key], undefined> }

/** Without the keys that have no value: absent is not zero. */
function present<T extends object>(values: T): Present<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Present<T>
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
  return idAt(text, key, 0)
}

/** The effective id, second of real, effective, saved and file-system id: it decides on access. */
function secondId(text: string | KeyedLines, key: string): number | undefined {
  return idAt(text, key, 1)
}

function idAt(text: string | KeyedLines, key: string, index: number): number | undefined {
  const word = wordsOf(text, key)?.trim().split(/\s+/)[index]
  return word !== undefined && /^\d{1,10}$/.test(word) ? Number(word) : undefined
}
