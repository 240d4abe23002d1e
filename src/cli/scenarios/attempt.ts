import type { Issue } from '../../scenario/yaml/issue.ts'
import { QuantityError } from '../../units/quantity.ts'
import type { Failure } from '../output/report.ts'
import { bugIn } from '../output/report.ts'
import { status } from '../output/status.ts'
import type { DocumentPlace } from './document.ts'
import { issueAt } from './document.ts'

/** What a document comes to. A mistake of ours about it, too, is a failure of this document alone. */
export async function attempt<Outcome extends object>(
  place: DocumentPlace,
  work: () => Promise<Outcome | Failure>,
): Promise<Outcome | Failure> {
  try {
    return await work()
  } catch (error) {
    return error instanceof QuantityError ? inexact(error, place) : bugIn(error)
  }
}

/** True for what has no result. */
export function isFailure(outcome: object): outcome is Failure {
  return 'status' in outcome && ('text' in outcome || 'issues' in outcome)
}

/** A number that the model refuses to round, as something wrong with the scenario as a whole. */
function inexact(error: QuantityError, place: DocumentPlace): Failure {
  const { message, expected } = inexactWords[error.reason]
  const issue = issueAt(place, { message: `${error.quantity} ${message}`, expected })
  return { status: status.invalid, issues: [issue] }
}

const inexactWords: Readonly<
  Record<QuantityError['reason'], Required<Pick<Issue, 'message' | 'expected'>>>
> = {
  'too-large': {
    message: 'would be past 2^53 − 1, too large to be given exactly',
    expected: 'a workload whose every total is at most 9007199254740991',
  },
  'too-irregular': {
    message: 'cannot be computed exactly in reasonable time',
    expected: 'mappings and touch sets that repeat, or fewer of them',
  },
}
