import type { KilledProcessText, OutOfMemoryText } from '../../../scenario/schema/scenario-text.ts'

export type OomConstraint = OutOfMemoryText['constraint']
export type KillReason = NonNullable<KilledProcessText['because']>

/** One report of the out-of-memory killer as the log has it. Sizes are in the units of the log. */
export interface OomReport {
  /** Where it begins in the text of the log. */
  readonly offset: number
  readonly stamp: string
  readonly invokedBy?: string
  readonly order?: number
  readonly constraint: OomConstraint
  /** NUMA nodes that the allocation could use. */
  readonly nodes?: string
  /** Release of the kernel, `5.4.17-2136.el8uek.x86_64`. */
  readonly release?: string
  /** Architecture that a trace or a release shows. */
  readonly architecture?: Architecture
  readonly memory: MemoryInfo
  readonly cgroup?: CgroupInfo
  readonly dump: TaskDump
  readonly killed: readonly KilledTask[]
  readonly panicked: boolean
}

export type Architecture = 'x86-64' | 'arm64' | 'ppc64' | 's390x' | 'riscv64'

/** Mem-Info: show_mem() of the kernel. */
export interface MemoryInfo {
  /** Counters of the whole machine by their name, in pages: `active_anon`, `pagetables`. */
  readonly counters: ReadonlyMap<string, number>
  readonly zones: readonly Zone[]
  /** Stacks of the kernel, in KiB; counted by zone or by node. */
  readonly kernelStackKib: number
  readonly pools: readonly Pool[]
  /** In KiB. */
  readonly swapTotal?: number
  readonly swapFree?: number
  /** `pages RAM` and `pages reserved`. */
  readonly ramPages?: number
  readonly reservedPages?: number
  /** KiB of a page of order 0, by the list of free blocks. */
  readonly pageKib?: number
}

/** A zone, in KiB. */
export interface Zone {
  readonly name: string
  readonly free: number
  readonly min: number
  readonly present: number
  readonly managed?: number
}

/** Huge pages of one size on one node. */
export interface Pool {
  readonly pageKib: number
  readonly total: number
  readonly free: number
}

/** The cgroup that ran out of memory. */
export interface CgroupInfo {
  readonly path?: string
  /** In KiB. */
  readonly usage?: number
  readonly limit?: number
  /** Of memory and swap together (v1). */
  readonly bothUsage?: number
  readonly bothLimit?: number
  readonly swapUsage?: number
  readonly swapLimit?: number
  /** Kernel memory charged to it, with its page tables: kmem of v1. */
  readonly kernelUsage?: number
  /** Its counters by name, in bytes; those of cgroups below it are in them. */
  readonly stats: ReadonlyMap<string, number>
}

/** The list of processes. */
export interface TaskDump {
  readonly tasks: readonly Task[]
  /** Which table columns it has; `none`: kernels before 3.2. */
  readonly tables: 'bytes' | 'counts' | 'none'
  /** Its head is there, what follows its end, and the process that was killed. */
  readonly isWhole: boolean
  /** How many the log lists: killed processes that it does not list may be among the tasks. */
  readonly listed: number
}

/** A process of the list; memory is in pages. */
export interface Task {
  readonly pid: number
  readonly uid: number
  readonly name: string
  readonly rss: number
  readonly anon?: number
  readonly file?: number
  readonly shmem?: number
  /** pgtables_bytes. */
  readonly tableBytes?: number
  /** nr_ptes, nr_pmds and nr_puds: tables of each level that this kernel lists. */
  readonly tables?: { readonly pte: number; readonly pmd?: number; readonly pud?: number }
  readonly swap: number
  readonly adj: number
}

/** A process that was killed; memory is in KiB. */
export interface KilledTask {
  readonly pid: number
  readonly name: string
  readonly because?: KillReason
  readonly anon?: number
  readonly file?: number
  readonly shmem?: number
  readonly tables?: number
  readonly adj?: number
  readonly uid?: number
}
