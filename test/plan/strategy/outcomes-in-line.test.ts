import { describe, expect, it } from 'vitest'
import type { OutcomeLaw } from '../../../src/plan/strategy/outcome-law.ts'
import { outcomeInLine } from '../../../src/plan/strategy/outcomes-in-line.ts'
import { tryPlan } from '../../../src/plan/strategy/plans.ts'
import { baseStrategy } from '../../../src/sharing/catalogue.ts'
import { bytes, count } from '../../../src/units/quantity.ts'
import type { Workload } from '../../../src/workload/workload.ts'
import { gib, kib, lkmlServer, mib, workload } from '../../build.ts'

const of = workload(lkmlServer(100, { memory: 512 * gib, minFree: 64 * mib }))
const law: OutcomeLaw = { isWhole: true, isLinear: true, few: 2 }

function withProcesses(processes: number): Workload {
  return { ...of, groups: of.groups.map((group) => ({ ...group, processes: count(processes) })) }
}

function sampleWith(processes: number) {
  const outcome = tryPlan(withProcesses(processes), baseStrategy)
  if (outcome === undefined) throw new RangeError('base pages can always be planned')
  return { workload: withProcesses(processes), outcome }
}

describe('the line through two plans of 100 and 200 clients', () => {
  const samples = [sampleWith(100), sampleWith(200)]

  it('says what 1500 of them take', () => {
    const outcome = outcomeInLine(samples, withProcesses(1500), () => law)
    const tables = 153_902 * 4096 + 160 * kib
    expect(outcome?.pageTables.bytes).toBe(1500 * tables)
    expect(outcome?.memory.demandBytes).toBe(300 * gib + 1500 * (tables + 6 * mib + 48 * kib))
    expect(outcome?.risk.level).toBe('oom')
  })

  it('does not reach so few that they share with no one, nor numbers that only a plan can refuse', () => {
    expect(outcomeInLine(samples, withProcesses(2), () => law)).toBeUndefined()
    expect(outcomeInLine(samples, withProcesses(2 ** 40), () => law)).toBeUndefined()
  })

  it('is none where the law is another, or one plan alone is known', () => {
    const bent = { ...law, isLinear: false }
    expect(outcomeInLine(samples, withProcesses(1500), () => bent)).toBeUndefined()
    expect(outcomeInLine(samples.slice(1), withProcesses(1500), () => law)).toBeUndefined()
  })
})

it('other memory is more or less capacity, for the same demand', () => {
  const sample = sampleWith(100)
  const wanted = { ...withProcesses(100), host: { ...of.host, memory: bytes(400 * gib) } }
  const outcome = outcomeInLine([sample], wanted, () => law)
  expect(outcome?.memory.capacityBytes).toBe(sample.outcome.memory.capacityBytes - 112 * gib)
  expect(outcome?.memory.demandBytes).toBe(sample.outcome.memory.demandBytes)
  expect(outcome?.memory.headroomBytes).toBe(sample.outcome.memory.headroomBytes - 112 * gib)
})
