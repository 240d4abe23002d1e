import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { RegionOutcome, VerifyResult } from '../../../../src/plan/result/verify-result.ts'
import { kib, mib, nth } from '../../../build.ts'
import { testLimit } from '../limits.ts'
import type { MapOrder } from '../machine/orders.ts'
import { change, freeHugePages } from '../machine/settings.ts'
import { printed } from './printed.ts'
import { startedWorkers, territory } from './started-workers.ts'

/*
 * A segment on base pages is captured; that file is the forecast. Then the same processes map one on
 * huge pages, as planned, or again one on base pages, as a program does whose huge pages fell back.
 */
const processes = 3
const size = 64 * mib
const huge = 2 * mib
/** 32 pte tables, which huge pages do without. */
const saved = processes * 32 * 4 * kib

const started = startedWorkers(processes)
const folder = mkdtempSync(join(tmpdir(), 'verify-forecast-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a segment that was moved to a pool came true, and one that fell back did not', {
  timeout: testLimit,
}, async (context) => {
  const forecast = join(folder, 'forecast.yaml')
  const fallen = await mapped(false, async () => {
    writeFileSync(forecast, await printed(['capture', ...pids()]))
    return verified(forecast)
  })
  expect(fallen.forecast?.holds).toBe(false)
  const { cause, found } = regionIn(fallen)
  expect(nth(found, 0)).toMatchObject({ pageBytes: 4 * kib })
  expect(['pool-too-small', 'pool-taken', 'not-asked']).toContain(cause?.kind)
  expectAbout(residualOf(fallen), saved)
  expect(causesOf(fallen)).toContain('other-pages')

  const pool = await change(freeHugePages(2048, size / huge))
  if (!pool.ok) return context.skip(pool.reason)
  try {
    const moved = await mapped(true, () => verified(forecast))
    expect(moved.forecast?.holds).toBe(true)
    expect(nth(regionIn(moved).found, 0)).toMatchObject({ pageBytes: huge, sizeBytes: size })
    expectAbout(residualOf(moved), 0)
    const use = moved.forecast?.pools.find(({ pageBytes }) => pageBytes === huge)
    expect(use?.plannedPages).toBe(size / huge)
    expect(use?.usedPages).toBeGreaterThanOrEqual(size / huge)
  } finally {
    pool.restore()
  }
})

/** The processes' own memory comes and goes by some tables. */
function expectAbout(found: number, expected: number): void {
  expect(Math.abs(found - expected)).toBeLessThan(saved / 4)
}

function regionIn({ forecast }: VerifyResult): RegionOutcome {
  return nth(forecast?.regions ?? [], 0)
}

function residualOf({ groups }: VerifyResult): number {
  const compared = groups.filter((group) => group.compared)
  expect(compared).toHaveLength(groups.length)
  return compared.reduce((sum, { residualBytes }) => sum + residualBytes, 0)
}

function causesOf({ groups }: VerifyResult): readonly string[] {
  return groups.flatMap((group) => (group.compared ? group.causes.map(({ kind }) => kind) : []))
}

function pids(): readonly string[] {
  return started().workers.flatMap(({ pid }) => ['--pid', String(pid)])
}

async function verified(forecast: string): Promise<VerifyResult> {
  const words = ['verify', forecast, '--live', ...pids(), '--strategy', 'hugetlb-2m']
  return JSON.parse(await printed([...words, '--format', 'json']))
}

/** While each process maps the whole segment, and has touched all of it. */
async function mapped<Answer>(isHuge: boolean, look: () => Promise<Answer>): Promise<Answer> {
  const { keeper, workers } = started()
  const pageBytes = isHuge ? huge : 4 * kib
  const whole = { backing: 'memfd', size, pageBytes, huge: isHuge, filled: [] } as const
  const { handles = [] } = await keeper.ask({ kind: 'make', objects: [whole] })
  const order: MapOrder = {
    at: territory,
    length: size,
    offset: 0,
    handle: nth(handles, 0),
    shared: true,
    writes: true,
    pageBytes,
    huge: isHuge,
    thp: false,
    touched: [[0, size]],
  }
  try {
    for (const worker of workers) await worker.ask({ kind: 'map', maps: [order] })
    return await look()
  } finally {
    for (const worker of workers) await worker.ask({ kind: 'unmap' })
    await keeper.ask({ kind: 'drop' })
  }
}
