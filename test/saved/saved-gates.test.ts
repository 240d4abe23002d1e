import { expect, test } from 'vitest'
import { gatesOfSaved, isAmbiguous } from '../../src/saved/saved-gates.ts'
import type { SavedGate } from '../../src/saved/saved-result.ts'

const strategy = 'mshare'
const saved: readonly SavedGate[] = [
  { metric: 'risk', strategy, limit: 'tight' },
  { metric: 'headroom', strategy, limit: 1024 },
  { metric: 'findings', strategy, limit: 'warning' },
  { metric: 'growth', strategy, unit: 'bytes', limit: 0, baseline: 4096 },
  { metric: 'growth', strategy, unit: 'fraction', limit: 0.1, baseline: 4096 },
  { metric: 'riskGrowth', strategy, limit: 'safe' },
]

test('limits are those that the result was held against, growth from the same baseline', () => {
  expect(gatesOfSaved(saved)).toEqual({
    gates: {
      strategy,
      risk: 'tight',
      headroom: { kind: 'bytes', bytes: 1024 },
      findings: 'warning',
      growth: [
        { kind: 'bytes', bytes: 0 },
        { kind: 'fraction', fraction: 0.1 },
      ],
    },
    baseline: { pageTableBytes: 4096, risk: 'safe' },
  })
})

test('without gates the strategy is that which a gate would have judged', () => {
  expect(gatesOfSaved([]).gates).toEqual({ strategy: 'as-described' })
  expect(gatesOfSaved([], 'mshare').gates).toEqual({ strategy: 'mshare' })
})

test.each<[string, readonly SavedGate[], boolean]>([
  ['a limit of each kind', saved, false],
  ['two limits of one kind', [...saved, { metric: 'risk', strategy, limit: 'oom' }], true],
  ['two strategies', [...saved, { metric: 'pageTables', strategy: 'threads', limit: 1 }], true],
  [
    'two baselines',
    [...saved, { metric: 'growth', strategy, unit: 'bytes', limit: 1, baseline: 1 }],
    true,
  ],
])('gates with %s are understood, or ambiguous', (_, gates, expected) => {
  expect(isAmbiguous(gates)).toBe(expected)
})
