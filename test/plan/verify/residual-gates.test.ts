import { describe, expect, it } from 'vitest'
import { bytes } from '../../../src/units/quantity.ts'
import type { Workload } from '../../../src/workload/workload.ts'
import { gib } from '../../build.ts'
import type { Seen } from './counters.ts'
import { each, oneGib, table, verified } from './counters.ts'

describe('a gate on the residual', () => {
  const judged = (maxResidual: Workload['maxResidual'], seen: Partial<Seen> = {}) =>
    verified(oneGib(), {
      pageTables: 10 * (each + table) + 100 * table,
      groups: { workers: [10, 10 * each + 100 * table] },
      ...(maxResidual === undefined ? {} : { maxResidual }),
      ...seen,
    })
  const size = (amount: number) => ({ kind: 'bytes', bytes: bytes(amount) }) as const

  it('holds at the limit and not a byte below, whatever the sign', () => {
    expect(judged(size(100 * table))).toMatchObject({
      gates: [
        { metric: 'residual', group: 'workers', actual: 100 * table, margin: 0, holds: true },
        { metric: 'residual', holds: true },
      ],
      verdict: 'pass',
    })
    expect(judged(size(100 * table - 1))).toMatchObject({
      gates: [{ margin: -1, holds: false }, { holds: false }],
      verdict: 'fail',
    })
    const less = { groups: { workers: [10, 10 * each - 100 * table] } } as const
    expect(judged(size(100 * table), less).gates[0]).toMatchObject({ actual: 100 * table })
  })

  it('as a share is one of what was measured, rounded down', () => {
    // 5330 tables measured: a percent of them is 53.3.
    const { gates } = judged({ kind: 'fraction', fraction: 0.01 })
    expect(gates[0]).toMatchObject({ limit: Math.floor(53.3 * table), holds: false })
    expect(judged({ kind: 'fraction', fraction: 0.02 }).verdict).toBe('pass')
  })

  it('does not hold where nothing was measured', () => {
    const { pageTables: _, ...without } = {
      pageTables: 0,
      groups: { workers: [10, 10 * each] },
      maxResidual: size(gib),
    } satisfies Seen
    const noTotal = verified(oneGib(), without)
    expect(noTotal.gates).toEqual([
      expect.objectContaining({ group: 'workers', holds: true }),
      { metric: 'residual', unit: 'bytes', limit: gib, holds: false },
    ])
    expect(noTotal.verdict).toBe('fail')
    const noGroup = judged(size(gib), { groups: {} })
    expect(noGroup.gates[0]).toEqual({
      metric: 'residual',
      unit: 'bytes',
      limit: gib,
      group: 'workers',
      holds: false,
    })
  })
})
