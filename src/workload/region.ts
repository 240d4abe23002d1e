import type { TouchSet } from '../space/touch-set.ts'
import type { Bytes, Count, Pages } from '../units/quantity.ts'
import type { CopiesPart } from './copies.ts'

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
/** The memory behind a region; `anonymous` is private: each process has its own copy. */
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
/** A program whose settings are known; `other`: any other. */
export type Program = (typeof programs)[number]

/**
 * The consequence of a huge-page pool that is too small: nothing starts; an object that the pool cannot
 * hold is on base pages whole; or the pool backs what it can, and base pages the rest.
 */
export const fallbacks = ['fail', 'base-pages', 'mixed'] as const
/** What happens where the pool is too small. */
export type Fallback = (typeof fallbacks)[number]

/** A memory object that processes map. */
export interface Region {
  readonly name: string
  /** Number of independent regions of this kind, each mapped by one instance of its groups; absent: 1. */
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
  /** The program whose settings decide on its pages; `other`: an unknown program. */
  readonly program: Program
  /** Its release, as `9.2` or `18`; absent: the newest. */
  readonly programRelease?: string
  /** Equal, contiguous, separately mapped pieces. */
  readonly objects: Count
  /** Absent: not marked as shared through mshare. */
  readonly mshare?: MshareTerms
  /** What processes touched that have ended or unmapped it since: it stays in memory. Absent: nothing. */
  readonly earlier?: readonly EarlierTouch[]
}

/** A part of a region that was mapped, and what was touched of it. */
export interface EarlierTouch {
  /** First page of the region that was mapped. */
  readonly offset: number
  /** Pages that were mapped. */
  readonly length: number
  readonly touched: TouchSet
  /** Processes that touched it, each for itself where chance has a part. */
  readonly draws: number
}

/** The part of a region that is in memory, whichever process touched it; of an `anonymous` one in each process. */
export interface ResidentAmount {
  readonly bytes: Bytes
  /** It may be more: what is touched, where that is more. Else it is the figure itself. */
  readonly atLeast: boolean
}

/** Mode of an mshare region where the scenario does not give one. */
export const defaultMshareMode = 0o600

/** Permissions of an mshare region; a missing owner or id is that of the first group that maps it. */
export interface MshareTerms {
  /** File mode, 0 to 0o777. */
  readonly mode: number
  readonly uid?: number
  readonly gid?: number
  /** Name of the group whose process creates the region. */
  readonly owner?: string
}

/** The series of patches whose rules are planned by. */
export type MshareRevision = 'rfc-2022' | 'v3-2025'
