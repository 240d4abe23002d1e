import type { KillReason, OomConstraint } from '../../workload/out-of-memory.ts'

/** What an out-of-memory report of the kernel says, and what the plan of its processes adds to it. */
export interface Postmortem {
  /** When it happened, as the log has it. */
  readonly time?: string
  /** Reports in the log. */
  readonly reports: number
  /** Which of them this is, from 1. */
  readonly report: number
  /** What limited the allocation. */
  readonly constraint: OomConstraint
  /** Path of the cgroup that ran out, as the log has it. */
  readonly cgroup?: string
  /** NUMA nodes that the allocation could use. */
  readonly nodes?: string
  /** The process whose allocation failed. */
  readonly invokedBy?: string
  /** Contiguous pages that were asked for; absent where the log does not say. */
  readonly requestedPages?: number
  /** Why the kernel had to act. */
  readonly trigger: OomTrigger
  /** What the memory that could have been saved was in. */
  readonly cause: OomCause
  readonly memory: MemoryTaken
  /** Absent where neither a counter nor the list of processes says how much page tables took. */
  readonly pageTables?: TablesTaken
  /** Processes that hold the page tables; absent where the report lists none. */
  readonly holders?: TableHolders
  /** The kernel stopped the machine and killed no process. */
  readonly panicked?: true
  /** In the order of the log. */
  readonly killed: readonly Killed[]
  /** What oom_badness() picks from the list; absent where the report has no list. */
  readonly rule?: RuleChoice
  /** What the plan of these processes says; absent where nothing was planned. */
  readonly plan?: PlanChoice
}

/**
 * `memory-full`: nothing was left; `cgroup-full`: the cgroup was at its limit; `nodes-full`: the NUMA
 * nodes that the process may use; `not-contiguous`: memory was free, but in pieces that are too small;
 * `memory-free`: memory was free that this allocation could not use; `asked-for`: SysRq f.
 */
export type OomTrigger =
  | 'memory-full'
  | 'cgroup-full'
  | 'nodes-full'
  | 'not-contiguous'
  | 'memory-free'
  | 'asked-for'

/** What took a tenth of memory or more without need: page tables, idle huge pages, both or neither. */
export type OomCause = 'page-tables' | 'idle-pool' | 'both' | 'neither'

/** What took the memory of the machine, or of the cgroup that ran out. */
export interface MemoryTaken {
  /** What the kernel manages, or what the cgroup used: the sum of the lines. */
  readonly totalBytes: number
  /** The limit of the cgroup; absent for a machine. */
  readonly limitBytes?: number
  /** The largest first, what is free last. */
  readonly lines: readonly TakenLine[]
  /** What took most, page tables aside; absent where nothing did. */
  readonly largest?: TakenKind
  readonly swapBytes?: number
  readonly swapFreeBytes?: number
}

/**
 * `unlisted`: what the report counts nowhere, as memory of drivers; `overcounted`: by how much the
 * counters, which the kernel does not read at one time, exceed the total. It is negative.
 */
export type TakenKind =
  | 'page-tables'
  | 'secondary-page-tables'
  | 'shared'
  | 'private'
  | 'locked'
  | 'files'
  | 'huge-pages-used'
  | 'huge-pages-idle'
  | 'slab'
  | 'kernel-stacks'
  | 'other-kernel'
  | 'unlisted'
  | 'overcounted'
  | 'free'

/** One part of memory. */
export interface TakenLine {
  readonly kind: TakenKind
  readonly bytes: number
  /** Of the total, not rounded. */
  readonly fraction: number
}

/** Page tables at that time. */
export interface TablesTaken {
  readonly bytes: number
  /** Of the total, not rounded. */
  readonly fraction: number
  /** Read from a counter of the kernel, or the sum over the processes that it lists. */
  readonly from: 'counter' | 'processes'
  /** The list of processes was cut: at least this much. */
  readonly isLeast?: true
  /** `cause` from a tenth of memory on, `part` from a hundredth on. */
  readonly weight: 'cause' | 'part' | 'none'
}

/** Who holds the page tables. */
export interface TableHolders {
  /** Processes in the report. */
  readonly listedProcesses?: number
  /** The list was cut: more processes existed. */
  readonly isPartial?: true
  /** Groups with the most page tables first. */
  readonly groups: readonly TableHolder[]
}

/** Processes of a group, and their page tables together. */
export interface TableHolder {
  /** Absent: processes that are in no group. */
  readonly name?: string
  readonly processes: number
  readonly bytes: number
}

/** A process that the kernel killed. */
export interface Killed {
  readonly process: string
  readonly pid: number
  readonly group?: string
  /** Why the kernel took this one; absent where the log does not say. */
  readonly because?: KillReason
  /** Private memory and page tables that came back; absent where the log has neither. */
  readonly freedBytes?: number
  readonly privateBytes?: number
  readonly pageTableBytes?: number
  /** Shared memory that it had touched, which stayed. */
  readonly sharedBytes?: number
}

/** The process with the most points in the list, by the kernel's rule. */
export interface RuleChoice {
  readonly process: string
  readonly pid: number
  readonly group?: string
  /** oom_badness(), in pages. */
  readonly points?: number
  /** Whether the kernel killed it; absent where the kernel killed no process by this rule. */
  readonly agrees?: 'process' | 'group' | 'no'
}

/** What the plan says of the processes in the report. */
export interface PlanChoice {
  /** The group of the process that it expects to be killed. */
  readonly group?: string
  /** Whether the kernel killed one of that group; absent where either is unknown. */
  readonly agrees?: boolean
}
