import type { Bytes, Count } from '../units/quantity.ts'

/** What a kernel's out-of-memory report says, and what follows from its list of processes. */
export interface OutOfMemory {
  /** When it happened, as the log has it. */
  readonly time?: string
  /** What limited the allocation. */
  readonly constraint: OomConstraint
  /** Path of the cgroup that ran out of memory, as the log prints it. */
  readonly cgroup?: string
  /** The limit of that cgroup. */
  readonly limit?: Bytes
  /** NUMA nodes that the allocation could use, as the log lists them: `0-1`. */
  readonly nodes?: string
  /** Name of the process whose allocation failed. */
  readonly invokedBy?: string
  /** The allocation asked for 2^order contiguous pages; -1: a person asked for it, with SysRq f. */
  readonly order?: number
  /** The memory of the machine, or of the cgroup where the cgroup ran out. */
  readonly memory: OomMemory
  /** The list of processes in the report. */
  readonly listed?: ListedProcesses
  /** The kernel stopped the machine and killed no process: vm.panic_on_oom, or no process was left. */
  readonly panicked?: true
  /** Processes that the kernel killed, in the order of the log. */
  readonly killed: readonly KilledProcess[]
  /** The listed process that oom_badness() gives the most points; absent where no list says it. */
  readonly chosen?: ChosenProcess
  /** Reports in the log. */
  readonly reports: Count
  /** Which of them this is, from 1. */
  readonly report: Count
}

/** `enum oom_constraint` of include/linux/oom.h; `machine` is CONSTRAINT_NONE. */
export type OomConstraint = (typeof oomConstraints)[number]

/** What can limit an allocation. */
export const oomConstraints = ['machine', 'cgroup', 'cpuset', 'mempolicy'] as const

/** A part of memory that the report counts. */
export type OomPart = (typeof oomParts)[number]

/**
 * Parts of memory. `hugetlbFree` is in `hugetlb`; `kernel`, of a cgroup, holds slab, stacks and both
 * kinds of page tables. Every other part excludes the others.
 */
export const oomParts = [
  'free',
  'anonymous',
  'shared',
  'locked',
  'file',
  'slab',
  'kernelStack',
  'pageTables',
  'secondaryPageTables',
  'kernel',
  'hugetlb',
  'hugetlbFree',
] as const

/** Bytes of each part that the report counts. */
export interface OomMemory extends Readonly<Partial<Record<OomPart, Bytes>>> {
  /** Memory that the kernel manages, or what the cgroup used. */
  readonly total: Bytes
  /** Swap of the machine, or what the cgroup may use of it. */
  readonly swapTotal?: Bytes
  /** What was free of it. */
  readonly swapFree?: Bytes
}

/** How much of the list of processes was read. */
export interface ListedProcesses {
  readonly processes: Count
  /** The list was cut: more processes existed. */
  readonly partial?: true
}

/** A process by name and number. */
export interface NamedProcess {
  /** Its command, at most 15 characters: TASK_COMM_LEN. */
  readonly process: string
  readonly pid: number
  /** The group of the scenario that it belongs to. */
  readonly group?: string
}

/** The process that the kernel's own rule picks from the list. */
export interface ChosenProcess extends NamedProcess {
  /** oom_badness(), in pages: negative with a low oom_score_adj. */
  readonly points?: number
}

/** Why the kernel killed a process; `unknown` is not a reason: the key is absent then. */
export type KillReason = (typeof killReasons)[number]

/** Most points; vm.oom_kill_allocating_task; memory.oom.group; it shared the memory of a victim. */
export const killReasons = ['points', 'allocating-task', 'oom-group', 'same-memory'] as const

/** A process that the kernel killed: bytes as the log has them. */
export interface KilledProcess extends NamedProcess {
  readonly because?: KillReason
  /** anon-rss: private memory, which comes back. */
  readonly anonymous?: Bytes
  /** file-rss: mapped files, which the kernel could have dropped anyway. */
  readonly file?: Bytes
  /** shmem-rss: shared memory, which stays. */
  readonly shared?: Bytes
  readonly swap?: Bytes
  /** Its page tables, which come back. */
  readonly pageTables?: Bytes
  readonly oomScoreAdj?: number
}
