import { describe, expect, it } from 'vitest'
import { growingOf } from '../../../src/plan/limits/growing.ts'
import { limitsOf } from '../../../src/plan/limits/limits.ts'
import { planAll } from '../../../src/plan/strategy/plans.ts'
import { describedStrategy } from '../../../src/sharing/catalogue.ts'
import { partCopies } from '../../../src/sharing/pools/copies.ts'
import type { Workload } from '../../../src/workload/workload.ts'
import type { GroupParts } from '../../build.ts'
import { gib, kib, lkmlServer, mib, planned, strategy, workload } from '../../build.ts'
import { databases } from '../../sharing/databases.ts'

function growing(scenario: Workload) {
  const parted = partCopies(scenario)
  return growingOf(scenario, parted, planAll(parted, []).basePages.result)?.limit
}

const mapping = (processes: number, extra: GroupParts = {}): GroupParts => ({
  processes,
  maps: [{ region: 'shared' }],
  ...extra,
})

function withGroups(groups: Readonly<Record<string, GroupParts>>): Workload {
  return workload({ host: { memory: 64 * gib }, regions: { shared: { size: gib } }, groups })
}

describe('what a server grows by', () => {
  it('is the group with more than half of the page tables', () => {
    // 30 of 40 processes that map the same.
    const groups = { few: mapping(10), many: mapping(30) }
    expect(growing(withGroups(groups))).toMatchObject({
      metric: 'processes',
      group: 'many',
      now: 30,
    })
  })

  it('is all groups alike where none has more than half', () => {
    expect(growing(withGroups({ one: mapping(20), other: mapping(20) }))).toEqual({
      metric: 'allProcesses',
      unit: 'processes',
      now: 20,
    })
  })

  it('is no number of processes where there is one only', () => {
    expect(growing(withGroups({ server: mapping(1, { threads: 400 }) }))).toBeUndefined()
    expect(growing(withGroups({ server: mapping(1), idle: { processes: 3 } }))).toBeUndefined()
    expect(growing(withGroups({}))).toBeUndefined()
  })

  it('is the only group, whatever it has', () => {
    expect(growing(withGroups({ idle: { processes: 5, private: mib } }))?.group).toBe('idle')
  })

  it('counts one instance of copies, also where a pool holds some of them only', () => {
    const scenario = databases(10 * 512, 2 * mib)
    expect(partCopies(scenario).groups.length).toBe(2)
    expect(growing(scenario)).toMatchObject({ metric: 'processes', group: 'db', now: 10 })
  })
})

describe('the limits of a plan', () => {
  it('are those that limits finds', () => {
    const parts = lkmlServer(1500, { memory: 512 * gib })
    const limits = limitsOf(workload(parts))
    for (const { id, limits: found } of limits) {
      const processes = found.filter(({ metric }) => metric === 'processes')
      const memory = found.filter(({ metric }) => metric === 'memory')
      const isSubject = id === describedStrategy.id
      expect(strategy(planned(parts), id).limits).toEqual([
        ...processes,
        ...(isSubject ? memory : []),
      ])
    }
    expect(limits.length).toBeGreaterThan(5)
  })

  it('have memory only where it is not safe, or where a single process leaves nothing else', () => {
    const metrics = (processes: number, memory: number) =>
      strategy(planned(lkmlServer(processes, { memory })), 'as-described').limits.map(
        ({ metric }) => metric,
      )
    expect(metrics(100, 512 * gib)).toEqual(['processes'])
    expect(metrics(400, 512 * gib)).toEqual(['processes', 'memory'])
    expect(metrics(1, 512 * gib)).toEqual(['memory'])
  })
})

it('a process more than at most is what breaks first', () => {
  const { limits, risk } = strategy(
    planned(lkmlServer(1500, { memory: 512 * gib, minFree: 64 * kib })),
    'as-described',
  )
  const most = limits[0]?.swapping?.value ?? Number.NaN
  expect(risk.breaks).toEqual({ cause: 'memory', group: 'clients', processes: most + 1 })
})
