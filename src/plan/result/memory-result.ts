import type { LineSubject } from '../../host/budget.ts'

/** The budget: what there is, what needs it, what is left. */
export interface Memory {
  /** Memory less reserves, huge-page pools and min watermark. */
  readonly capacityBytes: number
  /** What the workload needs and cannot give back without swap. */
  readonly demandBytes: number
  /** capacity − demand; negative where memory is short. */
  readonly headroomBytes: number
  /** Every part of both, and what is in neither. */
  readonly lines: readonly BudgetLine[]
  /** Huge-page pools, smallest pages first; empty if no region needs one. */
  readonly pools: readonly PoolResult[]
  readonly commit: Commit
}

/** A huge-page pool in pages: configured as described, exactly what is needed otherwise. */
export interface PoolResult {
  /** Size of a page. */
  readonly pageBytes: number
  /** Pages set aside, used or not. */
  readonly pages: number
  /** Pages that regions reserve. */
  readonly usedPages: number
  /** Set aside, and used by no region of this page size. */
  readonly strandedPages: number
  /** To be added before every region can be mapped. */
  readonly missingPages: number
}

/** What the kernel promises (Committed_AS), and whether it is ready to. Page tables are in neither. */
export interface Commit {
  /** vm.overcommit_memory: 0 is `heuristic`, 1 `always`, 2 `never`. */
  readonly mode: 'heuristic' | 'always' | 'never'
  /** Committed_AS. */
  readonly committedBytes: number
  /** CommitLimit: decides in mode `never` only. */
  readonly limitBytes: number
  /** The largest single request: decides in mode `heuristic` only. */
  readonly largestRequestBytes: number
  /** False where the kernel refuses some request. */
  readonly granted: boolean
}

/**
 * One line of the budget. `supply` lines add up to the capacity (what is taken away is negative),
 * `demand` lines to the demand; `beside` lines are in neither (swap, reclaimable cache).
 */
export type BudgetLine = LineSubject & {
  /** The words of budget-label.ts; goes with the next version of the schema: `kind` and what it is about say the same. */
  readonly name: string
  readonly side: 'supply' | 'demand' | 'beside'
  readonly bytes: number
  readonly origin: 'given' | 'derived' | 'assumed' | 'measured'
}
