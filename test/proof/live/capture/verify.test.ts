import { expect, test } from 'vitest'
import type { GroupComparison, VerifyResult } from '../../../../src/plan/result/verify-result.ts'
import { kib, mib, nth } from '../../../build.ts'
import { testLimit } from '../limits.ts'
import type { MapOrder } from '../machine/orders.ts'
import { printed } from './printed.ts'
import { startedWorkers, territory } from './started-workers.ts'
import { tablesWithPages } from './tables-with-pages.ts'

/*
 * Processes map and touch memory and are compared as they stand. Their private memory is predicted by
 * its mappings, so that VmPTE and the prediction come from different files of /proc.
 */
const processes = 3
const mostTries = 20
const size = 64 * mib

const started = startedWorkers(processes)

test('processes that map a memfd agree with the plan of what they touch', {
  timeout: testLimit,
}, async () => {
  for (let tries = 1; ; tries += 1) {
    const { before, after, needed, result } = await measured()
    const groups = result.groups.filter((group) => group.compared)
    const seen = sum(groups.map(({ measuredBytes }) => measuredBytes))
    // V8 gives pages back, and the kernel takes some: their tables stay, and are named.
    const left = sum(after) * kib - sum(needed)
    const residual = sum(groups.map(({ residualBytes }) => residualBytes))
    // Base tables are a mean, in bytes.
    const agrees = Math.abs(residual - left) <= processes
    // The processes' own memory may have changed between their answer, the capture and this look.
    if ((seen !== sum(after) * kib || !agrees) && tries < mostTries) continue
    expect(groups).toHaveLength(result.groups.length)
    expect(sum(groups.map((group) => group.processes))).toBe(processes)
    expect(seen).toBe(sum(after) * kib)
    // 32 pte tables and one or two of the levels above, in each process.
    expect(sum(after) - sum(before)).toBeGreaterThanOrEqual(processes * 33 * 4)
    for (const group of groups) expectAgreement(group)
    expect([residual, left, agrees]).toEqual([residual, left, true])
    expectMachine(result)
    return
  }
})

/** Nothing is left unnamed. */
function expectAgreement(group: Extract<GroupComparison, { compared: true }>): void {
  expect(group.unexplainedBytes).toBe(0)
  const { leastBytes = 0, mostBytes = 0, mappedBytes = 0 } = group.ownTables ?? {}
  expect(leastBytes).toBeGreaterThan(0)
  expect(mostBytes).toBeGreaterThanOrEqual(leastBytes)
  expect(mappedBytes).toBeGreaterThanOrEqual(mostBytes)
}

/** All else on the machine comes and goes, but its counters are there. */
function expectMachine({ pageTables }: VerifyResult): void {
  if (pageTables === undefined) throw new Error('PageTables was not measured')
  const elsewhere = pageTables.parts.find((part) => part.kind === 'elsewhere')
  expect(elsewhere?.processes).toBeGreaterThan(0)
  expect(sum(pageTables.parts.map(({ bytes }) => bytes))).toBe(pageTables.predictedBytes)
  expect(pageTables.measuredBytes).toBeGreaterThan(processes * 32 * 4 * kib)
}

async function measured() {
  const { keeper, workers } = started()
  const whole = { backing: 'memfd', size, pageBytes: 4 * kib, huge: false, filled: [] } as const
  const { handles = [] } = await keeper.ask({ kind: 'make', objects: [whole] })
  const [before, after]: [number[], number[]] = [[], []]
  const order: MapOrder = {
    at: territory,
    length: size,
    offset: 0,
    handle: nth(handles, 0),
    shared: true,
    writes: true,
    pageBytes: 4 * kib,
    huge: false,
    thp: false,
    touched: [[0, size]],
  }
  try {
    for (const worker of workers) {
      const answer = await worker.ask({ kind: 'map', maps: [order] })
      before.push(answer.before ?? Number.NaN)
      after.push(answer.after ?? Number.NaN)
    }
    const result = await verified()
    return { before, after, needed: workers.map(({ pid }) => tablesWithPages(pid)), result }
  } finally {
    for (const worker of workers) await worker.ask({ kind: 'unmap' })
    await keeper.ask({ kind: 'drop' })
  }
}

async function verified(): Promise<VerifyResult> {
  const pids = started().workers.flatMap(({ pid }) => ['--pid', String(pid)])
  return JSON.parse(await printed(['verify', '--live', ...pids, '--format', 'json']))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
