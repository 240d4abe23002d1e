import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Member, Piece } from '../../src/capture/estimate/captured-process.ts'
import { meanWindows } from '../../src/capture/estimate/span-estimate.ts'
import { touchedText } from '../../src/capture/estimate/touched-text.ts'
import { windowCollector } from '../../src/capture/files/spans.ts'
import { x8664 } from '../../src/geometry/x86-64.ts'
import type { TouchedText } from '../../src/scenario/schema/scenario-text.ts'

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
function memberOf(touched: readonly number[], pages: number, start: number): Member {
  const marks = new Uint8Array(pages)
  const windows = windowCollector()
  for (const page of touched) {
    marks[page] = 1
    windows.add(Math.floor((start + page) / reach) - Math.floor(start / reach))
  }
  const last = Math.floor((start + pages - 1) / reach)
  const piece: Pick<Piece, 'start' | 'pages' | 'offset' | 'reach' | 'windows' | 'touch'> & {
    readonly region: { readonly object: { readonly marks: Uint8Array; readonly full: [] } }
  } = {
    region: { object: { marks, full: [] } },
    start,
    pages,
    offset: 0,
    reach,
    windows: last - Math.floor(start / reach) + 1,
    touch: { kind: 'exact', windows: windows.set(), pages: touched.length },
  }
  return { process: {}, pieces: [piece] } as unknown as Member
}

function windowsOf(touched: readonly number[], start: number): readonly number[] {
  return [...new Set(touched.map((page) => Math.floor((start + page) / reach)))]
}

describe('touched pages that pagemap shows', () => {
  it('become a set with the same windows, and hardly more pages', () => {
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
          [memberOf(touched, pages, start)],
          0,
          x8664,
          windowsOf(touched, start).length,
        )
        const named = pagesOf(text, pages)
        expect(windowsOf(named, start)).toEqual(windowsOf(touched, start))
        expect(named.length).toBeGreaterThanOrEqual(touched.length)
        expect(named.length).toBeLessThanOrEqual(1.05 * touched.length + 1)
      }),
      { numRuns: 300 },
    )
  })

  it('are a page every so many where they are, however many', () => {
    const pages = 2 ** 23
    const touched = Array.from({ length: pages / 512 }, (_, window) => window * 512)
    const text = touchedText(
      [memberOf(touched, pages, 0)],
      0,
      x8664,
      windowsOf(touched, 0).length,
    ).text
    expect(text).toEqual({ every: '2 MiB' })
  })
})

describe('processes of one group that have touched about the same', () => {
  /** One page in each of so many windows, from one on. */
  const inWindows = (from: number, count: number): readonly number[] =>
    Array.from({ length: count }, (_, index) => (from + index) * reach)
  const pages = 64 * reach

  it('have as many windows as one of them on average, whoever stands for them', () => {
    const anyCounts = fc.array(fc.integer({ min: 40, max: 48 }), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(anyCounts, (counts) => {
        const sets = counts.map((count) => inWindows(0, count))
        const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
        const members = marked(sets, pages)
        const { text } = touchedText(members, 0, x8664, mean)
        const off = windowsOf(pagesOf(text, pages), 0).length - mean
        expect(Math.abs(off)).toBeLessThanOrEqual(0.5)
      }),
    )
  })

  it('have as many as there are with those that do not map it', () => {
    const peers = marked([inWindows(0, 10), inWindows(0, 11)], pages)
    const idle = { process: { status: {}, space: {} }, pieces: [] } as unknown as Member
    expect(meanWindows(peers, peers, x8664)).toEqual([10.5])
    expect(meanWindows(peers, [...peers, idle], x8664)).toEqual([7])
  })

  it('have as many as those whose mappings could be read', () => {
    const peers = marked([inWindows(0, 10), inWindows(0, 11)], pages)
    const unread = { process: { status: {} }, pieces: [] } as unknown as Member
    expect(meanWindows(peers, [...peers, unread], x8664)).toEqual([10.5])
  })
})

/** Processes that map the same object, which has the marks of all. */
function marked(sets: readonly (readonly number[])[], pages: number): readonly Member[] {
  const [one] = memberOf(sets.flat(), pages, 0).pieces
  return sets.map((set) => {
    const { pieces } = memberOf(set, pages, 0)
    const shared = pieces.map((piece) => ({ ...piece, region: one?.region }))
    return { process: { status: {}, space: {} }, pieces: shared } as unknown as Member
  })
}
