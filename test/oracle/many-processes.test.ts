import { describe, expect, test } from 'vitest'
import { spansVariance } from '../../src/space/variance.ts'
import type { WorkloadParts } from '../build.ts'
import { billed, nth, strategy, workload } from '../build.ts'
import type { RecordedCase } from './recorded.ts'
import { asWorkload, readRun } from './recorded.ts'

const recorded = readRun('multi').cases

const atRandom = 'multi-shm-2G-rand500'
const exact = [
  'multi-shm-1G-full',
  'multi-sysv-1G-full',
  'multi-hugetlb-file-1G-private-read',
  // Shared 2 MiB hugetlb: pmd tables of whole GiB exist once, and stand in every VmPTE.
  'multi-hugetlb-sysv-1G-aligned',
  'multi-hugetlb-sysv-3G-off512M',
  'multi-hugetlb-file-1G-shared',
]

/** A global counter read while other processes come and go. */
const noiseKB = 16

function caseOf(id: string): RecordedCase {
  const found = recorded.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no case ${id}`)
  return found
}

function rowsOf(id: string) {
  const rows = caseOf(id).measuredAcrossProcesses ?? []
  if (rows.length === 0) throw new Error(`${id}: nothing was measured`)
  return rows
}

function workloadOf(id: string, processes: number): WorkloadParts {
  return asWorkload(caseOf(id), { kernel: { major: 6, minor: 18 } }, processes)
}

function countersOf(id: string, processes: number) {
  return strategy(billed(workloadOf(id, processes)), 'as-described')
}

test('every recorded case of many processes is asked', () => {
  expect(recorded.map(({ id }) => id).sort()).toEqual([...exact, atRandom].sort())
})

describe.each(exact)('%s', (id) => {
  test.each(rowsOf(id))('$processes processes have $sumVmPteKB kB in VmPTE', (row) => {
    const { counters } = countersOf(id, row.processes)
    expect(counters.sumVmPteBytes / 1024).toBe(row.sumVmPteKB)
    expect(Math.abs(counters.pageTablesBytes / 1024 - row.pageTablesKB)).toBeLessThan(noiseKB)
  })

  test('PageTables agrees to the byte in all rows but one at most', () => {
    const off = rowsOf(id).filter(
      ({ processes, pageTablesKB }) =>
        countersOf(id, processes).counters.pageTablesBytes !== pageTablesKB * 1024,
    )
    expect(off.length).toBeLessThanOrEqual(1)
  })
})

describe(`${atRandom}: 500 pages of 2 GiB, drawn anew in each process`, () => {
  test.each(rowsOf(atRandom))('$processes processes lie within least and most', (row) => {
    const { pageTables } = countersOf(atRandom, row.processes)
    expect(row.pageTablesKB * 1024).toBeGreaterThanOrEqual(pageTables.leastBytes)
    expect(row.pageTablesKB * 1024).toBeLessThanOrEqual(pageTables.mostBytes)
  })

  test.each(rowsOf(atRandom))('$processes processes come within 3 standard errors', (row) => {
    const { counters } = countersOf(atRandom, row.processes)
    const variance = row.processes * varianceOfOne(row.processes)
    const away = Math.abs(counters.sumVmPteBytes - row.sumVmPteKB * 1024)
    expect(variance).toBeGreaterThan(0)
    expect(away).toBeLessThanOrEqual(3 * Math.sqrt(variance))
  })
})

/** Bytes squared; standard deviations of the levels add up at most. */
function varianceOfOne(processes: number): number {
  const { host, groups } = workload(workloadOf(atRandom, processes))
  const { at = 0, length, touched } = nth(nth(groups, 0).maps, 0)
  const access = { first: at, pages: length, touched, draws: 1, counts: 'all' } as const
  const deviation = host.layout.levels
    .filter(({ name }) => name !== 'pgd')
    .reduce((sum, { reach, tableBytes }) => {
      return sum + tableBytes * Math.sqrt(spansVariance(access, reach))
    }, 0)
  return deviation ** 2
}
