import type { LevelName } from '../geometry/layout.ts'
import type { TouchSet } from '../space/touch-set.ts'
import type { Bytes, Count, Pages } from '../units/quantity.ts'
import type { CopiesPart } from './copies.ts'

/** Past it the kernel has no process ids: PID_MAX_LIMIT, include/linux/threads.h. */
export const mostProcesses = 4_194_304

/** Processes that are alike. */
export interface Group {
  readonly name: string
  /** So many independent instances, each with regions and a cgroup of its own; absent: 1. */
  readonly copies?: Count
  /** Some of the copies that the scenario has; absent: all of them. */
  readonly part?: CopiesPart
  /** Processes of all instances together. */
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

/** A part of a region that each process of a group maps, and what it touches of it. */
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
  /** What the process has touched in its life, and its tables follow; absent: `touched`. */
  readonly history?: readonly FormerTouch[]
}

/** Pages that a process has touched once: tables outlive what is in them. */
export interface FormerTouch {
  /** Where the mapping that was touched began, in pages from the start of this one; may be negative. */
  readonly from: number
  /** Its length in pages. */
  readonly pages: number
  readonly touched: TouchSet
  /** Tables that are gone since, by level: stretches of their spans, in pages from the start of this mapping. */
  readonly freed: FreedTables
}

/** Stretches of address space, in pages, whose tables of a level are gone. */
export type FreedTables = Readonly<
  Partial<Record<LevelName, readonly { readonly from: number; readonly to: number }[]>>
>
