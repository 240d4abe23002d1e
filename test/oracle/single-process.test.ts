import { describe, expect, test } from 'vitest'
import type { PlannedStrategy } from '../../src/plan/result/result.ts'
import type { WorkloadParts } from '../build.ts'
import { billed, strategy } from '../build.ts'
import type { Program, RecordedCase } from './recorded.ts'
import {
  asWorkload,
  beforeMapping,
  machines,
  readRun,
  recordedNames,
  withProgram,
} from './recorded.ts'

/** Cases of one process, by run: all that were recorded, none left out. */
const caseCounts = {
  single: 52,
  'vm-x86-6.1': 14,
  'vm-x86-6.1-pti': 15,
  'vm-x86-6.12-4l': 15,
  'vm-x86-6.12-5l': 12,
  'vm-x86-6.12-pti': 14,
  'vm-arm64-6.1-4k-48': 11,
  'vm-arm64-6.12-4k-a72': 13,
  'vm-arm64-6.12-4k-52-lpa2': 15,
  'vm-arm64-6.12-16k-a76': 15,
  'vm-arm64-6.12-16k-max': 13,
  'vm-ppc64le-6.1-64k-radix': 16,
  'vm-s390x-6.1': 15,
}

/**
 * Where the program's own memory decides what growth is seen: 16K pages and 52 bits, as the run's
 * notes say (its pud table spans 128 TiB); ppc64, whose fragments fill pages that the program has
 * begun; s390x, where one 2 KiB table of the program has a free half beside it.
 */
const programs: Readonly<Record<string, Program>> = {
  'vm-arm64-6.12-16k-max': { at: 2 ** 22, bytes: 2 ** 14 },
  'vm-ppc64le-6.1-64k-radix': { at: 2 ** 28, bytes: 2 ** 16 },
  'vm-s390x-6.1': { at: 2 ** 24, bytes: 2 ** 12 },
}

/** What the counters grow by, in KB, when the pages of a case are touched. */
function growthOf(recorded: RecordedCase, run: string) {
  const host = machines[run]
  if (host === undefined) throw new Error(`no machine ${run}`)
  const parts = asWorkload(recorded, host)
  const program = programs[run]
  const [after, before] = [described(parts, program), described(beforeMapping(parts), program)]
  return {
    vmPteKB: (after.counters.sumVmPteBytes - before.counters.sumVmPteBytes) / 1024,
    ofOneProcessKB: (vmPteOf(after) - vmPteOf(before)) / 1024,
    pageTablesKB: (after.counters.pageTablesBytes - before.counters.pageTablesBytes) / 1024,
    bounds: [after.pageTables.leastBytes, after.pageTables.mostBytes],
    bytes: after.pageTables.bytes,
  }
}

function described(parts: WorkloadParts, program: Program | undefined): PlannedStrategy {
  const asked = { ...withProgram(parts, program), strategies: ['as-described'] }
  return strategy(billed(asked), 'as-described')
}

function vmPteOf({ groups }: PlannedStrategy): number {
  return groups[0]?.perProcess.vmPteBytes ?? Number.NaN
}

describe.each(Object.entries(caseCounts))('the kernel of %s', (run, cases) => {
  const recorded = readRun(run).cases

  test(`answered ${cases} cases, on pages of its layout`, () => {
    expect(recorded).toHaveLength(cases)
    expect(readRun(run).pageBytes).toBe(machines[run]?.layout?.pageBytes ?? 4096)
    expect(new Set(recorded.map(({ id }) => id)).size).toBe(cases)
  })

  test.each(recorded.map((one) => [one.id, one] as const))('%s: grew as planned', (_, one) => {
    if (one.measured === undefined) throw new Error('nothing was measured')
    const growth = growthOf(one, run)
    // A pte table of ppc64 has 256 bytes, and both readings were rounded down to whole KB.
    const rounding = (machines[run]?.layout?.levels[0]?.tableBytes ?? 4096) < 1024 ? 1 : 0
    expect(Math.abs(growth.vmPteKB - one.measured.vmPteKB)).toBeLessThanOrEqual(rounding)
    expect(growth.ofOneProcessKB).toBe(growth.vmPteKB)
    expect(growth.pageTablesKB).toBe(one.measured.pageTablesKB)
    expect(growth.bounds).toEqual([growth.bytes, growth.bytes])
  })
})

test('every recorded file is asked by some oracle', () => {
  const asked = [...Object.keys(caseCounts), 'multi', 'mshare-v3']
  expect(recordedNames().sort()).toEqual(asked.sort())
})
