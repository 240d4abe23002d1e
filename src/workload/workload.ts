import type { Layout } from '../geometry/layout.ts'
import type { TouchSet } from '../space/touch-set.ts'
import type { KernelVersion } from '../units/kernel-version.ts'
import type { Bytes, Count, Pages } from '../units/quantity.ts'

/** What is planned: one machine, the memory objects on it, and who maps them. Plain data. */
export interface Workload {
  readonly host: Host
  readonly regions: readonly Region[]
  readonly groups: readonly Group[]
  readonly mshareRevision: MshareRevision
  /** Ids to compare, in order; absent: all that the layout has. */
  readonly strategies?: readonly string[]
  readonly gates: Gates
  /** Findings that are accepted for a time; absent: none. */
  readonly allow?: readonly Waiver[]
  /** Absent: nothing was measured. */
  readonly measured?: Measured
  /** The largest residual that verify lets pass: bytes, or a fraction of what was measured. */
  readonly maxResidual?: Threshold
}

export interface Host {
  /** MemTotal. */
  readonly memory: Bytes
  readonly layout: Layout
  readonly kernel: KernelVersion
  /** The PGD takes two pages. */
  readonly pti: boolean
  readonly swap: Bytes
  readonly reserves: readonly NamedBytes[]
  /** The kernel's min watermark; absent: derived as the kernel derives it. */
  readonly minFree?: Bytes
  readonly hugepages: readonly HugePagePool[]
  /** Sizes of huge page that this machine has; absent: all those of the layout. */
  readonly hugepageSizes?: readonly Bytes[]
  readonly overcommit: { readonly mode: 'heuristic' | 'always' | 'never'; readonly ratio: number }
  readonly thp: { readonly anonymous: ThpAnonymous; readonly shmem: ThpShmem }
  readonly cgroups: readonly { readonly name: string; readonly limit: Bytes }[]
}

export interface NamedBytes {
  readonly name: string
  readonly bytes: Bytes
}

export interface HugePagePool {
  readonly pageBytes: Bytes
  readonly count: Count
}

export type ThpAnonymous = 'always' | 'madvise' | 'never'
export type ThpShmem = 'always' | 'within_size' | 'advise' | 'never'

export const backings = [
  'sysv-shm',
  'posix-shm',
  'memfd',
  'anonymous-shared',
  'file',
  'dax',
  'hugetlbfs',
  'anonymous',
] as const
/** What stands behind a region; `anonymous` is private: each process has its own copy. */
export type Backing = (typeof backings)[number]

/** Programs whose settings are known. */
export const programs = [
  'postgresql',
  'oracle',
  'mysql',
  'mariadb',
  'java',
  'redis',
  'hana',
  'other',
] as const
export type Program = (typeof programs)[number]

/**
 * What happens when the huge-page pool is too small: nothing starts; an object that the pool cannot
 * hold is on base pages whole; or the pool backs what it can, and base pages the rest.
 */
export const fallbacks = ['fail', 'base-pages', 'mixed'] as const
export type Fallback = (typeof fallbacks)[number]

export interface Region {
  readonly name: string
  /** So many independent regions of this kind, each mapped by one instance of its groups; absent: 1. */
  readonly copies?: Count
  /** Some of the copies that the scenario has; absent: all of them. */
  readonly part?: CopiesPart
  readonly size: Bytes
  /** `size` in base pages, rounded up. */
  readonly pages: Pages
  readonly backing: Backing
  /** Base page size, or the size of the hugetlb page (huge entry on dax). */
  readonly pageBytes: Bytes
  /** Backed by transparent huge pages, PMD-mapped where alignment allows. */
  readonly thp: boolean
  readonly locked: boolean
  /** How much of it is in memory while a process maps it; absent: what is touched. */
  readonly resident?: ResidentAmount
  readonly fallback: Fallback
  /** Region before this one that must have all its huge pages, or this one asks for none; absent: it asks. */
  readonly after?: string
  /** Whose settings decide on its pages; `other`: a program that is not known. */
  readonly program: Program
  /** Its release, as `9.2` or `18`; absent: the newest. */
  readonly programRelease?: string
  /** Equal, contiguous, separately mapped pieces. */
  readonly objects: Count
  /** Absent: not marked as shared through mshare. */
  readonly mshare?: MshareTerms
}

/** What of a region is in memory, whoever touched it; of an `anonymous` one in each process. */
export interface ResidentAmount {
  readonly bytes: Bytes
  /** It may be more: what is touched, where that is more. Else it is the figure itself. */
  readonly atLeast: boolean
}

/** Mode of an mshare region whose scenario names none. */
export const defaultMshareMode = 0o600

/** Who may open an mshare region; what is absent is that of the first group that maps it. */
export interface MshareTerms {
  /** File mode, 0 to 0o777. */
  readonly mode: number
  readonly uid?: number
  readonly gid?: number
  /** Name of the group whose process creates the region. */
  readonly owner?: string
}

export type MshareRevision = 'rfc-2022' | 'v3-2025'

/** Past it the kernel has no process ids: PID_MAX_LIMIT, include/linux/threads.h. */
export const mostProcesses = 4_194_304

