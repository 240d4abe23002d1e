import { describe, expect, it } from 'vitest'
import { diff } from '../../../src/plan/diff/diff.ts'
import { caseChanges, failingGates, growthChanges } from '../../../src/plan/diff/outcomes.ts'
import type { GateResult } from '../../../src/plan/result/gate-result.ts'
import { sideOf } from './side.ts'

const nothing = { strategies: [], verdict: 'none' } as const

describe('the days of growth', () => {
  const growth = '{ from: 2026-12-01, groups.workers.processes: +40 per month }'

  it('are told before and after, each as growth by itself finds it', () => {
    const [from, to] = [sideOf({ growth }), sideOf({ growth, 'groups.workers.processes': '300' })]
    const found = diff(from, to).growth.find(({ id }) => id === 'as-described')
    const days = ({ result }: typeof from) =>
      result.growth?.strategies.find(({ id }) => id === 'as-described')
    const [was, is] = [days(from), days(to)]
    expect(was?.diesFrom).toBeDefined()
    expect(found?.diesFrom).toEqual({ from: was?.diesFrom, to: is?.diesFrom })
    expect(is?.diesFrom?.localeCompare(was?.diesFrom ?? '')).toBe(-1)
    expect(found?.notSafeFrom).toEqual({ from: was?.notSafeFrom, to: is?.notSafeFrom })
    expect(found?.until).toEqual({ from: '2076-12-01', to: '2076-12-01' })
  })

  it('have one side where the other does not grow', () => {
    const found = diff(sideOf({ growth }), sideOf()).growth.find(({ id }) => id === 'as-described')
    expect([Object.keys(found?.until ?? {}), Object.keys(found?.diesFrom ?? {})]).toEqual([
      ['from'],
      ['from'],
    ])
  })

  it('are left out where they are the same', () => {
    const kept = sideOf({ growth })
    expect(diff(kept, sideOf({ growth, gates: '{ risk: safe }' })).growth).toEqual([])
    expect(growthChanges(nothing, nothing)).toEqual([])
  })

  it('are looked for until the last day that a strategy can be planned', () => {
    const all = { until: '2076-12-01' }
    const end = { date: '2030-01-01' }
    const before = { ...all, strategies: [{ id: 'mshare', notSafeFrom: '2029-01-01' }] }
    const after = { ...all, strategies: [{ id: 'mshare', end }] }
    expect(
      growthChanges({ ...nothing, growth: before }, { ...nothing, growth: after }),
    ).toMatchObject([{ until: { from: '2076-12-01', to: '2030-01-01' } }])
  })
})

describe('gates', () => {
  const gate: GateResult = {
    ...{ metric: 'headroom', strategy: 'as-described', unit: 'bytes' },
    ...{ limit: 100, actual: 50, holds: false },
  }
  const held: GateResult = { ...gate, actual: 200, holds: true }
  const of = (...gates: readonly GateResult[]) => ({ ...nothing, gates })

  it('are named where they fail on one side at least, with both figures', () => {
    expect(failingGates(of(gate), of(held))).toEqual([{ from: gate, to: held }])
    expect(failingGates(of(held), of(gate))).toEqual([{ from: held, to: gate }])
    expect(failingGates(of(gate), of(gate))).toEqual([{ from: gate, to: gate }])
  })

  it('that hold, or hold on the only side that has them, are not', () => {
    expect(failingGates(of(held), of(held))).toEqual([])
    expect(failingGates(nothing, of(held))).toEqual([])
  })

  it('of a case are those of that case on the other side', () => {
    const failover = { ...gate, case: 'failover' }
    expect(failingGates(of(held, failover), of(held, { ...held, case: 'failover' }))).toEqual([
      { from: failover, to: { ...held, case: 'failover' } },
    ])
    expect(failingGates(nothing, of(failover))).toEqual([{ to: failover }])
  })

  it('of growth are told apart by their limits', () => {
    const growth: GateResult = { ...gate, metric: 'growth' }
    const wider = { ...growth, limit: 200 }
    expect(failingGates(of(growth, wider), nothing)).toEqual([{ from: growth }, { from: wider }])
  })
})

describe('cases', () => {
  it('are told whose figures or risk are others, and those of one side alone', () => {
    const cases = '{ failover: { groups.workers.processes: x2 }, same: { host.memory: 64 GiB } }'
    const more = '{ failover: { groups.workers.processes: x40 }, same: { host.memory: 64 GiB } }'
    const [from, to] = [sideOf({ cases }), sideOf({ cases: more })]
    expect(diff(from, to).cases.map(({ name }) => name)).toEqual(['failover'])
    const only = diff(sideOf(), to).cases
    expect(only.map(({ name }) => name)).toEqual(['failover', 'same'])
    expect(only[0]?.risk).toEqual({ to: 'oom' })
    expect(caseChanges(nothing, nothing)).toEqual([])
  })
})
