import { expect, it } from 'vitest'
import { explainGrowth } from '../../../../src/plan/explain/what-if/explain-growth.ts'
import { plan } from '../../../../src/plan/plan.ts'
import type { Reading } from '../../../../src/scenario/read-scenario.ts'
import { readScenario } from '../../../../src/scenario/read-scenario.ts'
import { strategy } from '../../../build.ts'

const text = `
version: 1
host: { memory: 512 GB }
regions: { sga: { size: 300 GB } }
groups: { clients: { processes: 200, private: 6 MB, maps: [{ region: sga }] } }
growth: { from: 2026-12-01, groups.clients.processes: +40 per month, regions.sga.size: +3% per month }
`

function planned(reading: Reading) {
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
  return plan(reading.workload, reading)
}

it('puts in the values of the day, with which a plan comes to these numbers', () => {
  const explanations = explainGrowth(planned(readScenario(text, 'a.yaml')).growth)
  const start = 'growth.strategies.as-described.changes.'
  const changes = explanations.filter(({ path }) => path.startsWith(start))
  expect(changes.map(({ path }) => path.slice(start.length))).toEqual([
    ...['0.pageTablesBytes', '0.headroomBytes', '1.pageTablesBytes', '1.headroomBytes'],
  ])
  for (const { path, substituted, value } of changes) {
    const overrides = substituted.split(', ').map((one) => {
      const [set = '', to = ''] = one.split(' = ')
      return { path: set, value: to }
    })
    const { pageTables, memory } = strategy(
      planned(readScenario(text, 'a.yaml', overrides)),
      'as-described',
    )
    const isTables = path.endsWith('pageTablesBytes')
    expect(value).toBe(isTables ? pageTables.bytes : memory.headroomBytes)
  }
})

it('says that nothing changes, on how many days, and what it stays', () => {
  const short = text.replace('from: 2026-12-01', 'from: 2026-12-01, until: 2027-01-28')
  const { growth } = planned(readScenario(short, 'a.yaml'))
  const [dates, ...others] = explainGrowth(growth)
  expect(dates).toMatchObject({ path: 'growth.dates', value: 1, unit: 'days' })
  expect(others.map(({ path }) => path)).toEqual(
    growth?.strategies.map(({ id }) => `growth.strategies.${id}.changes`),
  )
  expect(others[0]).toMatchObject({
    meaning: 'days on which its risk is another: it is safe until 2027-01-28',
    value: 0,
  })
})

it('says nothing where nothing grows', () => expect(explainGrowth(undefined)).toEqual([]))
