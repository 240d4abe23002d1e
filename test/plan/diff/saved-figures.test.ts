import { expect, it } from 'vitest'
import { comparedOf, textIn } from '../../../src/plan/diff/saved-figures.ts'
import { sideOf } from './side.ts'

const { result } = sideOf()
type Whole = Parameters<typeof comparedOf>[0]
type Plans = Parameters<typeof comparedOf>[1]

function saved(): { readonly whole: Whole; readonly plans: Plans } {
  const whole = JSON.parse(JSON.stringify(sideOf().result))
  return { whole, plans: whole.strategies }
}

it('a saved result is compared by the figures that it was printed with', () => {
  const { whole, plans } = saved()
  const { strategies, verdict } = comparedOf(whole, plans)
  expect(verdict).toBe('none')
  expect(strategies.map(({ id }) => id)).toEqual(
    Reflect.get(result, 'strategies').map(({ id }: { id: string }) => id),
  )
  const [described] = strategies
  if (described?.applies !== true) throw new RangeError('it is possible as described')
  expect(described.regions?.map(({ name }) => name)).toEqual(['pool'])
  expect(described.limits?.map(({ metric }) => metric)).toContain('processes')
  const sides = { supply: 1, demand: -1, beside: 0 }
  const lines = described.memory.lines ?? []
  const sum = lines.reduce((total, { side, bytes }) => total + sides[side] * bytes, 0)
  expect(sum).toBe(described.memory.headroomBytes)
})

it('what has not its form is left away, and nothing is inherited', () => {
  const { whole, plans } = saved()
  const [first] = Reflect.get(whole, 'strategies')
  Object.assign(first, { regions: 'many', limits: [{ metric: 'speed' }, null, 7] })
  first.memory.lines = [{ name: 5, side: 'above', bytes: 2 ** 60 }]
  const [described] = comparedOf(whole, plans).strategies
  if (described?.applies !== true) throw new RangeError('it is possible as described')
  expect([described.regions, described.limits]).toEqual([[], []])
  expect(described.memory.lines).toEqual([{ name: '', side: 'beside', bytes: 0 }])
  expect(textIn({}, 'constructor')).toBeUndefined()
  expect(textIn(null, 'name')).toBeUndefined()
})

it('a strategy that was not possible has no figures, and another verdict is none', () => {
  const { strategies, verdict } = comparedOf({ verdict: 'perhaps' }, [
    { id: 'mshare', applies: false },
  ])
  expect({ strategies, verdict }).toEqual({
    strategies: [{ id: 'mshare', applies: false }],
    verdict: 'none',
  })
})

it('days of growth, cases and gates are read back as they were written', () => {
  const written = sideOf({
    growth: '{ from: 2026-12-01, groups.workers.processes: +40 per month }',
    cases: '{ failover: { groups.workers.processes: x40 } }',
    gates: '{ risk: safe, headroom: 10%, cases: all }',
  }).result
  const whole = JSON.parse(JSON.stringify(written))
  const { growth, cases, gates } = comparedOf(whole, whole.strategies)
  const days = (from: typeof growth) =>
    from?.strategies.map(({ id, notSafeFrom, diesFrom }) => ({ id, notSafeFrom, diesFrom }))
  expect(days(growth)?.some(({ diesFrom }) => diesFrom !== undefined)).toBe(true)
  expect([growth?.until, days(growth)]).toEqual([written.growth?.until, days(written.growth)])
  expect(cases?.map(({ name, strategies }) => [name, strategies.length])).toEqual([
    ['failover', whole.strategies.length],
  ])
  const { length } = written.gates ?? []
  expect(gates?.length).toBe(length)
  expect(gates?.filter(({ holds }) => !holds)).toMatchObject([
    { case: 'failover', metric: 'risk', actual: 'oom', unit: 'level' },
    { case: 'failover', metric: 'headroom', unit: 'bytes' },
  ])
})

it('days that the calendar does not have, and gates that say nothing, are left away', () => {
  const { whole, plans } = saved()
  const strategies = [{ id: 'a', diesFrom: '2027-02-30', notSafeFrom: '<b>' }, { diesFrom: 7 }]
  Object.assign(whole, {
    growth: { until: '2030-01-01', strategies },
    gates: [{ metric: 'risk', limit: 'safe', strategy: 'a', holds: 'yes' }],
  })
  const { growth, gates } = comparedOf(whole, plans)
  expect(growth).toEqual({ until: '2030-01-01', strategies: [{ id: 'a' }] })
  expect(gates).toEqual([])
  const odd = { metric: 'risk', limit: 'safe', strategy: 'a', holds: false, actual: 'x' }
  expect(comparedOf({ growth: { until: 'soon' }, gates: [odd] }, plans)).toMatchObject({
    gates: [{ holds: false, unit: 'level' }],
  })
})
