import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OwnTables } from '../../../src/capture/estimate/own-tables.ts'
import { countOwnTables } from '../../../src/capture/estimate/own-tables.ts'
import { frameKib } from '../../../src/capture/files/mapping.ts'
import type { SpanSet } from '../../../src/capture/files/spans.ts'
import { spanCollector } from '../../../src/capture/files/spans.ts'
import type { MappedObject } from '../../../src/capture/machine/observation.ts'
import { privateRuns } from '../../../src/capture/machine/private-runs.ts'
import type { Scale } from '../../../src/capture/machine/space-gathering.ts'

const scale: Scale = { pageFrames: 1, pte: 4, pmd: 16, pud: 64 }

/** Frames that one table spans for pages of each size, which are as large as a table below spans. */
const reaches = { base: 4, pmd: 16, pud: 64 } as const

interface Piece {
  readonly gap: number
  readonly pages: number
  readonly kind: 'private' | keyof typeof reaches
  /** Of an object: it is written as a region. */
  readonly isRegion: boolean
  /** Of each page whether it is there, taken as often as needed. */
  readonly pattern: readonly boolean[]
}

interface Placed {
  readonly start: number
  readonly end: number
  readonly kind: Piece['kind']
  readonly isRegion: boolean
  readonly touched: readonly number[]
}

const anyPieces = fc.array(
  fc.record({
    gap: fc.nat(10),
    pages: fc.integer({ min: 1, max: 20 }),
    kind: fc.constantFrom<Piece['kind']>('private', 'private', 'base', 'pmd', 'pud'),
    isRegion: fc.boolean(),
    pattern: fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
  }),
  { minLength: 1, maxLength: 8 },
)

/** Side by side in memory; huge pages at multiples of their size, whole. */
function place(pieces: readonly Piece[]): readonly Placed[] {
  let at = 0
  return pieces.map(({ gap, pages, kind, isRegion, pattern }) => {
    const unit = kind === 'private' || kind === 'base' ? 1 : reaches[kind] / 4
    const start = Math.ceil((at + gap) / unit) * unit
    const end = start + Math.ceil(pages / unit) * unit
    at = end
    const touched = Array.from({ length: end - start }, (_, page) => page).filter(
      (page) => pattern[Math.floor(page / unit) % pattern.length],
    )
    return { start, end, kind, isRegion, touched: touched.map((page) => start + page) }
  })
}

/** Tables of each level that the touched pages need. */
function tablesOf(placed: readonly Placed[]): OwnTables {
  const count = (span: number): number =>
    new Set(
      placed.flatMap(({ kind, touched }) =>
        kind !== 'private' && reaches[kind] > span
          ? []
          : touched.map((frame) => Math.floor(frame / span)),
      ),
    ).size
  return { pte: count(scale.pte), pmd: count(scale.pmd), pud: count(scale.pud) }
}

function spanCount(touched: readonly number[], start: number, reach: number): SpanSet {
  const collector = spanCollector()
  for (const frame of touched) collector.add(Math.floor(frame / reach) - Math.floor(start / reach))
  return collector.set()
}

/** As smaps shows it; its spans only where they can be known. */
function objectOf({ start, end, kind, isRegion, touched }: Placed, known: boolean): MappedObject {
  if (kind === 'private') throw new RangeError('no object')
  const page = kind === 'base' ? frameKib : (reaches[kind] / 4) * frameKib
  const there = touched.length * frameKib
  return {
    object: isRegion ? 'region' : 'folded',
    mapping: {
      start,
      end,
      readable: true,
      writable: true,
      shared: true,
      offset: 0,
      device: '00:01',
      inode: '1',
      name: '/dev/zero (deleted)',
      counts: {
        page,
        rss: kind === 'base' ? there : 0,
        pss: 0,
        swap: 0,
        pmdMapped: 0,
        hugetlb: kind === 'base' ? 0 : there,
        locked: false,
        isHugetlb: kind !== 'base',
        mixed: false,
        device: false,
      },
    },
    ...(known
      ? { touched: { spans: spanCount(touched, start, reaches[kind]), pages: touched.length } }
      : {}),
  }
}

describe('tables of private memory', () => {
  const count = (placed: readonly Placed[], known: boolean) => {
    const privates = placed
      .filter(({ kind }) => kind === 'private')
      .flatMap(({ start, end, touched }) => [start, end, touched.length])
    const objects = placed.filter(({ kind }) => kind !== 'private')
    const byStart = new Map(placed.map((one) => [one.start, one]))
    const runs = privateRuns(privates, scale, (start) =>
      known ? spanCount(byStart.get(start)?.touched ?? [], start, scale.pte) : undefined,
    )
    const mapped = objects.map((one) => objectOf(one, known))
    return countOwnTables(runs, mapped, scale, ({ object }) => object === 'region')
  }
  const beyondRegions = (placed: readonly Placed[]): OwnTables => {
    const regionsAlone = placed.filter(({ kind, isRegion }) => kind !== 'private' && isRegion)
    const [all, regions] = [tablesOf(placed), tablesOf(regionsAlone)]
    return { pte: all.pte - regions.pte, pmd: all.pmd - regions.pmd, pud: all.pud - regions.pud }
  }

  it('are those that the regions of the process do not need, where all pages are known', () => {
    fc.assert(
      fc.property(anyPieces, (pieces) => {
        const placed = place(pieces)
        const { least, most } = count(placed, true)
        expect([least, most]).toEqual([beyondRegions(placed), beyondRegions(placed)])
      }),
      { numRuns: 2000 },
    )
  })

  it('lie between the bounds, where only the number of pages is known', () => {
    fc.assert(
      fc.property(anyPieces, (pieces) => {
        const placed = place(pieces)
        const { least, most } = count(placed, false)
        const own = beyondRegions(placed)
        for (const level of ['pte', 'pmd', 'pud'] as const) {
          expect(least[level]).toBeLessThanOrEqual(own[level])
          expect(most[level]).toBeGreaterThanOrEqual(own[level])
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('are no more than all that is mapped would need, whatever smaps says', () => {
    fc.assert(
      fc.property(anyPieces, fc.boolean(), (pieces, known) => {
        const { least, most, mapped } = count(place(pieces), known)
        for (const level of ['pte', 'pmd', 'pud'] as const) {
          expect(least[level]).toBeLessThanOrEqual(most[level])
          expect(most[level]).toBeLessThanOrEqual(mapped[level])
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('are counted once where two mappings meet in a span', () => {
    const counted = countOwnTables(
      privateRuns([2, 6, 3, 6, 10, 3], scale, () => undefined),
      [],
      scale,
      () => false,
    )
    expect([counted.least.pte, counted.most.pte, counted.mapped.pte]).toEqual([0, 3, 3])
  })
})
