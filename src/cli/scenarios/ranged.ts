import type { plan } from '../../plan/plan.ts'
import { isSaved } from '../../saved/saved-mark.ts'
import { mayHaveRanges } from '../../scenario/read-scenario.ts'
import { largestScenario } from '../output/refusal.ts'
import type { Failure } from '../output/report.ts'
import type { Document } from './document.ts'
import type { JudgingContext } from './judging-context.ts'
import type { RangedPlan, RangesRequest } from './ranged-plan.ts'

/**
 * Plans the scenario of a document, some of whose values are ranges; `undefined` where none is. What
 * plans ranges is loaded when it is needed.
 * @param answer plans what is printed; absent: as the command does.
 */
export async function planRanges(
  document: Document,
  request: RangesRequest,
  context: JudgingContext,
  answer?: typeof plan,
): Promise<RangedPlan | Failure | undefined> {
  const { text } = document
  const isPlain = !mayHaveRanges(document, request.overrides)
  if (isPlain || isSaved(text) || text.length > largestScenario) return undefined
  const { rangedPlan } = await import('./ranged-plan.ts')
  return rangedPlan(document, request, context, answer)
}
