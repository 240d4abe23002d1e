import { expect, it } from 'vitest'
import { explain } from '../../../src/plan/explain/explain.ts'
import { limitsOf } from '../../../src/plan/limits/limits.ts'
import { planWithWorkings } from '../../../src/plan/plan.ts'
import { gib, strategy, tib } from '../../build.ts'
import { read } from '../../scenario/reading.ts'

const text = (processes: number, memory: string) => `version: 1
name: a large heap
host: { memory: ${memory}, minFree: 0 B }
groups:
  db: { processes: ${processes}, private: 4 TB, kernelMemory: 0 B }
gates: { pageTables: 8 GiB }
`

function answer(scenario: string) {
  const { workload, assumptions } = read(scenario)
  const workings = planWithWorkings(workload, {
    tool: { name: 'mshare-plan', version: '0' },
    scenario: { name: '', file: '', fingerprint: '' },
    assumptions,
  })
  return { workload, result: workings.result, workings }
}

it('4 TB of private memory has 8.0 GiB of page tables wherever they are counted', () => {
  const { result, workings } = answer(text(1, '8 TB'))
  // 2,097,152 pte, 4095 more pmd and 7 more pud tables, and the 160 KiB of the program.
  const base = (2_097_152 + 4095 + 7) * 4096 + 163_840
  const { pageTables, groups, counters, memory, risk } = strategy(result, 'as-described')
  expect(pageTables).toMatchObject({ baseBytes: base, bytes: base + 4096, mostBytes: base + 4096 })
  expect(groups[0]?.perProcess).toMatchObject({ bytes: base + 4096, vmPteBytes: base })
  expect(counters).toEqual({ pageTablesBytes: base + 4096, sumVmPteBytes: base })
  expect(memory.lines).toContainEqual(
    expect.objectContaining({ name: 'page tables', bytes: base + 4096 }),
  )
  expect(memory.headroomBytes).toBe(4 * tib - base - 4096)
  expect(risk.unswappableBytes).toBe(base + 4096)
  expect(result.gates).toMatchObject([{ actual: base + 4096, holds: false }])
  expect(result.findings.map(({ kind }) => kind)).not.toContain('private-exceeds-base-tables')
  const explained = new Map(explain(workings).map(({ path, value }) => [path, value]))
  expect(explained.get('groups.db.baseTables')).toBe(base)
  expect(explained.get('strategies.as-described.pageTables.baseBytes')).toBe(base)
})

it('limits leave room for the tables of private memory', () => {
  // 64 TiB hold 16 times 4 TiB, but not their tables of 8.0 GiB each.
  const { workload } = answer(text(1, '64 TB'))
  const [limits] = limitsOf(workload, ['as-described'])
  const processes = limits?.limits.find(({ metric }) => metric === 'processes')
  expect(processes?.tight).toMatchObject({ value: 15, next: 'oom' })
  const memory = limits?.limits.find(({ metric }) => metric === 'memory')
  expect(memory?.tight?.value).toBeGreaterThan(4 * tib + 8 * gib)
})