/** Copies of a region or group of that name in the scenario, from `first` on, counted from 0. */
export interface CopiesPart {
  readonly name: string
  readonly first: number
}

/** How many there are of a region or a group, written once. */
export function copiesOf({ copies }: { readonly copies?: number }): number {
  return copies ?? 1
}

/** Processes that are alike. */
export interface Group {
  readonly name: string
  /** So many independent instances, each with regions and a cgroup of its own; absent: 1. */
  readonly copies?: Count
  /** Some of the copies that the scenario has; absent: all of them. */
  readonly part?: CopiesPart
  /** Of all instances together. */
  readonly processes: Count
  readonly threads: Count
  /** Resident private memory of one process. */
  readonly private: Bytes
  readonly lockedPrivate: Bytes
  /** Page tables of one process for its program, libraries, heap and stack; without PGD. */
  readonly baseTables: Bytes
  /**
   * The part of baseTables that is a default; the rest follows from `private` and `threads`. Absent:
   * baseTables are given.
   */
  readonly assumedTables?: Bytes
  /** Kernel stack, task, mm and files of one process or thread. */
  readonly kernelMemory: Bytes
  readonly uid: number
  readonly gid: number
  readonly cgroup?: string
  readonly oomScoreAdj: number
  readonly shortLived: boolean
  readonly maps: readonly Mapping[]
}

export interface Mapping {
  /** Name of the region. */
  readonly region: string
  /** Page index of the address, where one is given. */
  readonly at?: Pages
  /** The kernel chose that address, and would choose another for other pages; absent: it is fixed. */
  readonly movable?: true
  /** First page of the region that is mapped. */
  readonly offset: Pages
  readonly length: Pages
  /** Pages ever touched by one process, relative to the mapping's start. */
  readonly touched: TouchSet
  readonly access: 'rw' | 'ro'
  /** A MAP_PRIVATE mapping. */
  readonly private: boolean
}

export interface Gates {
  readonly risk?: RiskLevel
  /** Least headroom: bytes, or a fraction of host memory. */
  readonly headroom?: Threshold
  /** Most page tables: bytes, or a fraction of host memory. */
  readonly pageTables?: Threshold
  /** No finding of this severity, or a worse one, may stand without a waiver. */
  readonly findings?: Severity
  /** Most growth of page tables over a baseline: bytes, or a fraction of the baseline. All hold. */
  readonly growth?: readonly Threshold[]
  /** Id of the strategy that is judged. */
  readonly strategy: string
}

/** What the counters of a running machine said when the scenario was captured. */
export interface Measured {
  /** PageTables of /proc/meminfo. */
  readonly pageTables?: Bytes
  readonly groups: readonly MeasuredGroup[]
  /** Processes that were seen and are in no group. */
  readonly elsewhere?: MeasuredElsewhere
  /** Processes of the groups whose mappings could not be read: what they share is in no region. */
  readonly withoutMappings?: Count
  /** Paths of the scenario whose value was measured, and where it was read. */
  readonly sources: readonly { readonly path: string; readonly source: string }[]
}

export interface MeasuredElsewhere extends MeasuredProcesses {
  /** There were others, of which nothing is known. */
  readonly partial?: true
}

export interface MeasuredProcesses {
  readonly processes: Count
  /** Sum of VmPTE over them. */
  readonly vmPte: Bytes
}

export interface MeasuredGroup extends MeasuredProcesses {
  readonly name: string
  /** Page tables of their private memory, all together; absent where nobody looked. */
  readonly ownTables?: OwnTables
  /** Their baseTables are what the regions leave of this very VmPTE, which proves nothing then. */
  readonly fitted?: true
}

/** What page tables of private memory take by its mappings, in bytes. */
export interface OwnTables {
  /** Needed by pages that are in memory, which lie somewhere in their mappings. */
  readonly least: Bytes
  readonly most: Bytes
  /** Needed if all of it were touched. */
  readonly mapped: Bytes
}

export type Threshold =
  | { readonly kind: 'bytes'; readonly bytes: Bytes }
  | { readonly kind: 'fraction'; readonly fraction: number }

/** How much a finding matters, the least first: `error` breaks the plan, `warning` may, `note` explains. */
export const severities = ['note', 'warning', 'error'] as const
export type Severity = (typeof severities)[number]

/** A finding that somebody accepts, until when and why. */
export interface Waiver {
  /** Id of the finding, `MSP005`. */
  readonly finding: string
  /** The last day on which it counts, in UTC, as `2027-01-31`. */
  readonly until: string
  readonly reason: string
}

export const riskLevels = ['safe', 'tight', 'swapping', 'oom'] as const
export type RiskLevel = (typeof riskLevels)[number]

/** A default that was used: where it would be written, its value as written there, and why. */
export interface Assumption {
  /** Path in the scenario, as `groups.clients.baseTables`. */
  readonly path: string
  readonly value: string
  readonly source: string
  /** The value is written in the scenario, which itself says that it was assumed. */
  readonly stated?: true
  /** The kernel release that the scenario gives: none so late is known, and `value` is planned. */
  readonly laterKernel?: string
}
