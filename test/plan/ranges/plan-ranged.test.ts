import { describe, expect, it } from 'vitest'
import { plan } from '../../../src/plan/plan.ts'
import { planRanged } from '../../../src/plan/ranges/plan-ranged.ts'
import type { PlannedStrategy } from '../../../src/plan/result/result.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import { askedOf, plannedRanges, rangedIn } from './planned-ranges.ts'

const sga = (processes: string, more = ''): string => `
version: 1
host: { memory: 512 GB }
regions: { sga: { size: 300 GB } }
groups: { clients: { processes: ${processes}, private: 6 MB, maps: [{ region: sga }] } }
${more}
`

function described(processes: number): PlannedStrategy {
  const reading = readScenario(sga(String(processes)), 'plain.yaml')
  const found = reading.ok ? plan(reading.workload, { name: 'plain' }).strategies[0] : undefined
  if (found?.applies !== true) throw new RangeError('not planned')
  return found
}

it('has the gates on its cases too, and fails by them', () => {
  const cases = `
cases: { failover: { groups.clients.processes: x2 } }
gates: { risk: tight, cases: all }`
  const { gates, verdict } = plannedRanges(
    sga('200', cases).replace('private: 6 MB', 'private: { from: 1 MB, to: 6 MB }'),
  )
  expect(gates.map((gate) => [gate.case, gate.actual, gate.holds])).toEqual([
    [undefined, 'safe', true],
    ['failover', 'oom', false],
  ])
  expect(verdict).toBe('fail')
})

describe('a plan of a range', () => {
  const [few, many] = [described(100), described(1500)]

  it('is the plan of the worst end, with the bounds of both', () => {
    const { ranges, strategies } = plannedRanges(sga('{ from: 100, to: 1500 }'))
    expect(strategies[0]).toMatchObject({ pageTables: { bytes: many.pageTables.bytes } })
    expect(ranges.plannedAt).toBe('worst')
    expect(ranges.inputs).toEqual([
      { path: 'groups.clients.processes', unit: 'count', from: 100, to: 1500, planned: 1500 },
    ])
    expect(ranges.bounds?.plans).toBe(2)
    expect(ranges.bounds?.strategies[0]).toEqual({
      id: 'as-described',
      proven: true,
      pageTables: { leastBytes: few.pageTables.bytes, mostBytes: many.pageTables.bytes },
      demand: { leastBytes: few.memory.demandBytes, mostBytes: many.memory.demandBytes },
      headroom: { leastBytes: many.memory.headroomBytes, mostBytes: few.memory.headroomBytes },
      best: {
        ...{ risk: 'safe', headroomBytes: few.memory.headroomBytes },
        ...{ pageTablesBytes: few.pageTables.bytes, at: [100] },
      },
      worst: {
        ...{ risk: 'oom', headroomBytes: many.memory.headroomBytes },
        ...{ pageTablesBytes: many.pageTables.bytes, at: [1500] },
      },
    })
  })

  it('has the bounds of every strategy that is compared', () => {
    const { ranges, strategies } = plannedRanges(sga('{ from: 100, to: 1500 }'))
    expect(ranges.bounds?.strategies.map(({ id }) => id).toSorted()).toEqual(
      strategies.map(({ id }) => id).toSorted(),
    )
  })

  it('is the plan of the median where there are percentiles', () => {
    const { ranges, strategies } = plannedRanges(sga('{ p50: 100, p95: 1500 }'))
    expect(strategies[0]).toMatchObject({ pageTables: { bytes: few.pageTables.bytes } })
    expect(ranges).toMatchObject({
      plannedAt: 'median',
      inputs: [{ p50: 100, p95: 1500, distribution: 'log-normal', planned: 100 }],
      chances: { method: { kind: 'closed-form' } },
    })
    expect(ranges.chances?.strategies[0]?.pageTables.p95).toEqual({ bytes: many.pageTables.bytes })
    expect(ranges.chances?.strategies[0]?.headroom.p5).toEqual({ bytes: many.memory.headroomBytes })
  })

  it('holds intervals at their worst while the others vary', () => {
    const text = sga('{ p50: 100, p95: 300 }').replace('6 MB', '{ from: 6 MB, to: 60 MB }')
    const { inputs, bounds, chances } = plannedRanges(text).ranges
    expect(inputs.map(({ planned }) => planned)).toEqual([100, 60 * 2 ** 20])
    expect(bounds?.strategies[0]?.worst.at).toEqual([100, 60 * 2 ** 20])
    expect(chances?.method.kind).toBe('closed-form')
  })

  it('has no plan where the values contradict the rest', () => {
    const text = sga('{ from: 1, to: 2 }').replace('region: sga', 'region: other')
    expect(planRanged(askedOf(rangedIn(text)))).toEqual({ impossible: [2] })
  })
})

describe('gates on a range', () => {
  it('are judged by the worse bound of each figure', () => {
    const gates = 'gates: { risk: tight, pageTables: 100 GiB }'
    const { gates: judged, verdict } = plannedRanges(sga('{ from: 100, to: 300 }', gates))
    const { pageTables } = described(300)
    expect(verdict).toBe('fail')
    expect(judged).toMatchObject([
      { metric: 'risk', actual: 'tight', holds: true },
      { metric: 'pageTables', actual: pageTables.bytes, holds: false },
    ])
  })

  it('are judged by what is worse one time in 20', () => {
    const gates = 'gates: { risk: safe }'
    expect(plannedRanges(sga('{ p50: 100, p95: 270 }', gates)).verdict).toBe('pass')
    expect(plannedRanges(sga('{ p50: 100, p95: 271 }', gates)).verdict).toBe('fail')
  })

  it('of check plan and judge the strategy of the gates alone', () => {
    const gates = 'gates: { strategy: hugetlb-2m }'
    const result = plannedRanges(sga('{ from: 100, to: 1500 }', gates), { command: 'check' })
    expect(result.ranges.bounds?.strategies.map(({ id }) => id)).toEqual(['hugetlb-2m'])
    expect(result).toMatchObject({ verdict: 'pass', gates: [{ metric: 'risk', limit: 'tight' }] })
  })
})
