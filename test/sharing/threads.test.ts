import { describe, expect, it } from 'vitest'
import { planAll } from '../../src/plan/strategy/plans.ts'
import { bytes } from '../../src/units/quantity.ts'
import type { GroupParts, WorkloadParts } from '../build.ts'
import { billed, kib, mib, nth, planned, random, strategy, tib } from '../build.ts'
import { databases } from './databases.ts'

const group = { processes: 1000, private: 6 * mib, baseTables: 172 * kib }

function tablesOf(parts: GroupParts, id: string) {
  const { pageTables, groups, counters, memory } = strategy(
    billed({ host: { memory: 64 * tib }, groups: { g: parts } }),
    id,
  )
  const line = memory.lines.find(({ name }) => name === 'page tables')
  return {
    base: pageTables.baseBytes,
    vmPte: groups[0]?.perProcess.vmPteBytes,
    sumOfVmPte: counters.sumVmPteBytes,
    total: pageTables.bytes,
    line: line?.bytes,
  }
}

it('one process has the private memory of all, and derived base tables are those of all of it', () => {
  const derived = { ...group, assumedTables: 160 * kib }
  // 6000 MiB: 3000 pte and 6 pmd tables, of which the first is that of the program.
  const base = 160 * kib + 3005 * 4096
  expect(tablesOf(derived, 'threads')).toEqual({
    base,
    vmPte: base,
    sumOfVmPte: base,
    total: base + 4096,
    line: base + 4096,
  })
  const each = 172 * kib
  expect(tablesOf(derived, 'as-described')).toEqual({
    base: 1000 * each,
    vmPte: each,
    sumOfVmPte: 1000 * each,
    total: 1000 * (each + 4096),
    line: 1000 * (each + 4096),
  })
})

it('base tables that are given count once, whatever the private memory of all', () => {
  expect(tablesOf(group, 'threads').base).toBe(172 * kib)
})

it('each copy becomes a process of its own, with the tables of what its processes had', () => {
  const of = databases(0, 4 * kib)
  const own = { private: bytes(300 * mib), assumedTables: bytes(160 * kib) }
  const groups = of.groups.map((group) => ({ ...group, ...own }))
  const [planned] = planAll({ ...of, groups, strategies: ['threads'] }, []).asked
  // 10 · 300 MiB: 1500 pte tables, and 2 pmd tables more than that of the program.
  expect(planned?.result.applies && planned.result.pageTables.baseBytes).toBe(
    20 * (160 * kib + 1502 * 4096),
  )
})

describe('threads', () => {
  const parts: WorkloadParts = {
    regions: { r: { size: 4 * mib } },
    groups: {
      g: {
        processes: 2,
        threads: 3,
        baseTables: 4096,
        kernelMemory: 1000,
        private: 500,
        maps: [{ region: 'r', touched: random(1) }],
      },
      none: { processes: 0, maps: [{ region: 'r' }] },
    },
  }
  const united = strategy(billed(parts), 'threads')

  it('unite what the processes of a group draw', () => {
    expect(nth(united.regions, 0).levels.pte?.expectedTables).toBe(1.5)
  })

  it('need the tables of one process: base tables and pgd once', () => {
    expect(united.pageTables).toMatchObject({ baseBytes: 4096, onceBytes: 0 })
    expect(united.pageTables.levels.pgd?.tables).toBe(1)
    expect(united.groups.map(({ processes }) => processes)).toEqual([1, 0])
  })

  it('keep the private memory of each process, and a kernel stack for each thread', () => {
    const lineOf = (name: string) => united.memory.lines.find((line) => line.name === name)?.bytes
    expect([lineOf('private memory'), lineOf('kernel memory')]).toEqual([1000, 6000])
  })

  it('have a private region once, and a finding says so', () => {
    const result = planned({
      regions: { r: { size: mib, backing: 'anonymous' } },
      groups: { g: { processes: 5, maps: [{ region: 'r' }] } },
    })
    expect(result.findings).toContainEqual(
      expect.objectContaining({ kind: 'private-regions-united', group: 'g', processes: 5 }),
    )
  })
})
