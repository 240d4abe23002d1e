import type { PlainUnit } from './printed-number.ts'
import { kibOf, printedKib } from './printed-number.ts'

/** The lines of `free`, as words. */
export interface FreeTable {
  readonly total: string
  /** Shared memory, which is Shmem of meminfo since procps 3.3.10. */
  readonly shared?: string
  readonly swap?: string
}

/** The heading in every version of procps: `total used free shared buff/cache available` or `buffers cached`. */
export function isFreeHeading(line: string): boolean {
  return /^\s*total\s+used\s+free\s+shared\s+buff/.test(line)
}

/** Takes a line of the table; `undefined` where it is no line of it. */
export function freeLine(line: string): Partial<FreeTable> | undefined {
  if (/^(Low|High|Total|-\/\+ buffers\/cache|Comm):/.test(line)) return {}
  const [label, total, , , shared] = line.trim().split(/\s+/, 8)
  if (total === undefined || printedKib(total) === undefined) return undefined
  if (label === 'Mem:') return { total, ...(shared === undefined ? {} : { shared }) }
  return label === 'Swap:' ? { swap: total } : undefined
}

/** The unit that an option of `free` names: `free -m`, `free_-m`. */
export function freeUnit(command: string): PlainUnit | undefined {
  const option =
    /(?:^|[^a-z])free[\s_]+-{1,2}(?:\w*?)(bytes|kibi|mebi|gibi|tebi|human|[bkmgh])/.exec(
      command,
    )?.[1]
  const letter = option?.slice(0, 1).toUpperCase()
  return letter === 'B' || letter === 'K' || letter === 'M' || letter === 'G' || letter === 'T'
    ? letter
    : undefined
}

/** What `free` says, in the form of meminfo. */
export interface FreeMemory {
  readonly meminfo: string
  readonly unit: PlainUnit
  /** The unit was printed or named; else it is an assumption. */
  readonly isKnown: boolean
  /** KiB by which a figure may be larger: figures are rounded down to their unit. */
  readonly roundedKib: number
}

/**
 * @param named the unit by the command; absent: unknown.
 * @param atLeast KiB that the machine has at least, by what its processes have in memory.
 */
export function memoryOfFree(
  { total, shared, swap }: FreeTable,
  named: PlainUnit | undefined,
  atLeast: number,
): FreeMemory {
  const own = /([bkmgtpe])(?:i?b?)$/i.exec(total)?.[1]?.toUpperCase() as PlainUnit | undefined
  const unit = own ?? named ?? likelyUnit(total, atLeast)
  const line = (key: string, word: string | undefined): string => {
    const kib = printedKib(word, unit)
    return kib === undefined ? '' : `${key}: ${kib} kB\n`
  }
  const meminfo = `${line('MemTotal', total)}${line('SwapTotal', swap)}${line('Shmem', shared)}`
  const isKnown = own !== undefined || named !== undefined
  return { meminfo, unit, isKnown, roundedKib: own === undefined ? kibOf[unit] : kibOf[unit] / 10 }
}

/** KiB, as without options, unless the machine would then be too small for its processes. */
function likelyUnit(total: string, atLeast: number): PlainUnit {
  const fits = (unit: PlainUnit): boolean =>
    (printedKib(total, unit) ?? 0) >= Math.max(atLeast, least)
  return (['K', 'M', 'G'] as const).find(fits) ?? 'K'
}

/** No server has less memory: 64 MiB. */
const least = 64 * 1024
