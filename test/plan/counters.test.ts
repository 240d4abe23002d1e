import { describe, expect, test } from 'vitest'
import type { HostParts } from '../build.ts'
import { billed, fiveLevels, gib, nth, strategy } from '../build.ts'

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
