import { expect, it } from 'vitest'
import type { Change } from '../../../src/plan/result/advice-result.ts'
import type { Result } from '../../../src/plan/result/result.ts'
import {
  changedScenario,
  growthLimits,
  planAtOnce,
  planChanged,
} from '../../../src/report/scenario/replan.ts'
import type { ReportEntry } from '../../../src/report/scenario/report-data.ts'
import { yamlText } from '../../../src/report/scenario/yaml-text.ts'
import { textOf } from '../../scenarios/shipped.ts'
import { reported, server } from '../entries.ts'

function ready(entry: ReportEntry, changes: readonly Change[] = []) {
  const changed = changedScenario(entry, changes)
  if (!changed.ok) throw new Error(JSON.stringify(changed.complaints))
  return changed
}

const plain = (result: Result): unknown => JSON.parse(JSON.stringify(result))

it.each(['oracle-sga-300g', 'multi-tenant', 'measured-hugetlb-links', 'permissions'])(
  'plans in the page what plan prints: %s',
  async (name) => {
    const { entry, result } = await reported(textOf(name))
    expect(plain(planChanged(ready(entry)).result)).toEqual(plain(result))
  },
)

it('plans a change as --set does, to the byte', async () => {
  const { entry } = await reported(server)
  const { result } = await reported(server, [
    { path: 'groups.clients.processes', value: '500' },
    { path: 'groups.clients.private', value: '16 MiB' },
  ])
  const changed = ready(entry, [
    { path: 'groups.clients.processes', value: 500 },
    { path: 'groups.clients.private', value: '16 MiB' },
  ])
  expect(plain(planChanged(changed).result)).toEqual(plain(result))
})

const changing = `${server}timeline:
  - { name: clients come back, start: { clients: 200 } }
  - set: { regions.buffers.size: 80 GiB }
  - stop: { clients: 250 }
`

it('plans a change of a scenario with a timeline as --set does', async () => {
  const { entry, result: before } = await reported(changing)
  expect(plain(planChanged(ready(entry)).result)).toEqual(plain(before))
  const { result } = await reported(changing, [{ path: 'groups.clients.processes', value: '90' }])
  expect(result.timeline?.steps).toBe(3)
  const changed = ready(entry, [{ path: 'groups.clients.processes', value: 90 }])
  expect(plain(planChanged(changed).result)).toEqual(plain(result))
})

it('refuses a change that a step of the timeline cannot follow', async () => {
  const { entry } = await reported(changing)
  const few = changedScenario(entry, [{ path: 'groups.clients.processes', value: 10 }])
  expect(few).toMatchObject({ ok: false })
})

it('exports a scenario that plans to the same', async () => {
  const { entry } = await reported(server)
  const changed = ready(entry, [{ path: 'regions.buffers.pageSize', value: '2 MiB' }])
  const { result } = await reported(yamlText(changed.data))
  expect(plain(planChanged(changed).result)).toEqual(plain(result))
})

it('follows a piece of advice to the level that it promises', async () => {
  const { entry, result } = await reported(textOf('oracle-sga-300g'))
  const [first] = result.advice
  if (first === undefined) throw new Error('no advice')
  const after = planChanged(ready(entry, first.changes)).result
  expect(after.strategies[0]).toMatchObject({ id: 'as-described', risk: { level: 'safe' } })
})

it('says what is wrong with a change', async () => {
  const { entry } = await reported(server)
  const changed = changedScenario(entry, [{ path: 'regions.buffers.pageSize', value: '3 MiB' }])
  expect(changed).toMatchObject({
    ok: false,
    complaints: [{ message: 'sysv-shm on x86-64 has no pages of 3 MiB' }],
  })
})

it('has the figures of the strategies at once, and the limits later', async () => {
  const { entry, result } = await reported(server)
  const changed = ready(entry, [{ path: 'groups.clients.processes', value: 500 }])
  const whole = planChanged(changed).result
  const atOnce = planAtOnce(changed, result)
  const figures = ({ strategies }: Result) =>
    strategies.map((one) =>
      one.applies ? [one.pageTables, one.memory, one.savings, one.risk.level] : one,
    )
  expect(figures(atOnce)).toEqual(figures(whole))
})

it('finds how memory fills by what grows', async () => {
  const { entry, result } = await reported(server)
  const { workload } = ready(entry)
  const [chart] = growthLimits(workload, result)?.charts ?? []
  expect(chart).toMatchObject({ metric: 'processes', group: 'clients', now: 100 })
})
