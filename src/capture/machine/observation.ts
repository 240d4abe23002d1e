import type { Intervals } from '../../space/intervals.ts'
import type { HostFiles } from '../files/host-files.ts'
import type { SeenMapping } from '../files/mapping.ts'
import type { Touched } from '../files/pagemap.ts'
import type { SpaceSummary } from '../files/smaps.ts'
import type { Identity } from './selection.ts'

/** Everything that was seen of a machine and its processes. */
export interface Observation {
  readonly live: boolean
  readonly files: HostFiles
  /** Those that were chosen, each address space once. */
  readonly processes: readonly SeenProcess[]
  /** The others with memory of their own. */
  readonly elsewhere: Elsewhere
  /** There is no other process on the machine: those that were seen are all there are. */
  readonly complete: boolean
  readonly counts: Counts
  /** How many of those that were chosen have no smaps in the copy. */
  readonly smapsMissing: number
  /** Sentences on files that could not be read or used. */
  readonly refusals: readonly string[]
  readonly objects: ReadonlyMap<string, SeenObject>
}

export interface Elsewhere {
  readonly processes: number
  /** In KiB. */
  readonly vmPte: number
}

/** Processes that are in no group, and why. */
export interface Counts {
  kernelThreads: number
  zombies: number
  /** Ended while they were looked at. */
  vanished: number
  /** Have the address space of another: a child of vfork(), a CLONE_VM sibling. */
  sharing: number
  /** Threads of others, in folders of their own. */
  threads: number
  /** Could not be read. */
  refused: number
}

export interface SeenProcess extends Identity {
  readonly oomScoreAdj?: number
  /** Absent where the mappings were refused. */
  readonly space?: SeenSpace
}

export interface SeenSpace extends SpaceSummary {
  /** By address; of objects only, not of private memory. */
  readonly mappings: number
  readonly mapped: readonly MappedObject[]
  /** Runs of private memory that need tables; absent where only maps was read. */
  readonly privates?: PrivateRuns
  /** Smaps was read, not only maps. */
  readonly counted: boolean
}

/** Spans of pte tables, from the start of the address space, that the private mappings of a process need, as far as it can be known while it is looked at. */
export interface PrivateRuns {
  /** Spans with pages. */
  readonly certain: Intervals
  /** And spans that may have some. */
  readonly possible: Intervals
  /** All that they reach. */
  readonly whole: Intervals
  /** Mappings whose pages can be in one span or another. */
  readonly loose: readonly LooseMapping[]
}

/** A private mapping with pages, in spans that are not known. */
export interface LooseMapping {
  readonly first: number
  readonly last: number
  /** Frames with pages. */
  readonly pages: number
  /** Other private mappings reach into the span. */
  readonly sharesFirst: boolean
  readonly sharesLast: boolean
}

/** A mapping of an object that can be a region. */
export interface MappedObject {
  /** Key of the object; empty until it is known among all. */
  readonly object: string
  readonly mapping: SeenMapping
  /** From pagemap; absent where that was not read. */
  readonly touched?: Touched
  /** No file shows its touched pages: capture assumes all of them. */
  readonly supposed?: true
}

/** Memory that processes map: a file, a segment, an object of shmem or hugetlb. */
export interface SeenObject {
  readonly key: string
  readonly kind: ObjectKind
  /** As the kernel shows it. */
  readonly name: string
  readonly inode: string
  /** KiB; the base page's where it has no huge pages. */
  pageKib: number
  /** Frames from its start that some process maps. */
  frames: number
  locked: boolean
  /** Bytes of it that are in memory or swapped out, whichever process touched them; absent where unknown. */
  stored?: number
  /** Pages that pagemap shows in some process, by index; absent until it was read. */
  marks?: Uint8Array
  /** Pages that some process has all of, by index. */
  full: Intervals
}

export type ObjectKind =
  | 'sysv-shm'
  | 'posix-shm'
  | 'memfd'
  | 'anonymous-shared'
  | 'file'
  | 'dax'
  | 'hugetlbfs'
  | 'mshare'
  /** Private huge pages: each process has its own. */
  | 'private-hugetlb'
