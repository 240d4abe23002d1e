import { describe, expect, test } from 'vitest'
import { strategiesOf } from '../../src/sharing/catalogue.ts'
import type { RegionParts, WorkloadParts } from '../build.ts'
import { billed, gib, mib, nth, planned, random, strategy, untouched, workload } from '../build.ts'

function tables(region: RegionParts, offset = 0, at?: number): (number | undefined)[] {
  const result = billed({
    regions: { r: region },
    groups: {
      g: { maps: [{ region: 'r', offset, ...(at === undefined ? {} : { at }) }] },
    },
    strategies: ['as-described'],
  })
  const { pte, pmd, pud } = nth(strategy(result, 'as-described').regions, 0).levels
  return [pte, pmd, pud].map((level) => level?.tables)
}

describe('a GiB', () => {
  const at = 64 * 2 ** 40

  test('on hugetlb pages of 2 MiB needs no pte table', () => {
    expect(tables({ size: gib, backing: 'hugetlbfs', pageBytes: 2 * mib })).toEqual([0, 1, 1])
  })

  test('on hugetlb pages of 1 GiB needs a pud table alone', () => {
    expect(tables({ size: gib, backing: 'hugetlbfs', pageBytes: gib })).toEqual([0, 0, 1])
  })

  test('of shmem on transparent huge pages needs no pte table, as none is in deposit', () => {
    expect(tables({ size: gib, thp: true })).toEqual([0, 1, 1])
  })

  test('of anonymous memory on transparent huge pages keeps all its pte tables', () => {
    expect(tables({ size: gib, backing: 'anonymous', thp: true })).toEqual([512, 1, 1])
  })

  test('out of phase with its huge pages has pte tables', () => {
    expect(tables({ size: gib, thp: true }, 0, at + mib)).toEqual([513, 2, 1])
  })

  test('in phase has pte tables at its edges', () => {
    expect(tables({ size: gib, thp: true }, mib, at + mib)).toEqual([1, 1, 1])
  })
})

describe('base pages', () => {
  test('are what savings are measured by: without huge pages and mshare of the scenario', () => {
    const result = billed({
      regions: {
        r: { size: gib, backing: 'hugetlbfs', pageBytes: 2 * mib, mshare: { mode: 0o600 } },
      },
      groups: { g: { processes: 2, maps: [{ region: 'r' }] } },
    })
    const { pageTables, savings } = strategy(result, 'base-pages')
    expect(pageTables).toMatchObject({ onceBytes: 0, bytes: 2 * 515 * 4096 })
    expect(savings).toEqual({ bytes: 0, fraction: 0 })
  })
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
      nobody: { processes: 0, maps: [{ region: 'r' }] },
    },
  }
  const united = strategy(billed(parts), 'threads')

  test('unite what the processes of a group draw', () => {
    expect(nth(united.regions, 0).levels.pte?.expectedTables).toBe(1.5)
  })

  test('need the tables of one process: base tables and pgd once', () => {
    expect(united.pageTables).toMatchObject({ baseBytes: 4096, onceBytes: 0 })
    expect(united.pageTables.levels.pgd?.tables).toBe(1)
    expect(united.groups.map(({ processes }) => processes)).toEqual([1, 0])
  })

  test('keep the private memory of each process, and a kernel stack for each thread', () => {
    const lineOf = (name: string) => united.memory.lines.find((line) => line.name === name)?.bytes
    expect([lineOf('private memory'), lineOf('kernel memory')]).toEqual([1000, 6000])
  })

  test('have a private region once, and a finding says so', () => {
    const result = planned({
      regions: { r: { size: mib, backing: 'anonymous' } },
      groups: { g: { processes: 5, maps: [{ region: 'r' }] } },
    })
    expect(result.findings).toContainEqual(
      expect.objectContaining({ kind: 'private-regions-united', group: 'g', processes: 5 }),
    )
  })
})

describe('the strategies', () => {
  test('of x86-64 include base pages, threads and mshare, which alone is proposed', () => {
    const known = strategiesOf(workload().host.layout)
    expect(known.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['as-described', 'base-pages', 'threads', 'mshare']),
    )
    expect(known.filter(({ status }) => status === 'proposed').map(({ id }) => id)).toEqual([
      'mshare',
    ])
  })

  test('not of the layout are refused with the layout as the reason', () => {
    const { strategies } = billed({ strategies: ['hugetlb-512m'] })
    expect(strategies).toEqual([
      {
        id: 'hugetlb-512m',
        status: 'mainline',
        applies: false,
        obstacles: [{ kind: 'layout', need: 'hugetlb-512m', found: 'x86-64' }],
      },
    ])
  })
})

describe('a mapping that nothing touches', () => {
  test('costs nothing but the pgd', () => {
    const result = billed({
      regions: { r: { size: gib } },
      groups: { g: { maps: [{ region: 'r', touched: untouched }] } },
    })
    expect(strategy(result, 'base-pages').pageTables.bytes).toBe(4096)
  })
})
