import { expect, it } from 'vitest'
import type { GroupParts } from '../build.ts'
import { billed, kib, mib, strategy, tib } from '../build.ts'

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
