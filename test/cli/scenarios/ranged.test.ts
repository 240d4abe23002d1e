import { expect, it } from 'vitest'
import { planRanges } from '../../../src/cli/scenarios/ranged.ts'
import { plan } from '../../../src/plan/plan.ts'

const text = `
version: 1
host: { memory: 64 GB }
regions: { pool: { size: { from: 4 GB, to: 8 GB } } }
groups: { a: { processes: 10, maps: [{ region: pool }] } }
`

const request = { overrides: [], options: {}, command: 'plan' } as const

it('a scenario with ranges is planned, by what is asked to', async () => {
  const made: number[] = []
  const planned = await planRanges({ path: 'a.yaml', text }, request, {}, (workload, about) => {
    made.push(workload.regions[0]?.size ?? 0)
    return plan(workload, about)
  })
  expect(made).toEqual([8 * 2 ** 30])
  expect(planned).toMatchObject({ result: { ranges: { plannedAt: 'worst' } } })
})

it.each([
  ['where none is', text.replace('{ from: 4 GB, to: 8 GB }', '4 GB')],
  ['of a saved result', `{ "schema": "mshare-plan/result/1", "a": { "from": 4, "to": 8 } }`],
])('nothing is planned %s', async (_, plain) => {
  expect(await planRanges({ path: 'a.yaml', text: plain }, request, {})).toBeUndefined()
})
