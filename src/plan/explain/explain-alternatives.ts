import type { Explanation } from '../result/explanation.ts'
import type { Result, WithoutMshare } from '../result/result.ts'
import type { Sensitivity } from '../result/what-if/sensitivity-result.ts'
import { put } from './formula.ts'

/** The answer with less or more of what is assumed, and without mshare. */
export function explainAlternatives({
  sensitivity,
  withoutMshare,
}: Pick<Result, 'sensitivity' | 'withoutMshare'>): readonly Explanation[] {
  return [
    ...(sensitivity === undefined ? [] : explainSensitivity(sensitivity)),
    ...(withoutMshare === undefined ? [] : explainWithoutMshare(withoutMshare)),
  ]
}

function explainSensitivity(sensitivity: Sensitivity): readonly Explanation[] {
  const { factor, assumed, headroomBytes, pageTableBytes } = sensitivity
  const kinds = assumed.map(({ kind }) => kind).join(', ')
  const changed = `${factor === 2 ? 'twice' : 'half'} of: ${kinds}`
  return [
    replanned('sensitivity.headroomBytes', 'headroom', changed, headroomBytes),
    replanned('sensitivity.pageTableBytes', 'page tables', changed, pageTableBytes),
  ]
}

function explainWithoutMshare({ memory, pageTables }: WithoutMshare): readonly Explanation[] {
  const changed = 'no region is shared through mshare'
  const { headroomBytes, capacityBytes, demandBytes } = memory
  return [
    replanned('withoutMshare.pageTables.bytes', 'page tables', changed, pageTables.bytes),
    {
      ...replanned('withoutMshare.memory.headroomBytes', 'headroom', changed, headroomBytes),
      formula: 'capacity − demand',
      substituted: `${put(capacityBytes)} − ${put(demandBytes)}`,
    },
  ]
}

function replanned(path: string, what: string, changed: string, value: number): Explanation {
  return {
    path,
    meaning: `${what} as described, planned anew: ${changed}`,
    formula: 'plan of the changed scenario',
    substituted: put(value),
    value,
    unit: 'bytes',
    source: 'as-described, with these values',
  }
}
