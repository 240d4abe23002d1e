import type { LineSubject } from '../../host/budget.ts'

/** The budget: what there is, what needs it, what is left. */
export interface Memory {
  readonly capacityBytes: number
  readonly demandBytes: number
  /** capacity − demand; negative where memory is short. */
  readonly headroomBytes: number
  readonly lines: readonly BudgetLine[]
  /** Huge-page pools, smallest pages first; empty if no region needs one. */
  readonly pools: readonly PoolResult[]
  readonly commit: Commit
}

/** A huge-page pool in pages: configured as described, exactly what is needed otherwise. */
export interface PoolResult {
  readonly pageBytes: number
  readonly pages: number
  readonly usedPages: number
  /** Set aside, and used by no region of this page size. */
  readonly strandedPages: number
  /** To be added before every region can be mapped. */
  readonly missingPages: number
}

/** What the kernel promises (Committed_AS), and whether it is ready to. Page tables are in neither. */
export interface Commit {
  readonly mode: 'heuristic' | 'always' | 'never'
  readonly committedBytes: number
  /** CommitLimit: decides in mode `never` only. */
  readonly limitBytes: number
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
