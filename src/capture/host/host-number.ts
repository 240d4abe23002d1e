import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import { loneNumber } from '../files/kernel-text.ts'
import { faultWords } from '../machine/refusal-words.ts'

/** The number in a file that holds nothing else. Any other content is remarked and ignored. */
export function numberOrRemark(
  name: string,
  text: string | undefined,
  annotated: AnnotatedScenario,
): number | undefined {
  const value = loneNumber(name, text)
  if (typeof value !== 'object') return value
  annotated.remark(`${faultWords(value.fault)}; it is ignored`)
  return undefined
}
