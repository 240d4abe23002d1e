import { expect, it } from 'vitest'
import type { Compared, ComparedPlan } from '../../../src/plan/diff/figures.ts'
import {
  both,
  headroomOf,
  limitChanges,
  pageTablesOf,
  planIn,
  strategyChanges,
} from '../../../src/plan/diff/figures.ts'
import type { Limit } from '../../../src/plan/result/limit-result.ts'
import { sideOf } from './side.ts'

const described = planIn(sideOf().result, 'as-described')
if (described === undefined) throw new RangeError('it is possible as described')
const { pools, commit } = described.memory
const starts = { pools, commit }
const plan = (more: Partial<ComparedPlan> = {}): ComparedPlan => ({
  risk: { level: 'safe' },
  pageTables: { bytes: 100, baseBytes: 30 },
  regions: [{ name: 'pool', bytes: 60 }],
  memory: {
    ...{ headroomBytes: 500, ...starts },
    lines: [
      { name: 'memory', side: 'supply', bytes: 1000 },
      { name: 'page tables', side: 'demand', bytes: 100 },
      { name: 'private', side: 'demand', bytes: 400 },
      { name: 'reclaimable', side: 'beside', bytes: 7 },
    ],
  },
  ...more,
})
const compared = (...strategies: Compared['strategies']): Compared => ({
  strategies,
  verdict: 'none',
})

it('page tables are those of regions, base tables, and what is above them', () => {
  const to = plan({
    pageTables: { bytes: 190, baseBytes: 30 },
    regions: [
      { name: 'pool', bytes: 90 },
      { name: 'log', bytes: 60 },
    ],
  })
  const { fromBytes, toBytes, changeBytes, lines } = pageTablesOf(plan(), to)
  expect([fromBytes, toBytes, changeBytes]).toEqual([100, 190, 90])
  expect(lines).toEqual([
    { name: 'region pool', fromBytes: 60, toBytes: 90, changeBytes: 30 },
    { name: 'region log', toBytes: 60, changeBytes: 60 },
  ])
})

it('headroom rises with supply, falls with demand, and does not see what is beside', () => {
  const lines = [
    { name: 'memory', side: 'supply', bytes: 1200 },
    { name: 'page tables', side: 'demand', bytes: 250 },
    { name: 'private', side: 'demand', bytes: 400 },
    { name: 'reclaimable', side: 'beside', bytes: 900 },
  ] as const
  const to = plan({ memory: { headroomBytes: 551, ...starts, lines } })
  expect(headroomOf(plan(), to).lines).toEqual([
    { name: 'memory', fromBytes: 1000, toBytes: 1200, changeBytes: 200 },
    { name: 'page tables', fromBytes: -100, toBytes: -250, changeBytes: -150 },
    { name: 'rounding', toBytes: 1, changeBytes: 1 },
  ])
})

it('parts that a saved result does not have are none', () => {
  const { regions: _, ...saved } = plan({ memory: { headroomBytes: 400, ...starts } })
  expect(headroomOf(plan(), saved)).toEqual({
    ...{ fromBytes: 500, toBytes: 400, changeBytes: -100, lines: [] },
  })
})

it('a strategy is told of where a figure or its risk is another, or one side has none', () => {
  const same = { id: 'threads', applies: true, ...plan() } as const
  const worse = { ...same, risk: { level: 'oom' } } as const
  expect(strategyChanges(compared(same), compared(same))).toEqual([])
  expect(strategyChanges(compared(same), compared(worse))).toMatchObject([
    { id: 'threads', risk: { from: 'safe', to: 'oom' } },
  ])
  expect(strategyChanges(compared(same), compared({ id: 'threads', applies: false }))).toEqual([
    {
      id: 'threads',
      ...{ pageTableBytes: { from: 100 }, headroomBytes: { from: 500 }, risk: { from: 'safe' } },
    },
  ])
  expect(planIn(compared(same), 'mshare')).toBeUndefined()
})

it('a limit that one side does not have is an end without a value', () => {
  const limit = (safe?: number): Limit => ({
    ...{ metric: 'processes', group: 'workers', unit: 'processes', now: 1 },
    ...(safe === undefined ? {} : { safe: { value: safe } }),
  })
  const changed = limitChanges(plan({ limits: [limit(5)] }), plan({ limits: [limit()] }))
  expect(changed).toEqual([
    { metric: 'processes', group: 'workers', unit: 'processes', level: 'safe', from: 5 },
  ])
  expect(limitChanges(plan({ limits: [limit(5)] }), plan({ limits: [limit(5)] }))).toEqual([])
})

it('a side without a value has no key', () => {
  expect(both(undefined, 0)).toEqual({ to: 0 })
  expect(both(1, undefined)).toEqual({ from: 1 })
})
