import { expect, test } from 'vitest'
import { gib, kib, planned, strategy, zipf } from '../../../build.ts'
import type { Worker } from '../machine/processes.ts'
import { startWorker } from '../machine/processes.ts'

const unfit = process.platform === 'linux' && process.arch === 'x64' ? undefined : 'no x86-64'
const page = 4096
const pages = gib / page
const accesses = 2000
const samples = 30

/** Above what V8 chooses by itself, below programs and libraries. */
const base = 0x4800_0000_0000

/** VmPTE of one process, in bytes, as expected. */
function expected(exponent: number, order: 'in-order' | 'scattered'): number {
  const result = planned({
    regions: { data: { size: gib, backing: 'anonymous' } },
    groups: {
      one: {
        baseTables: 0,
        maps: [{ region: 'data', at: base, touched: zipf(exponent, accesses, order) }],
      },
    },
  })
  return strategy(result, 'as-described').groups[0]?.perProcess.vmPteBytes ?? Number.NaN
}

/** Park and Miller's generator. */
function lehmer(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

/** Ranks of the pages: their own order, or any. */
function ranked(order: 'in-order' | 'scattered', next: () => number): Uint32Array {
  const pageOf = Uint32Array.from({ length: pages }, (_, index) => index)
  if (order === 'in-order') return pageOf
  for (let last = pages - 1; last > 0; last--) {
    const other = Math.floor(next() * (last + 1))
    const swapped = pageOf[last] ?? 0
    pageOf[last] = pageOf[other] ?? 0
    pageOf[other] = swapped
  }
  return pageOf
}

/** Distinct pages of one process, in bytes from the start of the mapping. */
function drawn(
  cumulated: Float64Array,
  pageOf: Uint32Array,
  next: () => number,
): readonly (readonly [number, number])[] {
  const hit = new Set<number>()
  const all = cumulated[pages - 1] ?? 0
  for (let access = 0; access < accesses; access++) {
    const sought = next() * all
    let [low, high] = [0, pages - 1]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if ((cumulated[middle] ?? 0) > sought) high = middle
      else low = middle + 1
    }
    hit.add(pageOf[low] ?? 0)
  }
  return [...hit].map((one) => [one * page, page])
}

/** Growth of VmPTE in bytes; `undefined` where the program of the process grew meanwhile. */
async function grown(
  worker: Worker,
  touched: readonly (readonly [number, number])[],
): Promise<number | undefined> {
  const order = { at: base, length: gib, offset: 0, handle: {}, shared: false, writes: true }
  const pagesOfIt = { pageBytes: page, huge: false, thp: false }
  const maps = [{ ...order, ...pagesOfIt, touched }]
  const { before = Number.NaN, after = Number.NaN } = await worker.ask({ kind: 'map', maps })
  const left = await worker.ask({ kind: 'unmap' })
  return left.after === before ? (after - before) * kib : undefined
}

test.each([
  [0.9, 'in-order'],
  [1.3, 'in-order'],
  [0.9, 'scattered'],
] as const)(
  'VmPTE grows by the expected tables of accesses by rank: exponent %d, %s',
  async (exponent, order) => {
    if (unfit !== undefined) return
    const next = lehmer(2026)
    const cumulated = new Float64Array(pages)
    for (let rank = 0; rank < pages; rank++) {
      cumulated[rank] = (cumulated[rank - 1] ?? 0) + (rank + 1) ** -exponent
    }
    const worker = await startWorker()
    const found: number[] = []
    try {
      for (let tries = 0; found.length < samples && tries < 10 * samples; tries++) {
        const growth = await grown(worker, drawn(cumulated, ranked(order, next), next))
        if (growth !== undefined) found.push(growth)
      }
    } finally {
      await worker.end()
    }
    expect(found).toHaveLength(samples)
    const mean = found.reduce((sum, one) => sum + one, 0) / samples
    const variance = found.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (samples - 1)
    const standardError = Math.sqrt(variance / samples)
    expect(standardError).toBeGreaterThan(0)
    expect(Math.abs(mean - expected(exponent, order))).toBeLessThanOrEqual(4 * standardError)
  },
)
