import { expect, test } from 'vitest'
import { walkAddress } from '../../../../src/plan/explain/walk-address.ts'
import { planWithWorkings } from '../../../../src/plan/plan.ts'
import { gib, kib, mib, range, workload } from '../../../build.ts'
import { startWorker } from '../machine/processes.ts'

const unfit = process.platform === 'linux' && process.arch === 'x64' ? undefined : 'no x86-64'
const page = 4096

/** Above what V8 chooses by itself, below programs and libraries. */
const base = 0x4800_0000_0000

/** Bytes of the distinct tables that VmPTE has, on the walks of some addresses. */
function walked(first: number, pages: number): number {
  const parts = {
    regions: { data: { size: pages * page, backing: 'anonymous' } },
    groups: { one: { maps: [{ region: 'data', at: first, touched: range(0, pages) }] } },
  } as const
  const workings = planWithWorkings(workload(parts), { name: 'test', fingerprint: '' })
  const tables = new Set<string>()
  for (let index = 0; index < pages; index += 1) {
    const walk = walkAddress(workings, { address: `0x${(first + index * page).toString(16)}` })
    if (!walk.ok) throw new RangeError(walk.fault.kind)
    for (const { level, start, counters, existsProbability } of walk.walk.levels) {
      if (counters.includes('VmPTE') && existsProbability === 1) tables.add(`${level} ${start}`)
    }
  }
  return tables.size * page
}

test.each([
  ['within one pte table', base + mib, 2],
  ['on both sides of a pte table', base + 2 * mib - page, 2],
  ['on both sides of a pmd table', base + gib - page, 2],
  ['on both sides of a pud table', base + 512 * gib - page, 2],
])('VmPTE grows by the tables of the walks: two pages %s', async (_, first, pages) => {
  if (unfit !== undefined) return
  const worker = await startWorker()
  try {
    const order = {
      at: first,
      length: pages * page,
      offset: 0,
      handle: {},
      shared: false,
      writes: true,
      pageBytes: page,
      huge: false,
      thp: false,
      touched: [[0, pages * page]] as const,
    }
    const { before = 0, after = 0 } = await worker.ask({ kind: 'map', maps: [order] })
    expect((after - before) * kib).toBe(walked(first, pages))
  } finally {
    await worker.end()
  }
})
