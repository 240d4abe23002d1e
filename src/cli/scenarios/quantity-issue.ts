import type { Issue } from '../../scenario/yaml/issue.ts'
import type { QuantityError } from '../../units/quantity.ts'

const words: Readonly<Record<QuantityError['reason'], Pick<Issue, 'message' | 'expected'>>> = {
  'too-large': {
    message: 'would be past 2^53 − 1, too large to be given exactly',
    expected: 'a workload whose every total is at most 9007199254740991',
  },
  'too-irregular': {
    message: 'cannot be computed exactly in reasonable time',
    expected: 'mappings and touch sets that repeat, or fewer of them',
  },
}

/** A number that the model refuses to round, as something wrong with the scenario as a whole. */
export function quantityIssue(error: QuantityError, file: string): Issue {
  const { message, ...expected } = words[error.reason]
  return { file, line: 1, column: 1, message: `${error.quantity} ${message}`, ...expected }
}
