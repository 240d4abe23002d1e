import { expect, it } from 'vitest'
import type { Limit, LimitsResult } from '../../src/plan/result/limit-result.ts'
import { renderLimits } from '../../src/render/limits.ts'

const plain = { color: false, unicode: true, width: 120 }
const scenario = { name: 'Orders', file: 'orders.yaml', fingerprint: '' }
const sessions = { metric: 'processes', group: 'clients', unit: 'processes', now: 1500 } as const

function view(...limits: readonly Limit[]): string {
  const strategy = { id: 'mshare', status: 'proposed', level: 'safe', limits } as const
  const result: LimitsResult = { schema: 'mshare-plan/limits/1', scenario, strategies: [strategy] }
  return renderLimits(result, plain)
}

it('shows the last number of each level and what follows', () => {
  const text = view({
    ...sessions,
    safe: { value: 1600, next: 'tight', cause: 'memory' },
    tight: { value: 1700, next: 'oom', cause: 'cgroup', cgroup: 'db' },
  })
  expect(text).toContain('Most processes of group clients (now 1,500)')
  expect(text).toMatch(/^mshare \(proposed\) +safe +1,600 +1,700 +none +cgroup db$/m)
})

it('names the next level where memory ends', () => {
  const text = view({
    metric: 'memory',
    unit: 'bytes',
    now: 2 ** 39,
    swapping: { value: 2 ** 38, next: 'oom', cause: 'memory' },
  })
  expect(text).toContain('Least memory of the host (now 512.0 GiB)')
  expect(text).toMatch(/^mshare \(proposed\) +safe +none +none +256\.0 GiB +oom$/m)
})

it('says that a limit is unknown beyond exact numbers', () => {
  const text = view({ ...sessions, swapping: { value: 4194304, atLeast: true } })
  expect(text).toMatch(/4,194,304 or more +unknown$/m)
})
