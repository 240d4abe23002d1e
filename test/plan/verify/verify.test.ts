import { describe, expect, it } from 'vitest'
import { hasMeasurement } from '../../../src/plan/verify/verify.ts'
import { QuantityError } from '../../../src/units/quantity.ts'
import { nth, workload } from '../../build.ts'
import type { Seen } from './counters.ts'
import {
  each,
  groupIn,
  kinds,
  measuredAs,
  oneGib,
  pageTablesIn,
  table,
  verified,
} from './counters.ts'

describe('a plan that agrees with the counters', () => {
  const result = verified(oneGib(), {
    pageTables: 10 * (each + table),
    groups: { workers: [10, 10 * each] },
  })

  it('has no residual, and no cause', () => {
    expect(groupIn(result)).toMatchObject({ residualBytes: 0, residualFraction: 0, causes: [] })
    expect(pageTablesIn(result)).toMatchObject({ residualBytes: 0, unexplainedBytes: 0 })
    expect(result.vmPte).toMatchObject({ processes: 10, measuredBytes: 10 * each })
  })

  it('counts the PGDs of Linux 6.18 in PageTables, beside VmPTE', () => {
    expect(pageTablesIn(result).parts).toEqual([
      { kind: 'groups', processes: 10, bytes: 10 * each },
      { kind: 'level', level: 'pgd', bytes: 10 * table },
    ])
  })

  it('without a limit there is no gate, and no verdict', () => {
    expect(result).toMatchObject({ gates: [], verdict: 'none', status: 'mainline' })
  })
})

describe('base tables that were worked out from the VmPTE they are compared with', () => {
  const { workers } = oneGib().groups
  const both = { ...oneGib(), groups: { workers, others: workers } }
  const limit = { kind: 'fraction', fraction: 0.5 } as const

  it('verify nothing: no gate holds, and they are in no sum', () => {
    const groups = { workers: [10, 10 * each], others: [10, 10 * each] } as const
    const seen: Seen = { groups, maxResidual: limit, pageTables: 20 * (each + table) }
    const fair = verified(both, seen)
    expect(fair).toMatchObject({ verdict: 'pass', vmPte: { processes: 20 } })
    const found = verified(both, { ...seen, fitted: ['others'] })
    expect(found).toMatchObject({ verdict: 'fail', vmPte: { processes: 10 } })
    expect(found.gates.map(({ group, holds }) => [group, holds])).toEqual([
      ['workers', true],
      ['others', false],
      [undefined, true],
    ])
    const nothing = verified(both, { ...seen, fitted: ['workers', 'others'] })
    expect('vmPte' in nothing).toBe(false)
  })
})

describe('a scenario that was edited', () => {
  it('is compared for the processes that were measured', () => {
    const result = verified(oneGib({}, { processes: 4000 }), {
      pageTables: 10 * (each + table),
      groups: { workers: [10, 10 * each] },
    })
    expect(groupIn(result)).toMatchObject({
      processes: 10,
      scenarioProcesses: 4000,
      residualBytes: 0,
    })
    expect(pageTablesIn(result).residualBytes).toBe(0)
  })

  it('lists a group that nobody measured, which PageTables may have or not', () => {
    const parts = oneGib()
    const { workers } = parts.groups
    const both = { ...parts, groups: { workers, added: { ...workers, processes: 3 } } }
    const seen: Seen = { groups: { workers: [10, 10 * each] }, elsewhere: [0, 0] }
    const absent = verified(both, { ...seen, pageTables: 10 * (each + table) })
    expect(nth(absent.groups, 1)).toEqual({ name: 'added', compared: false, scenarioProcesses: 3 })
    expect(kinds(pageTablesIn(absent).causes)).toEqual([['not-measured', -3 * (each + table)]])
    const present = verified(both, { ...seen, pageTables: 13 * (each + table) })
    expect(pageTablesIn(present).residualBytes).toBe(0)
    expect(present.vmPte?.processes).toBe(10)
  })
})

describe('nothing to compare', () => {
  it('is said before anything is asked', () => {
    expect(hasMeasurement(workload(oneGib()))).toBe(false)
    expect(hasMeasurement(measuredAs(oneGib(), { elsewhere: [3, 100] }))).toBe(false)
    expect(hasMeasurement(measuredAs(oneGib(), { pageTables: 0 }))).toBe(true)
    expect(() => verified(oneGib(), {})).toThrow(RangeError)
  })
})

it('sums past 2^53 − 1 are refused, not rounded', () => {
  const most = Number.MAX_SAFE_INTEGER
  const two = { ...oneGib(), groups: { a: { processes: 1 }, b: { processes: 1 } } }
  const seen: Seen = { groups: { a: [1, most], b: [1, most] } }
  expect(() => verified(two, seen)).toThrow(QuantityError)
})
