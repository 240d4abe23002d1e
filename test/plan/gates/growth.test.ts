import { expect, it } from 'vitest'
import { judgeGrowth } from '../../../src/plan/gates/growth.ts'
import { bytes } from '../../../src/units/quantity.ts'
import type { RiskLevel, Threshold } from '../../../src/workload/gates.ts'

const strategy = 'as-described'
const tenth: Threshold = { kind: 'fraction', fraction: 0.1 }
const hundred: Threshold = { kind: 'bytes', bytes: bytes(100) }

function now(tableBytes: number, level: RiskLevel = 'safe') {
  return { pageTables: { bytes: tableBytes }, risk: { level } }
}

it.each([
  [
    'a tenth more than 1000 bytes is within a tenth',
    tenth,
    1100,
    1000,
    { actual: 0.1, holds: true },
  ],
  ['a fifth more is not', tenth, 1200, 1000, { actual: 0.2, holds: false }],
  ['less is within any limit', tenth, 500, 1000, { actual: -0.5, holds: true }],
  ['100 bytes more are within 100 bytes', hundred, 1100, 1000, { margin: 0, holds: true }],
  ['101 bytes more are not', hundred, 1101, 1000, { margin: -1, holds: false }],
  ['nothing after nothing has not grown', tenth, 0, 0, { actual: 0, holds: true }],
] as const)('%s', (_, limit, tableBytes, before, expected) => {
  const [gate] = judgeGrowth({ strategy, growth: [limit] }, now(tableBytes), {
    pageTableBytes: before,
  })
  expect(gate).toMatchObject(expected)
})

it.each([
  ['something follows nothing', now(1), { pageTableBytes: 0 }],
  ['the baseline says nothing', now(1), {}],
  ['the strategy cannot be planned', undefined, { pageTableBytes: 1 }],
])('relative growth is unknown, and its gate does not hold, where %s', (_, plan, baseline) => {
  const [gate] = judgeGrowth({ strategy, growth: [tenth] }, plan, baseline)
  expect(gate?.holds).toBe(false)
  expect(gate).not.toHaveProperty('actual')
})

it.each<[RiskLevel, boolean, number]>([
  ['safe', true, 1],
  ['tight', true, 0],
  ['oom', false, -2],
])(
  'a risk that was tight and is %s now is judged without a limit of its own',
  (level, holds, margin) => {
    const gates = judgeGrowth({ strategy }, now(1, level), { risk: 'tight' })
    expect(gates).toMatchObject([{ metric: 'riskGrowth', actual: level, holds, margin }])
  },
)
