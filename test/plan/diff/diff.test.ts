import { expect, it } from 'vitest'
import { diff } from '../../../src/plan/diff/diff.ts'
import { sideOf } from './side.ts'

it('a scenario and itself are the same, with nothing to tell', () => {
  expect(diff(sideOf(), sideOf())).toMatchObject({
    ...{ same: true, inputs: [], effects: [], strategies: [], limits: [] },
    pageTables: { changeBytes: 0, lines: [] },
    verdict: { from: 'none', to: 'none' },
  })
})

it('other gates alone are no longer the same, though the fingerprint is', () => {
  const [from, to] = [sideOf(), sideOf({ gates: '{ risk: tight }' })]
  expect(from.about.fingerprint).toBe(to.about.fingerprint)
  const { same, inputs, verdict } = diff(from, to)
  expect(same).toBe(false)
  expect(inputs).not.toEqual([])
  expect(verdict).toEqual({ from: 'none', to: 'pass' })
})

it('what was renamed is compared with itself', () => {
  const renamed = sideOf({
    regions: '{ cache: { size: 8 GiB } }',
    groups: '{ workers: { processes: 100, maps: [{ region: cache }] } }',
  })
  const { inputs, pageTables, effects, strategies } = diff(sideOf(), renamed)
  expect(inputs).toEqual([{ path: 'regions', kind: 'renamed', from: 'pool', to: 'cache' }])
  expect([effects, strategies, pageTables?.lines]).toEqual([[], [], []])
})

it('with a saved result only figures are compared', () => {
  const { workload: _, ...saved } = sideOf()
  const found = diff(saved, sideOf({ 'groups.workers.processes': '150' }))
  expect(found).not.toHaveProperty('inputs')
  expect(found).not.toHaveProperty('effects')
  expect(found.pageTables?.changeBytes).toBeGreaterThan(50 * 16 * 2 ** 20)
})
