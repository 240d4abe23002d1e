import { mostThreads } from '../files/process-status.ts'
import { printedCount, printedKib } from './printed-number.ts'
import type { Columns, Row } from './table-row.ts'
import { rowOf } from './table-row.ts'

/** A process as `ps` or `top` lists it; sizes in KiB. What has no column is absent. */
export interface ListedProcess {
  readonly pid: number
  readonly parent?: number
  /** Name or number, cut with a `+` where its column is too narrow. */
  readonly user?: string
  readonly size?: number
  readonly rss?: number
  /** The part of RSS that files and shared memory back: SHR of top. */
  readonly shared?: number
  readonly threads: number
  readonly comm?: string
  readonly title: string
}

/** The processes of one list. */
export interface ProcessList {
  readonly processes: readonly ListedProcess[]
  readonly kernelThreads: number
  readonly zombies: number
  readonly unreadable: number
  readonly hasRss: boolean
}

type Field =
  | 'pid'
  | 'parent'
  | 'user'
  | 'size'
  | 'rss'
  | 'shared'
  | 'threads'
  | 'thread'
  | 'state'
  | 'text'

/** Headings of procps: the table of format specifiers in src/ps/output.c; those of top in src/top/top.c. */
const headings: ReadonlyMap<string, Field> = new Map<string, Field>([
  ['PID', 'pid'],
  ['TGID', 'pid'],
  ['PPID', 'parent'],
  ...['USER', 'UID', 'EUSER', 'RUSER', 'EUID', 'RUID', 'UNAME'].map(
    (one) => [one, 'user'] as const,
  ),
  ...['VSZ', 'VSIZE', 'VIRT'].map((one) => [one, 'size'] as const),
  ...['RSS', 'RSZ', 'RSSIZE', 'RES'].map((one) => [one, 'rss'] as const),
  ['SHR', 'shared'],
  ['NLWP', 'threads'],
  ['THCNT', 'threads'],
  ...['LWP', 'SPID', 'TID'].map((one) => [one, 'thread'] as const),
  ...['S', 'STAT', 'STATE'].map((one) => [one, 'state'] as const),
  ...['COMMAND', 'CMD', 'ARGS', 'UCMD', 'COMM'].map((one) => [one, 'text'] as const),
])

/** The columns that a line heads; `undefined` where it heads no list of processes. */
export function processColumns(line: string): Columns<Field> | undefined {
  if (!line.includes('PID') || line.length > longestHeading) return undefined
  const words = line.trim().split(/\s+/)
  if (words.some((word) => !/^[%A-Z][A-Z0-9_:+%]*$/.test(word))) return undefined
  const fields = words.map((word) => headings.get(word))
  const texts = fields.flatMap((field, index) => (field === 'text' ? [index] : []))
  if (!fields.includes('pid') || (texts.length === 0 && !fields.includes('rss'))) return undefined
  return columnsOf(line, fields, texts)
}

const longestHeading = 1000

function columnsOf(
  line: string,
  fields: readonly (Field | undefined)[],
  texts: readonly number[],
): Columns<Field> {
  const [first = fields.length, second] = texts
  const isPair = second === first + 1
  // Each field once: USER before UID, PID before TGID.
  const once = fields.map((field, index) =>
    field === 'text' || fields.indexOf(field) !== index ? undefined : field,
  )
  const narrow = isPair ? startOfWordAt(line, second) - startOfWordAt(line, first) : undefined
  return {
    left: once.slice(0, first),
    right: once.slice((isPair ? second : first) + 1),
    hasText: texts.length > 0,
    ...(narrow === undefined ? {} : { narrow }),
  }
}

function startOfWordAt(line: string, index: number): number {
  const starts = [...line.matchAll(/\S+/g)].map((match) => match.index)
  return starts[index] ?? 0
}

