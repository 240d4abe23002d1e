import { readFileSync } from 'node:fs'

/** Of x86-64, as all that is measured here. */
export const pageBytes = 4096

/** Memory of a process, in bytes. */
export interface Status {
  /**
   * RSS as oom_badness() has it, from /proc/PID/stat: counted cpu by cpu and not quite added up. Since
   * Linux 6.17 ("mm: fix the inaccurate memory statistics issue for users") VmRSS is exact instead,
   * up to a batch for each cpu away.
   */
  readonly residentBytes: number
  /** RSS to the page: what the page tables say when they are walked. */
  readonly walkedBytes: number
  /** RssAnon, VmSwap, VmPTE. */
  readonly anonymousBytes: number
  readonly swapBytes: number
  readonly tableBytes: number
}

/** Throws where the process has ended, or is a thread of the kernel, which has no memory of its own. */
export function statusOf(pid: number): Status {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1')
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  // Field 24; the second is the name in brackets, and may hold anything.
  const resident = stat.slice(stat.lastIndexOf(')')).split(' ')[22]
  return {
    residentBytes: Number(resident) * pageBytes,
    walkedBytes: bytesOf(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'), 'Rss'),
    anonymousBytes: bytesOf(status, 'RssAnon'),
    swapBytes: bytesOf(status, 'VmSwap'),
    tableBytes: bytesOf(status, 'VmPTE'),
  }
}

function bytesOf(text: string, key: string): number {
  const found = new RegExp(`^${key}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1]
  if (found === undefined) throw new RangeError(`no ${key}`)
  return Number(found) * 1024
}

/** A number of /proc/meminfo in bytes; counts, as HugePages_Total, as they are. */
export function meminfo(key: string): number {
  const found = new RegExp(`^${key}:\\s+(\\d+)( kB)?$`, 'm').exec(
    readFileSync('/proc/meminfo', 'latin1'),
  )
  if (found === null) throw new RangeError(`/proc/meminfo has no ${key}`)
  return Number(found[1]) * (found[2] === undefined ? 1 : 1024)
}
