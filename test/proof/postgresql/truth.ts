import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { gib, kib, mib } from '../../build.ts'

/*
 * What the kernel says of a server, read in the plainest way and by none of the code that is tested.
 */

/** The shared memory of one process, and the tables that it needs for what has entries of it. */
export interface SharedTables {
  readonly start: number
  readonly bytes: number
  /** Base pages with an entry. */
  readonly pages: number
  readonly pte: number
  readonly pmd: number
  readonly pud: number
}

const tableBytes = 4 * kib
const pageBytes = 4 * kib
const entryBytes = 8
/** Base pages of a huge page. */
const hugePages = 512
const readings = 5

/** The postmaster and its children. */
export function processesOf(postmaster: number): readonly number[] {
  const children = processIds().filter((pid) => parentOf(pid) === postmaster)
  return [postmaster, ...children]
}

/** In bytes; 0 once the process is gone. */
export function vmPte(pid: number): number {
  return (number(read(`/proc/${pid}/status`), /^VmPTE:\s+(\d+) kB$/m) ?? 0) * kib
}

/** Sum of VmPTE, in bytes. */
export function sumOfVmPte(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + vmPte(pid), 0)
}

/**
 * PageTables without what all other processes have of it: their VmPTE and a PGD each. What is left
 * are the tables of these processes and, since Linux 6.16, those of the kernel. The middle of several
 * readings, as processes come and go.
 */
export function pageTablesOf(pids: readonly number[]): number {
  const once = (): number => {
    const others = processIds()
      .filter((pid) => !pids.includes(pid))
      .map(vmPte)
      .filter((bytes) => bytes > 0)
    const total = number(read('/proc/meminfo'), /^PageTables:\s+(\d+) kB$/m) ?? Number.NaN
    return total * kib - others.reduce((sum, bytes) => sum + bytes + tableBytes, 0)
  }
  const all = Array.from({ length: readings }, once).toSorted((left, right) => left - right)
  return all[Math.floor(readings / 2)] ?? Number.NaN
}

/** The largest shared mapping, looked up entry by entry in /proc/PID/pagemap. */
export function sharedTables(pid: number): SharedTables {
  const [largest] = read(`/proc/${pid}/maps`)
    .split('\n')
    .flatMap((line) => {
      const match = /^([0-9a-f]+)-([0-9a-f]+) ..-?.?s /.exec(line)
      if (match === null) return []
      const [start, end] = [
        Number.parseInt(match[1] ?? '', 16),
        Number.parseInt(match[2] ?? '', 16),
      ]
      return [{ start, bytes: end - start, huge: line.includes('anon_hugepage') }]
    })
    .toSorted((left, right) => right.bytes - left.bytes)
  if (largest === undefined) throw new Error(`process ${pid} maps nothing that is shared`)
  const { start, bytes, huge } = largest
  const found = {
    pages: 0,
    pte: spanCounter(2 * mib),
    pmd: spanCounter(gib),
    pud: spanCounter(512 * gib),
  }
  const step = huge ? hugePages : 1
  eachEntry(pid, { first: start / pageBytes, count: bytes / pageBytes, step }, (page) => {
    found.pages += step
    for (const counter of [found.pte, found.pmd, found.pud]) counter.add(page * pageBytes)
  })
  const { pages, pte, pmd, pud } = found
  return { start, bytes, pages, pte: huge ? 0 : pte.count(), pmd: pmd.count(), pud: pud.count() }
}

/** Spans that hold one of the addresses, which come in ascending order. */
function spanCounter(reach: number) {
  let [count, last] = [0, -1]
  const add = (address: number): void => {
    const span = Math.floor(address / reach)
    if (span !== last) count += 1
    last = span
  }
  return { add, count: () => count }
}

/** Bytes of these tables. */
export function bytesOf({ pte, pmd, pud }: SharedTables): number {
  return (pte + pmd + pud) * tableBytes
}

interface Entries {
  readonly first: number
  readonly count: number
  /** Every so many one is looked at: those of a huge page are alike. */
  readonly step: number
}

/** Pages that are present or swapped out: bits 63 and 62 of the 8 bytes of each. */
function eachEntry(
  pid: number,
  { first, count, step }: Entries,
  visit: (page: number) => void,
): void {
  const buffer = Buffer.alloc(step === 1 ? count * entryBytes : entryBytes)
  const entries = buffer.length / entryBytes
  const file = openSync(`/proc/${pid}/pagemap`, 'r')
  try {
    for (let page = 0; page < count; page += entries * step) {
      fill(buffer, file, (first + page) * entryBytes)
      for (let entry = 0; entry < entries; entry += 1) {
        if ((buffer[entry * entryBytes + 7] ?? 0) >= 64) visit(first + page + entry)
      }
    }
  } finally {
    closeSync(file)
  }
}

function fill(buffer: Buffer, file: number, position: number): void {
  for (let got = 0; got < buffer.length; ) {
    const length = readSync(file, buffer, got, buffer.length - got, position + got)
    if (length === 0) throw new Error('pagemap ends early')
    got += length
  }
}

function processIds(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
}

function parentOf(pid: number): number | undefined {
  return number(read(`/proc/${pid}/status`), /^PPid:\s+(\d+)$/m)
}

/** Empty once the process is gone. */
function read(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

function number(text: string, pattern: RegExp): number | undefined {
  const found = pattern.exec(text)?.[1]
  return found === undefined ? undefined : Number(found)
}
