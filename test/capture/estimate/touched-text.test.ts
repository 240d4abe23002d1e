import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CapturedProcess, MappedPart } from '../../../src/capture/estimate/captured-process.ts'
import { meanSpans } from '../../../src/capture/estimate/span-estimate.ts'
import { touchedText } from '../../../src/capture/estimate/touched-text.ts'
import { spanCollector } from '../../../src/capture/files/spans.ts'
import type { TouchedText } from '../../../src/scenario/schema/scenario-text.ts'
import { asDescribed, gib, random, workload, x8664 } from '../../build.ts'

const reach = 512

/** Pages of a mapping of 4 KiB pages that a text names, but for those drawn at random. */
function pagesOf(text: TouchedText, pages: number): readonly number[] {
  const all = Array.from({ length: pages }, (_, page) => page)
  const size = (words: string): number => {
    const [amount = '', unit = ''] = words.split(' ')
    return (Number(amount) * ({ KiB: 1024, MiB: 2 ** 20, GiB: 2 ** 30 }[unit] ?? 1)) / 4096
  }
  if (text === 'all') return all
  if (text === 'none' || typeof text === 'string') return []
  if (text.first !== undefined) return all.slice(0, size(text.first))
  const { every } = text
  if (every !== undefined) return all.filter((page) => page % size(every) === 0)
  return (text.pages ?? '').split(',').flatMap((run) => {
    const [from = 0, to = from] = run.split('-').map(Number)
    return all.slice(from, to + 1)
  })
}

/** One process that has touched those pages, as pagemap shows it. */
function processOf(touched: readonly number[], pages: number, start: number): CapturedProcess {
  const marks = new Uint8Array(pages)
  const spans = spanCollector()
  for (const page of touched) {
    marks[page] = 1
    spans.add(Math.floor((start + page) / reach) - Math.floor(start / reach))
  }
  const last = Math.floor((start + pages - 1) / reach)
  const part: Pick<MappedPart, 'start' | 'pages' | 'offset' | 'reach' | 'spans' | 'touch'> & {
    readonly region: { readonly object: { readonly marks: Uint8Array; readonly full: [] } }
  } = {
    region: { object: { marks, full: [] } },
    start,
    pages,
    offset: 0,
    reach,
    spans: last - Math.floor(start / reach) + 1,
    touch: { kind: 'exact', spans: spans.set(), pages: touched.length },
  }
  return { seen: {}, parts: [part] } as unknown as CapturedProcess
}

function spanCount(touched: readonly number[], start: number): readonly number[] {
  return [...new Set(touched.map((page) => Math.floor((start + page) / reach)))]
}

describe('touched pages that pagemap shows', () => {
  it('become a set with the same spans, and hardly more pages', () => {
    const anySet = fc.record({
      pages: fc.integer({ min: 1, max: 40_000 }),
      start: fc.nat(1000),
      step: fc.integer({ min: 1, max: 700 }),
      jitter: fc.nat(3),
      skip: fc.nat(5),
    })
    fc.assert(
      fc.property(anySet, ({ pages, start, step, jitter, skip }) => {
        const touched: number[] = []
        for (let page = 0, n = 0; page < pages; page += step + ((jitter * n) % 3), n += 1) {
          if (skip === 0 || Math.floor(n / 50) % (skip + 1) !== 0) touched.push(page)
        }
        const { text } = touchedText(
          [processOf(touched, pages, start)],
          0,
          x8664,
          spanCount(touched, start).length,
        )
        const named = pagesOf(text, pages)
        expect(spanCount(named, start)).toEqual(spanCount(touched, start))
        expect(named.length).toBeGreaterThanOrEqual(touched.length)
        expect(named.length).toBeLessThanOrEqual(1.05 * touched.length + 1)
      }),
      { numRuns: 300 },
    )
  })

  it('are a page every so many where they are, however many', () => {
    const pages = 2 ** 23
    const touched = Array.from({ length: pages / 512 }, (_, span) => span * 512)
    const text = touchedText(
      [processOf(touched, pages, 0)],
      0,
      x8664,
      spanCount(touched, 0).length,
    ).text
    expect(text).toEqual({ every: '2 MiB' })
  })
})

