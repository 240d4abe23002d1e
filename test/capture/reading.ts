import type { Explained } from '../../src/capture/draft/base-tables.ts'
import type { SeenMapping } from '../../src/capture/files/mapping.ts'
import type { SpaceSummary, Unusable } from '../../src/capture/files/smaps.ts'
import { mapsReader, smapsReader } from '../../src/capture/files/smaps.ts'
import { faultWords } from '../../src/capture/machine/refusal-words.ts'

/** A planner to whom every region costs nothing. */
export const costsNothing = (): Explained => ({
  ok: true,
  vmPte: new Map(),
  tables: new Map(),
  linkedBytes: 0,
  pageTablesBytes: 0,
  shared: new Map(),
})

export interface Read {
  readonly outcome: SpaceSummary | Unusable
  readonly mappings: readonly SeenMapping[]
}

/** Reads a text in pieces of so many bytes. */
export function readSpace(
  text: string | Uint8Array,
  file: 'smaps' | 'maps' = 'smaps',
  piece: number = Number.POSITIVE_INFINITY,
): Read {
  const mappings: SeenMapping[] = []
  const reader = (file === 'smaps' ? smapsReader : mapsReader)((raw) => mappings.push(raw.seen()))
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  for (let at = 0; at < bytes.length; at += piece) {
    if (reader.take(bytes.subarray(at, Math.min(bytes.length, at + piece)))) break
  }
  reader.end()
  return { outcome: reader.outcome(), mappings }
}

/** What is wrong with it; empty where nothing is. */
export function faultIn(read: Read): string {
  return 'fault' in read.outcome ? faultWords(read.outcome.fault) : ''
}

/** The line that is shown for it. */
export function placeIn(read: Read): string | undefined {
  return 'fault' in read.outcome ? read.outcome.place : undefined
}

/** A mapping of smaps as Linux 6.18 prints it; values in kB. */
export function smapsOf(
  header: string,
  values: Readonly<Record<string, number>> = {},
  flags = 'rd wr mr mw me',
): string {
  const usual = {
    Size: 4,
    KernelPageSize: 4,
    MMUPageSize: 4,
    Rss: 4,
    Pss: 4,
    Pss_Dirty: 0,
    Shared_Clean: 0,
    Shared_Dirty: 0,
    Private_Clean: 0,
    Private_Dirty: 0,
    Referenced: 4,
    Anonymous: 0,
    KSM: 0,
    LazyFree: 0,
    AnonHugePages: 0,
    ShmemPmdMapped: 0,
    FilePmdMapped: 0,
    Shared_Hugetlb: 0,
    Private_Hugetlb: 0,
    Swap: 0,
    SwapPss: 0,
    Locked: 0,
  }
  const lines = Object.entries({ ...usual, ...values }).map(
    ([key, value]) => `${`${key}:`.padEnd(16)}${String(value).padStart(8)} kB\n`,
  )
  return `${header}\n${lines.join('')}THPeligible:           0\nVmFlags: ${flags} \n`
}

export interface ProcessParts {
  readonly pid: number
  readonly program?: string
  readonly title?: string
  readonly status?: Readonly<Record<string, string>>
  readonly smaps?: string
  readonly maps?: string
  readonly cgroup?: string
}

/** KiB that all mappings span, but for those of the kernel. */
function spanOf(text = ''): number {
  const ranges = text.matchAll(/^([0-9a-f]{1,13})-([0-9a-f]{1,13}) /gm)
  const sizes = [...ranges].map(([, start = '', end = '']) => {
    return (Number.parseInt(end, 16) - Number.parseInt(start, 16)) / 1024
  })
  return Math.max(
    4,
    sizes.reduce((sum, size) => sum + size, 0),
  )
}

/** Files of a process as a copied tree has them. */
export function processFiles(parts: ProcessParts): Readonly<Record<string, string>> {
  const { pid, program = 'server', title = `/usr/bin/${program}`, smaps, maps, cgroup } = parts
  const status = {
    Name: program.slice(0, 15),
    State: 'S (sleeping)',
    PPid: '1',
    Uid: '26\t26\t26\t26',
    Gid: '26\t26\t26\t26',
    VmSize: `${Math.max(spanOf(smaps), spanOf(maps))} kB`,
    VmRSS: '    9000 kB',
    RssAnon: '    1000 kB',
    VmPTE: '     100 kB',
    VmSwap: '       0 kB',
    Threads: '1',
    ...parts.status,
  }
  const lines = Object.entries(status).map(([key, value]) => `${key}:\t${value}\n`)
  const folder = `proc/${pid}`
  return {
    [`${folder}/status`]: lines.join(''),
    [`${folder}/cmdline`]: `${title.replaceAll(' ', '\0')}\0`,
    ...(smaps === undefined ? {} : { [`${folder}/smaps`]: smaps }),
    ...(maps === undefined ? {} : { [`${folder}/maps`]: maps }),
    ...(cgroup === undefined ? {} : { [`${folder}/cgroup`]: cgroup }),
  }
}

export const machineFiles: Readonly<Record<string, string>> = {
  // A machine, not a part of one.
  'proc/2/status': 'Name:\tkthreadd\nState:\tS (sleeping)\nPPid:\t0\n',
  'proc/meminfo':
    'MemTotal:       16777216 kB\nSwapTotal:       1048576 kB\nAnonPages:         20000 kB\nShmem:             70000 kB\nPageTables:         4000 kB\nSUnreclaim:        50000 kB\nHugePages_Total:       0\nHugepagesize:       2048 kB\n',
  'proc/cpuinfo': 'processor\t: 0\nflags\t\t: fpu vme pse lm\n',
  'proc/version': 'Linux version 6.12.9-amd64 (someone) (gcc) #1 SMP\n',
  'proc/sys/kernel/osrelease': '6.12.9-amd64\n',
  'proc/sys/vm/overcommit_memory': '0\n',
  'proc/sys/vm/overcommit_ratio': '50\n',
  'sys/kernel/mm/transparent_hugepage/enabled': 'always [madvise] never\n',
  'sys/kernel/mm/transparent_hugepage/shmem_enabled':
    'always within_size advise [never] deny force\n',
  'sys/devices/system/cpu/vulnerabilities/meltdown': 'Mitigation: PTI\n',
}