/** Takes the rows of a list as they come. */
export class ProcessRows {
  readonly columns: Columns<Field>
  readonly #byPid = new Map<number, { process: ListedProcess; rows: number }>()
  #last: number | undefined
  #kernelThreads = 0
  #zombies = 0
  #unreadable = 0

  constructor(columns: Columns<Field>) {
    this.columns = columns
  }

  /** @returns false if the line is no row of the list. */
  take(line: string): boolean {
    const row = rowOf(line, this.columns)
    if (row === undefined) return false
    if (row.values.get('pid') === '-') return this.#countThread()
    // No process is without a name: the row was cut off.
    if (this.columns.hasText && row.text === '') return false
    const process = processIn(row)
    if (process === undefined) return false
    const state = row.values.get('state') ?? ''
    if (/^[ZX]/.test(state) || process.title.endsWith('<defunct>')) this.#zombies += 1
    else if (isKernelThread(process)) this.#kernelThreads += 1
    else this.#add(process)
    return true
  }

  countUnreadable(): void {
    this.#unreadable += 1
  }

  list(): ProcessList {
    const all = [...this.#columnsNamed()]
    return {
      processes: [...this.#byPid.values()].map(({ process, rows }) =>
        rows > process.threads ? { ...process, threads: Math.min(rows, mostThreads) } : process,
      ),
      kernelThreads: this.#kernelThreads,
      zombies: this.#zombies,
      unreadable: this.#unreadable,
      hasRss: all.includes('rss'),
    }
  }

  #columnsNamed(): readonly (Field | undefined)[] {
    return [...this.columns.left, ...this.columns.right]
  }

  /** `ps m` lists threads below their process, with a dash for its number. */
  #countThread(): true {
    const known = this.#last === undefined ? undefined : this.#byPid.get(this.#last)
    if (known !== undefined) known.rows += 1
    return true
  }

  /** A process again is another thread of it, as `ps -L` lists them. */
  #add(process: ListedProcess): void {
    const known = this.#byPid.get(process.pid)
    this.#last = process.pid
    if (known === undefined) {
      const isOfThreads = this.#columnsNamed().includes('thread')
      this.#byPid.set(process.pid, { process, rows: isOfThreads ? 1 : 0 })
    } else known.rows = Math.max(1, known.rows) + 1
  }
}

function processIn({ values, narrow, text }: Row<Field>): ListedProcess | undefined {
  const count = (field: Field): number | undefined => printedCount(values.get(field))
  const kib = (field: Field): number | undefined => printedKib(values.get(field))
  const pid = count('pid')
  if (pid === undefined || pid === 0 || pid > mostThreads) return undefined
  for (const field of ['size', 'rss', 'shared'] as const) {
    const word = values.get(field)
    if (word !== undefined && word !== '-' && kib(field) === undefined) return undefined
  }
  const threads = count('threads') ?? 1
  if (threads > mostThreads) return undefined
  const title = plainTitle(text)
  const comm = narrow === undefined || narrow === '' ? undefined : narrow
  return {
    pid,
    threads: Math.max(1, threads),
    title: title === '' ? (comm ?? '') : title,
    ...present({
      parent: count('parent'),
      user: values.get('user'),
      size: kib('size'),
      rss: kib('rss'),
      shared: kib('shared'),
      comm,
    }),
  }
}

function present<T extends object>(
  values: T,
): { readonly [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    readonly [Key in keyof T]?: Exclude<T[Key], undefined>
  }
}

/** Without the branches of `ps f`, and without what has no meaning but for a terminal. */
function plainTitle(text: string): string {
  return text.slice(0, longestTitle).replace(/^(?:[ |]{0,400}\\_ )/, '')
}

/** A command line may have megabytes; its beginning says what it is. */
const longestTitle = 4096

/** The kernel's own threads have no memory, and ps puts their names in brackets. */
function isKernelThread({ title, size = 0, rss = 0, pid, parent }: ListedProcess): boolean {
  if (size > 0 || rss > 0) return false
  return /^\[.*\]$/.test(title) || pid === 2 || parent === 2
}
