import type { Advice } from '../result/advice-result.ts'
import type { Explanation } from '../result/explanation.ts'
import { put } from './formula.ts'

/** What the kernel has to promise before advice can be followed. */
export function explainCommit({ id, overcommit }: Advice): readonly Explanation[] {
  if (overcommit === undefined) return []
  const { ratio, requestedBytes } = overcommit
  const root = `advice.${id}.overcommit`
  return [
    {
      path: `${root}.requestedBytes`,
      meaning: ratio === undefined ? 'the largest single request' : 'Committed_AS once it starts',
      formula: 'memory.commit of as-described, with the changes',
      substituted: put(requestedBytes),
      value: requestedBytes,
      unit: 'bytes',
      source: 'mm/util.c __vm_enough_memory()',
    },
    ...(ratio === undefined
      ? []
      : [
          {
            path: `${root}.ratio`,
            meaning: 'the least vm.overcommit_ratio that promises it',
            formula: '⌈100 · (Committed_AS − swap) / (memory − huge pages)⌉, in pages',
            substituted: put(ratio),
            value: ratio,
            unit: 'percent',
            source: 'mm/util.c vm_commit_limit()',
          },
        ]),
  ]
}
