import type { Workload } from '../../workload/workload.ts'
import type { About } from '../plan.ts'
import { planWithWorkings } from '../plan.ts'
import type { Explanation } from '../result/explanation.ts'
import type { Result } from '../result/result.ts'
import { explain } from './explain.ts'

/** A result, and how each of its numbers comes about. */
export interface Explained {
  readonly result: Result
  /** In the order of the result; `path` leads to the number in it. */
  readonly explanations: readonly Explanation[]
}

/**
 * Plans a workload and explains every number: its formula, the numbers put in, the answer with its unit.
 * @throws QuantityError when a number passes 2^53 − 1; it is never rounded instead.
 */
export function planAndExplain(workload: Workload, about: About): Explained {
  const workings = planWithWorkings(workload, about)
  return { result: workings.result, explanations: explain(workings) }
}
