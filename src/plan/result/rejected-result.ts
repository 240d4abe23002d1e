import type { Advice } from './advice-result.ts'

/** What is not advised, and why. */
export interface Rejected {
  /** As it would have in the advice. */
  readonly id: string
  /** What would be done. */
  readonly action: Advice['action']
  readonly status: 'mainline'
  /** Of the pages that it is about, where it is about pages of one size. */
  readonly pageBytes?: number
  /** Why it is not advised. */
  readonly reason: DeclineReason
}

/** Why something is not advised. */
export type DeclineReason =
  /** Headroom would be no larger, at no better level. */
  | 'saves-nothing'
  /** Less than a hundredth of memory, and it is no safer. */
  | 'too-little'
  /** Another option reaches a better level. */
  | 'not-enough'
  | 'risk-worse'
  /** Memory does not hold the huge pages. */
  | 'pool-does-not-fit'
  /** Not even one process of the largest group is safe. */
  | 'never-safe'
  /** It cannot be done here: no region, no page of that size, no program that takes it. */
  | 'refused'

/** Why there is nothing to do; or why, where it is not safe, nothing that is known here helps. */
export interface NothingToDo {
  /** Why nothing is advised; `nothing-shared`: all mappings were captured, and none makes a region. */
  readonly reason:
    | 'no-regions'
    | 'nothing-shared'
    /** There is a host and nothing that runs on it. */
    | 'no-processes'
    /** The capture could not read what some processes map. */
    | 'unread-mappings'
    /** What could be saved is less than a hundredth of memory. */
    | 'too-little'
    /** Huge pages would set aside more untouched memory than they save. */
    | 'untouched-pages'
    /** Only mshare would save something, and it is in no released kernel. */
    | 'only-proposed'
    | 'nothing-helps'
  /** Page tables as described, without mshare, and as a fraction of memory. */
  readonly pageTableBytes: number
  /** The same as a share of memory. */
  readonly fraction: number
}
