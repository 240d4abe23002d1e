import { expect, it } from 'vitest'
import type { Standing } from '../../../src/plan/result/outlook.ts'
import { changesBetween } from '../../../src/plan/sweep/changes.ts'

/** Safe up to 270, tight up to 357, then out of memory. */
function riskAt(tick: number): Standing {
  if (tick <= 270) return 'safe'
  return tick <= 357 ? 'tight' : 'oom'
}

const end = (tick: number, risk: Standing) => ({ tick, risk })

it('finds each neighbour of a change, over several levels at once', () => {
  expect(changesBetween(end(200, 'safe'), end(400, 'oom'), 1, riskAt)).toEqual([
    { from: end(270, 'safe'), to: end(271, 'tight'), exact: true },
    { from: end(357, 'tight'), to: end(358, 'oom'), exact: true },
  ])
})

it('asks for few plans', () => {
  let asked = 0
  const counted = (tick: number) => {
    asked += 1
    return tick < 600_000 ? 'safe' : 'oom'
  }
  const [change] = changesBetween(end(0, 'safe'), end(1_000_000, 'oom'), 1, counted)
  expect(change).toMatchObject({ from: { tick: 599_999 }, to: { tick: 600_000 } })
  expect(asked).toBeLessThanOrEqual(20)
})

it('tries whole steps, and the last value where no step ends there', () => {
  expect(
    changesBetween(end(0, 'safe'), end(10, 'oom'), 4, (tick) => (tick < 10 ? 'safe' : 'oom')),
  ).toEqual([{ from: end(8, 'safe'), to: end(10, 'oom'), exact: true }])
  expect(changesBetween(end(5, 'safe'), end(6, 'oom'), 1, riskAt)).toEqual([
    { from: end(5, 'safe'), to: end(6, 'oom'), exact: true },
  ])
})

it('finds nothing where the risk is the same', () => {
  expect(changesBetween(end(1, 'safe'), end(9, 'safe'), 1, riskAt)).toEqual([])
})

it('does not call a change exact where something on the way has no plan', () => {
  expect(changesBetween(end(0, 'safe'), end(10, 'oom'), 1, () => undefined)).toEqual([
    { from: end(0, 'safe'), to: end(10, 'oom'), exact: false },
  ])
})

it('ends where the risk wavers with every value', () => {
  const wavering = (tick: number) => (tick % 2 === 0 ? 'safe' : 'oom')
  const found = changesBetween(end(0, 'safe'), end(1001, 'oom'), 1, wavering)
  expect(found.length).toBeGreaterThan(0)
  expect(found.length).toBeLessThanOrEqual(12)
  for (const { from, to } of found)
    expect([wavering(from.tick), wavering(to.tick)]).toEqual([from.risk, to.risk])
})
