import { describe, expect, it } from 'vitest'
import { plannedDemand } from '../../../src/plan/verify/planned-demand.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'

function demandOf(lines: readonly string[]) {
  const reading = readScenario(lines.join('\n'), 'a.yaml')
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
  return plannedDemand(reading.workload)
}

/** 16 processes that each touch all of 1 GiB, from the start of a pud span. */
const scenario = (region: string, pool = '') => [
  'version: 1',
  `host: { memory: 16 GiB${pool} }`,
  `regions: { r: { size: 1 GiB, ${region} } }`,
  'groups: { g: { processes: 16, baseTables: 0 B, maps: [{ region: r, at: 0x7f0000000000, touched: all }] } }',
]

describe('what a plan takes of a workload as described', () => {
  it('is VmPTE of one process: 512 pte tables, one pmd and one pud table of 4 KiB', () => {
    const demand = demandOf(scenario('backing: sysv-shm'))
    expect(demand?.vmPte).toEqual(new Map([['g', 514 * 4096]]))
    expect(demand?.tables.get('g')).toMatchObject({ pte: 512, pmd: 1, pud: 1 })
    expect(demand?.linkedBytes).toBe(0)
  })

  it('is the memory of each region that is shmem, and of no other', () => {
    expect(demandOf(scenario('backing: sysv-shm'))?.shared).toEqual(new Map([['r', 2 ** 30]]))
    expect(demandOf(scenario('backing: file'))?.shared).toEqual(new Map())
  })

  it('is what VmPTE counts more than once: the pmd table that 16 processes link to', () => {
    const pool = ', hugepages: { 2 MiB: 512 }'
    const demand = demandOf(scenario('backing: sysv-shm, pageSize: 2 MiB', pool))
    expect(demand?.linkedBytes).toBe(15 * 4096)
  })
})
