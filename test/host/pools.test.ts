import { describe, expect, it } from 'vitest'
import type { WorkloadParts } from '../build.ts'
import { gib, mib, planned, strategy } from '../build.ts'

const onHugePages: WorkloadParts = {
  host: { memory: gib, swap: 4 * gib, minFree: 0 },
  regions: { sga: { size: gib, backing: 'memfd', pageBytes: 2 * mib } },
  groups: {
    clients: { processes: 2, baseTables: 0, kernelMemory: 0, maps: [{ region: 'sga' }] },
  },
}

describe('a pool that is not there', () => {
  it('is set aside all the same: the plan is of one that is large enough', () => {
    const result = planned(onHugePages)
    const { memory, risk } = strategy(result, 'as-described')
    const missing = memory.lines.find(({ name }) => name === 'huge-page pool 2m, missing')
    expect(missing).toMatchObject({ side: 'supply', bytes: -gib, origin: 'derived' })
    expect(memory.capacityBytes).toBe(0)
    expect(risk.level).toBe('oom')
    expect(result.findings.find(({ kind }) => kind === 'pool-too-small')?.severity).toBe('error')
  })
})
