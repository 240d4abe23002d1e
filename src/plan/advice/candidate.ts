import type { Workload } from '../../workload/workload.ts'
import type { Advice, Effort, Setting } from '../result/advice-result.ts'
import type { Rejected } from '../result/rejected-result.ts'
import type { OnHugePages } from './huge-pages.ts'
import type { Started } from './start.ts'
import { started } from './start.ts'

/** Something that may be advised: where it leads to, and what is to be said of it. */
export interface Candidate {
  readonly id: string
  readonly action: Advice['action']
  /** Of the pages that it is about, where it is about pages of one size. */
  readonly pageBytes?: number
  /** Starts. */
  readonly after: Started
  /** The part of the advice that only this action has. */
  readonly about: object
  /** Regions that it puts on huge pages, first or only. */
  readonly huge?: OnHugePages
  readonly efforts: readonly Effort[]
  /** Lines beside those of pools, programs and promises. */
  readonly settings: readonly Setting[]
}

/** A candidate, or what keeps it from being one. */
export type Considered = Candidate | Rejected

export function isCandidate(considered: Considered): considered is Candidate {
  return 'after' in considered
}

/** The candidate, where what it leads to can start. */
export function considered(candidate: Omit<Candidate, 'after'>, workload: Workload): Considered {
  const after = started(workload)
  if (after === undefined) return refused(candidate, 'refused')
  return { ...candidate, after }
}

export function refused(
  { id, action, pageBytes }: Pick<Rejected, 'id' | 'action' | 'pageBytes'>,
  reason: Rejected['reason'],
): Rejected {
  const size = pageBytes === undefined ? {} : { pageBytes }
  return { id, action, status: 'mainline', ...size, reason }
}
