import { readFileSync } from 'node:fs'

/** Of x86-64, as all that is measured here. */
export const pageBytes = 4096

/** What /proc/PID/status says of the memory of a process, in bytes. */
export interface Status {
  readonly residentBytes: number
  readonly anonymousBytes: number
  readonly swapBytes: number
  readonly tableBytes: number
}

/** Throws where the process has ended, or is a thread of the kernel, which has no memory of its own. */
export function statusOf(pid: number): Status {
  const text = readFileSync(`/proc/${pid}/status`, 'latin1')
  const bytesOf = (key: string): number => {
    const found = new RegExp(`^${key}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1]
    if (found === undefined) throw new RangeError(`process ${pid} has no ${key}`)
    return Number(found) * 1024
  }
  return {
    residentBytes: bytesOf('VmRSS'),
    anonymousBytes: bytesOf('RssAnon'),
    swapBytes: bytesOf('VmSwap'),
    tableBytes: bytesOf('VmPTE'),
  }
}

/** A number of /proc/meminfo in bytes; counts, as HugePages_Total, as they are. */
export function meminfo(key: string): number {
  const found = new RegExp(`^${key}:\\s+(\\d+)( kB)?$`, 'm').exec(
    readFileSync('/proc/meminfo', 'latin1'),
  )
  if (found === null) throw new RangeError(`/proc/meminfo has no ${key}`)
  return Number(found[1]) * (found[2] === undefined ? 1 : 1024)
}
