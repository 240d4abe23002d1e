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
 * What PageTables has beside the tables of processes: a PGD for each address space and all its VmPTE
 * are taken off. Linux 6.16 and later count tables of the kernel too; tables that several processes
 * share count once in PageTables and several times here. Read until two readings agree, as
 * processes come and go.
 */
export function restOfPageTables(): number {
  const once = (): number => {
    const spaces = processIds().map(vmPte).filter((bytes) => bytes > 0)
    const total = number(read('/proc/meminfo'), /^PageTables:\s+(\d+) kB$/m) ?? Number.NaN
    return total * kib - spaces.reduce((sum, bytes) => sum + bytes + tableBytes, 0)
  }
  const readings = Array.from({ length: 15 }, once).toSorted((left, right) => left - right)
  return readings[7] ?? Number.NaN
}

/** The largest shared mapping, looked up entry by entry in /proc/PID/pagemap. */
export function sharedTables(pid: number): SharedTables {
  const [largest] = read(`/proc/${pid}/maps`)
    .split('\n')
    .flatMap((line) => {
      const match = /^([0-9a-f]+)-([0-9a-f]+) ..-?.?s /.exec(line)
      if (match === null) return []
      const [start, end] = [Number.parseInt(match[1] ?? '', 16), Number.parseInt(match[2] ?? '', 16)]
      return [{ start, bytes: end - start, huge: line.includes('anon_hugepage') }]
    })
    .toSorted((left, right) => right.bytes - left.bytes)
  if (largest === undefined) throw new Error(`process ${pid} maps nothing that is shared`)
  const { start, bytes, huge } = largest
  const touched = entriesOf(pid, start / pageBytes, bytes / pageBytes)
  const spans = (reach: number): number =>
    new Set(touched.map((page) => Math.floor((start + page * pageBytes) / reach))).size
  return {
    start,
    bytes,
    pages: touched.length,
    pte: huge ? 0 : spans(2 * mib),
    pmd: spans(gib),
    pud: spans(512 * gib),
  }
}

/** Bytes of these tables. */
export function bytesOf({ pte, pmd, pud }: SharedTables): number {
  return (pte + pmd + pud) * tableBytes
}

/** Pages, counted from the first, that are present or swapped: bits 63 and 62 of 8 bytes each. */
function entriesOf(pid: number, first: number, count: number): readonly number[] {
  const buffer = Buffer.alloc(count * 8)
  const file = openSync(`/proc/${pid}/pagemap`, 'r')
  try {
    let got = 0
    while (got < buffer.length) {
      const length = readSync(file, buffer, got, buffer.length - got, first * 8 + got)
      if (length === 0) throw new Error(`pagemap of ${pid} ends early`)
      got += length
    }
  } finally {
    closeSync(file)
  }
  return Array.from({ length: count }, (_, page) => page).filter(
    (page) => (buffer[page * 8 + 7] ?? 0) >= 64,
  )
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
