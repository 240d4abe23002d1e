import { describe, expect, test } from 'vitest'
import { planned, strategy } from '../build.ts'
import type { RecordedCase } from './recorded.ts'
import { asWorkload, beforeTouching, machines, readRun, recordedNames } from './recorded.ts'

/** Cases of one process, by run: all that were recorded, none left out. */
const caseCounts = {
  single: 52,
  'vm-x86-6.1': 14,
  'vm-x86-6.1-pti': 15,
  'vm-x86-6.12-4l': 15,
  'vm-x86-6.12-5l': 12,
  'vm-x86-6.12-pti': 14,
}

/** What the counters grow by, in KB, when the pages of a case are touched. */
function growthOf(recorded: RecordedCase, run: string) {
  const parts = asWorkload(recorded, machines[run] ?? {})
  const after = strategy(planned(parts), 'as-described')
  const before = strategy(planned(beforeTouching(parts)), 'as-described')
  return {
    vmPteKB: (after.counters.sumVmPteBytes - before.counters.sumVmPteBytes) / 1024,
    ofOneProcessKB: (vmPteOf(after) - vmPteOf(before)) / 1024,
    pageTablesKB: (after.counters.pageTablesBytes - before.counters.pageTablesBytes) / 1024,
    bounds: [after.pageTables.leastBytes, after.pageTables.mostBytes],
    bytes: after.pageTables.bytes,
  }
}

function vmPteOf({ groups }: ReturnType<typeof strategy>): number {
  return groups[0]?.perProcess.vmPteBytes ?? Number.NaN
}

describe.each(Object.entries(caseCounts))('the kernel of %s', (run, cases) => {
  const recorded = readRun(run).cases

  test(`answered ${cases} cases, on pages of 4 KiB`, () => {
    expect(recorded).toHaveLength(cases)
    expect(readRun(run).pageBytes).toBe(4096)
    expect(new Set(recorded.map(({ id }) => id)).size).toBe(cases)
  })

  test.each(recorded.map((one) => [one.id, one] as const))('%s: grew as planned', (_, one) => {
    if (one.measured === undefined) throw new Error('nothing was measured')
    const growth = growthOf(one, run)
    expect(growth.vmPteKB).toBe(one.measured.vmPteKB)
    expect(growth.ofOneProcessKB).toBe(one.measured.vmPteKB)
    expect(growth.pageTablesKB).toBe(one.measured.pageTablesKB)
    expect(growth.bounds).toEqual([growth.bytes, growth.bytes])
  })
})

test('every recorded file is asked by some oracle', () => {
  const asked = [...Object.keys(caseCounts), 'multi', 'mshare-v3']
  expect(recordedNames().sort()).toEqual(asked.sort())
})
