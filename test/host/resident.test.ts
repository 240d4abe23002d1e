import { describe, expect, it } from 'vitest'
import type { WorkloadParts } from '../build.ts'
import { billed, gib, mib, strategy } from '../build.ts'

const onHugePages: WorkloadParts = {
  host: { memory: gib, swap: 4 * gib, minFree: 0 },
  regions: { sga: { size: gib, backing: 'memfd', pageBytes: 2 * mib } },
  groups: {
    clients: { processes: 2, baseTables: 0, kernelMemory: 0, maps: [{ region: 'sga' }] },
  },
}

describe('a region that is taken off its huge pages', () => {
  it('can be swapped like any other shared memory', () => {
    // 514 tables and a PGD for each of two processes are all that cannot be.
    const plan = strategy(billed(onHugePages), 'base-pages')
    expect(plan.risk.unswappableBytes).toBe(2 * 515 * 4096)
    expect(plan.risk.level).toBe('swapping')
  })
})

describe('what processes write to private mappings', () => {
  const privately = (backing: 'dax' | 'file'): WorkloadParts => ({
    host: { memory: 64 * gib },
    regions: { data: { size: 3 * gib, backing } },
    groups: { jobs: { processes: 3, maps: [{ region: 'data', private: true }] } },
  })

  it.each(['dax', 'file'] as const)('is copied to memory of their own: %s', (backing) => {
    const { lines } = strategy(billed(privately(backing)), 'as-described').memory
    const copies = lines.find(({ name }) => name === 'private region: data')
    expect(copies?.bytes).toBe(9 * gib)
  })

  it('leaves DAX itself out of memory', () => {
    const { lines } = strategy(billed(privately('dax')), 'as-described').memory
    expect(lines.some(({ name }) => name.startsWith('reclaimable'))).toBe(false)
  })
})