describe('processes of one group that have touched about the same', () => {
  /** One page in each of so many spans, from one on. */
  const inSpans = (from: number, count: number): readonly number[] =>
    Array.from({ length: count }, (_, index) => (from + index) * reach)
  const pages = 64 * reach

  it('have as many spans as one of them on average, whoever stands for them', () => {
    const anyCounts = fc.array(fc.integer({ min: 40, max: 48 }), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(anyCounts, (counts) => {
        const sets = counts.map((count) => inSpans(0, count))
        const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
        const processes = marked(sets, pages)
        const { text } = touchedText(processes, 0, x8664, mean)
        const off = spanCount(pagesOf(text, pages), 0).length - mean
        expect(Math.abs(off)).toBeLessThanOrEqual(0.5)
      }),
    )
  })

  it('have as many as there are with those that do not map it', () => {
    const alike = marked([inSpans(0, 10), inSpans(0, 11)], pages)
    const idle = { seen: { status: {}, space: {} }, parts: [] } as unknown as CapturedProcess
    expect(meanSpans(alike, alike, x8664)).toEqual([10.5])
    expect(meanSpans(alike, [...alike, idle], x8664)).toEqual([7])
  })

  it('have as many as those whose mappings could be read', () => {
    const alike = marked([inSpans(0, 10), inSpans(0, 11)], pages)
    const unread = { seen: { status: {} }, parts: [] } as unknown as CapturedProcess
    expect(meanSpans(alike, [...alike, unread], x8664)).toEqual([10.5])
  })
})

describe('processes of one group that have touched different pages', () => {
  // A table above may span a page of the mapping only, or most of it.
  const anyMapping = fc.record({
    overlap: fc.oneof(fc.integer({ min: 1, max: 4 * reach }), fc.integer({ min: 1, max: 200_000 })),
    pages: fc.integer({ min: 200_000, max: 300_000 }),
    drawn: fc.integer({ min: 10, max: 250 }),
    seed: fc.integer({ min: 1, max: 2 ** 30 }),
  })

  it('are planned the tables that they have on average, wherever the mapping starts', () => {
    fc.assert(
      fc.property(anyMapping, ({ overlap, pages, drawn, seed }) => {
        const start = 1000 * pagesOfGib - overlap
        const sets = [0, 1, 2, 3].map((process) => drawnPages(pages, drawn, seed + process))
        const processes = marked(sets, pages, start)
        const counts = sets.map((set) => spanCount(set, start).length)
        const { text } = touchedText(processes, 0, x8664, mean(counts))
        fc.pre(typeof text === 'object' && text.random !== undefined)
        const planned = tablesOf(start, pages, drawnOf(text))
        const target = mean(sets.map((set) => tablesWith(set, start)))
        expect(Math.abs(planned - target)).toBeLessThanOrEqual(0.6)
      }),
      { numRuns: 200 },
    )
  })
})

const pagesOfGib = gib / 4096

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length
}

const mersenne = 2 ** 31 - 1

/** Different pages in ascending order, from a seed above 0. */
function drawnPages(pages: number, drawn: number, seed: number): readonly number[] {
  let state = seed
  const touched = new Set<number>()
  while (touched.size < drawn) {
    state = (state * 48_271) % mersenne
    touched.add(Math.floor((state / mersenne) * pages))
  }
  return [...touched].toSorted((left, right) => left - right)
}

function drawnOf(text: TouchedText): number {
  const [amount, unit] = typeof text === 'object' ? (text.random ?? '').split(' ') : []
  return (Number(amount) * (unit === 'KiB' ? 1024 : 2 ** 20)) / 4096
}

/** Tables of all levels but the highest, which every process has. */
function tablesWith(touched: readonly number[], start: number): number {
  const above = (pages: number): number =>
    new Set(touched.map((page) => Math.floor((start + page) / pages))).size
  return above(reach) + above(reach ** 2) + above(reach ** 3)
}

function tablesOf(start: number, pages: number, drawn: number): number {
  const { counters } = asDescribed(
    workload({
      regions: { buffers: { size: pages * 4096 } },
      groups: {
        backends: { maps: [{ region: 'buffers', at: start * 4096, touched: random(drawn) }] },
      },
    }),
  )
  return counters.sumVmPteBytes / 4096
}

/** Processes that map the same object, which has the marks of all. */
function marked(
  sets: readonly (readonly number[])[],
  pages: number,
  start = 0,
): readonly CapturedProcess[] {
  const [one] = processOf(sets.flat(), pages, start).parts
  return sets.map((set) => {
    const { parts } = processOf(set, pages, start)
    const shared = parts.map((part) => ({ ...part, region: one?.region }))
    return { seen: { status: {}, space: {} }, parts: shared } as unknown as CapturedProcess
  })
}
