import { describe, expect, it } from 'vitest'
import { check } from '../../src/plan/check.ts'
import { plan } from '../../src/plan/plan.ts'
import { readScenario } from '../../src/scenario/read-scenario.ts'
import { fingerprint } from '../../src/workload/identity.ts'
import { gib, lkmlServer, planned, workload } from '../build.ts'

const small = { regions: { pool: { size: gib } }, groups: { db: { maps: [{ region: 'pool' }] } } }

describe('check', () => {
  it('fails a server that runs out of memory, where its scenario has no gate', () => {
    const { gates, verdict } = check(workload(lkmlServer()), { name: 'lkml' })
    expect(verdict).toBe('fail')
    expect(gates).toMatchObject([{ metric: 'risk', limit: 'tight', actual: 'oom', holds: false }])
  })

  it('plans the strategy that is judged, and all where findings are judged too', () => {
    const ids = (gates: object) =>
      check(workload({ ...small, gates }), { name: '' }).strategies.map(({ id }) => id)
    expect(ids({ strategy: 'threads' })).toEqual(['threads'])
    expect(ids({ findings: 'error' })).toEqual(planned(small).strategies.map(({ id }) => id))
  })

  it('plans no later day', () => {
    const reading = readScenario(
      `version: 1
host: { memory: 4 GiB }
groups: { db: { processes: 1 } }
growth: { from: 2026-12-01, groups.db.processes: +1 per month }
`,
      'db.yaml',
    )
    if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
    const growing = reading.workload
    expect(plan(growing, { name: '' }).growth).toBeDefined()
    expect(check(growing, { name: '' }).growth).toBeUndefined()
  })

  it('names the scenario as it was read', () => {
    const asRead = workload(small)
    expect(check(asRead, { name: '' }).scenario.fingerprint).toBe(fingerprint(asRead))
  })

  it('compares with what was planned before: page tables may not grow', () => {
    const before = plan(workload(small), { name: 'db' })
    const more = workload({
      ...small,
      groups: { db: { processes: 2, maps: [{ region: 'pool' }] } },
    })
    const about = { name: 'db', earlier: [before] }
    expect(check(workload(small), about).verdict).toBe('pass')
    expect(check(more, about).gates).toMatchObject([
      { metric: 'risk', holds: true },
      { metric: 'growth', limit: 0, holds: false },
      { metric: 'riskGrowth', holds: true },
    ])
  })
})
