import { describe, expect, it } from 'vitest'
import { planOne, tryPlan } from '../../../src/plan/strategy/plans.ts'
import { rememberedOutcome } from '../../../src/plan/strategy/remembered-outcomes.ts'
import { outcomeOf } from '../../../src/plan/strategy/strategy-result.ts'
import { baseStrategy, describedStrategy } from '../../../src/sharing/catalogue.ts'
import { bytes, count } from '../../../src/units/quantity.ts'
import type { Workload } from '../../../src/workload/workload.ts'
import { gib, lkmlServer, mib, workload } from '../../build.ts'

const server = workload(lkmlServer(1500))
const withProcesses = (processes: number, of: Workload = server): Workload => ({
  ...of,
  groups: of.groups.map((group) => ({ ...group, processes: count(processes) })),
})

describe('an outcome is worked out once', () => {
  it('for each number of processes and each size of memory', () => {
    const asked: number[] = []
    const ask = (one: Workload): void => {
      rememberedOutcome(describedStrategy, one, () => {
        asked.push(one.groups[0]?.processes ?? 0)
        return undefined
      })
    }
    const of = workload(lkmlServer(7))
    for (const processes of [1, 2, 1, 2]) ask(withProcesses(processes, of))
    expect(asked).toEqual([1, 2])
    ask({ ...of, host: { ...of.host, memory: bytes(gib) } })
    expect(asked).toEqual([1, 2, 7])
  })

  it('and anew where anything else is another', () => {
    const before = tryPlan(server, describedStrategy)?.memory.demandBytes ?? Number.NaN
    const groups = server.groups.map((group) => ({ ...group, private: bytes(group.private + mib) }))
    const after = tryPlan({ ...server, groups }, describedStrategy)?.memory.demandBytes
    expect(after).toBe(before + 1500 * mib)
    const host = { ...server.host, minFree: bytes(gib) }
    const capacityBytes = tryPlan({ ...server, host }, describedStrategy)?.memory.capacityBytes
    expect(capacityBytes).toBe(511 * gib)
  })
})

it('nothing of it is that of another number of processes', () => {
  for (const processes of [0, 1, 2, 3, 1500, 2]) {
    const one = withProcesses(processes)
    const fresh = { ...one, regions: [...one.regions] }
    expect(tryPlan(one, baseStrategy)).toEqual(tryPlan(fresh, baseStrategy))
  }
})

it('a whole plan tells its outcome, without what is published beside it', () => {
  const planned = planOne(server, describedStrategy, new Set())
  if (!('outcome' in planned)) throw new RangeError('it can be planned')
  expect(outcomeOf(planned)).toEqual(planned.outcome)
  const { charged: _, ...published } = planned.outcome
  expect(planned.result).toMatchObject(published)
  expect(planned.outcome.memory).not.toHaveProperty('lines')
})
