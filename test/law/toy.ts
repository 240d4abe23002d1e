import fc from 'fast-check'
import { deriveLevels, hugePageAt } from '../../src/geometry/derive-levels.ts'
import type { Layout, LevelName } from '../../src/geometry/layout.ts'
import type { TouchSet } from '../../src/space/touch-set.ts'
import { bytes, pages } from '../../src/units/quantity.ts'
import { every, random, x8664 } from '../build.ts'
import { casesToDraw } from './cases-to-draw.ts'

/** Cases that most laws draw. */
export const runs: number = casesToDraw(1000)

/** 32 KiB: two pages to a 64 KiB block of the fault handler. */
export const toyPageBytes = 2 ** 15

function toyLayout(id: string, entries: readonly (readonly [LevelName, number])[]): Layout {
  const pageBytes = bytes(toyPageBytes)
  const levels = deriveLevels(8, entries)
  const reach = levels.at(-1)?.reach ?? 1
  return {
    ...x8664,
    id,
    title: id,
    pageBytes,
    levels,
    userPages: pages(reach - 1),
    autoBase: pages(reach / 2),
    hugePages: [hugePageAt(levels, 'pmd', pageBytes), hugePageAt(levels, 'pud', pageBytes)],
  }
}

/** Tables so small that every page of an address space can be walked: spans of 4, 16 and 64. */
export const fourLevels: Layout = toyLayout('toy', [
  ['pte', 4],
  ['pmd', 4],
  ['pud', 4],
  ['pgd', 8],
])

/** Spans of 4, 12, 24 and 72 pages: not all powers of one number. */
export const fiveLevels: Layout = toyLayout('toy-5level', [
  ['pte', 4],
  ['pmd', 3],
  ['pud', 2],
  ['p4d', 3],
  ['pgd', 4],
])

export const layouts: readonly Layout[] = [fourLevels, fiveLevels]
export const anyLayout: fc.Arbitrary<Layout> = fc.constantFrom(...layouts)

/** A touch set, and, told apart without the model, the pages it means. */
export interface Touched {
  readonly set: TouchSet
  readonly pages: readonly number[]
}

/** Any touch set without chance over so many pages. */
export function anyFixedSet(length: number): fc.Arbitrary<Touched> {
  return fc.oneof(anyRanges(length), anyStride(length))
}

/** Any choice of pages, told as ranges. */
export function anyRanges(length: number): fc.Arbitrary<Touched> {
  return fc
    .array(fc.boolean(), { minLength: length, maxLength: length })
    .map((hits) => asRanges(hits.flatMap((hit, page) => (hit ? [page] : []))))
}

/** Ascending pages as sorted, disjoint ranges; some of them touching each other. */
export function asRanges(list: readonly number[]): Touched {
  const ranges: { first: number; length: number }[] = []
  for (const page of list) {
    const last = ranges.at(-1)
    if (last !== undefined && last.first + last.length === page && page % 3 !== 0) last.length += 1
    else ranges.push({ first: page, length: 1 })
  }
  return {
    set: {
      kind: 'ranges',
      ranges: ranges.map((run) => ({ first: pages(run.first), length: pages(run.length) })),
    },
    pages: list,
  }
}

function anyStride(length: number): fc.Arbitrary<Touched> {
  return fc.integer({ min: 1, max: length + 3 }).map((stride) => ({
    set: every(stride),
    pages: Array.from({ length }, (_, page) => page).filter((page) => page % stride === 0),
  }))
}

/** A uniform draw, and every set of pages it may come to. */
export interface Drawn {
  readonly set: TouchSet
  readonly outcomes: readonly (readonly number[])[]
}

/** Any draw out of so many pages, from none of them to all. */
export function anyDraw(length: number): fc.Arbitrary<Drawn> {
  return fc
    .integer({ min: 0, max: length })
    .map((drawn) => ({ set: random(drawn), outcomes: subsets(length, drawn) }))
}

/** All ways to choose so many of the pages 0 … length − 1. */
export function subsets(length: number, chosen: number): number[][] {
  if (chosen === 0) return [[]]
  if (chosen > length) return []
  const without = subsets(length - 1, chosen)
  const within = subsets(length - 1, chosen - 1)
  return [...without, ...within.map((subset) => [...subset, length - 1])]
}

/** One element of each list, in all ways. */
export function choices<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>(
    (done, list) => done.flatMap((chosen) => list.map((element) => [...chosen, element])),
    [[]],
  )
}
