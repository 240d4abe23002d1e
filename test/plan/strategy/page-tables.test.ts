import { describe, expect, it, test } from 'vitest'
import { explain } from '../../../src/plan/explain/explain.ts'
import { limitsOf } from '../../../src/plan/limits/limits.ts'
import { planWithWorkings } from '../../../src/plan/plan.ts'
import type { HostParts } from '../../build.ts'
import { billed, fiveLevels, gib, nth, strategy, tib } from '../../build.ts'
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
  const workings = planWithWorkings(workload, { name: '', assumptions })
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

/** Ten processes that touch an aligned GiB: 512 pte, 1 pmd, 1 pud table and a pgd each. */
function tenProcesses(host: HostParts) {
  const result = billed({
    host,
    regions: { shm: { size: gib } },
    groups: { ten: { processes: 10, baseTables: 40_960, maps: [{ region: 'shm' }] } },
  })
  return strategy(result, 'base-pages')
}

function kernel(version: string): HostParts['kernel'] & object {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return { major, minor }
}

describe('meminfo PageTables', () => {
  test.each([
    ['5.4', false, 512],
    ['5.9', false, 512],
    ['5.10', false, 513],
    ['6.1', false, 513],
    ['6.6', false, 513],
    ['6.7', false, 514],
    ['6.10', false, 514],
    ['6.12', true, 514],
    ['6.14', false, 515],
    ['6.14', true, 516],
    ['6.18', false, 515],
    ['6.18', true, 516],
    ['7.2', false, 515],
  ] as const)(
    'on Linux %s, isolation %s, counts %d pages of each process',
    (version, pti, pages) => {
      const { counters } = tenProcesses({ kernel: kernel(version), pti })
      expect(counters.pageTablesBytes).toBe(10 * (pages * 4096 + 40_960))
    },
  )

  test.each([
    ['6.12', 514],
    ['6.14', 516],
  ])('with 5 levels on Linux %s counts %d pages of each process', (version, pages) => {
    const { counters } = tenProcesses({ kernel: kernel(version), layout: fiveLevels })
    expect(counters.pageTablesBytes).toBe(10 * (pages * 4096 + 40_960))
  })
})

describe('VmPTE', () => {
  test.each(['5.4', '6.1', '6.18', '7.2'])(
    'on Linux %s counts pte, pmd and pud tables',
    (version) => {
      const { counters, groups } = tenProcesses({ kernel: kernel(version), pti: true })
      expect(nth(groups, 0).perProcess.vmPteBytes).toBe(514 * 4096 + 40_960)
      expect(counters.sumVmPteBytes).toBe(10 * (514 * 4096 + 40_960))
    },
  )
})

describe('physical page tables', () => {
  test('do not depend on what a kernel counts', () => {
    const [old, recent] = ['5.4', '6.18'].map((version) =>
      tenProcesses({ kernel: kernel(version) }),
    )
    expect(old?.pageTables).toEqual(recent?.pageTables)
    expect(old?.pageTables.bytes).toBe(10 * (515 * 4096 + 40_960))
  })

  test('have a pgd of two pages under page-table isolation', () => {
    const { pageTables } = tenProcesses({ pti: true })
    expect(pageTables.levels.pgd).toEqual({ tables: 10, bytes: 81_920 })
  })

  test('have a p4d for every process with 5 levels', () => {
    const { pageTables } = tenProcesses({ layout: fiveLevels })
    expect(pageTables.levels.p4d).toEqual({ tables: 10, bytes: 40_960 })
    expect(pageTables.bytes).toBe(10 * (516 * 4096 + 40_960))
  })
})
