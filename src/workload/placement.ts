import type { Layout } from '../geometry/layout.ts'
import { levelOf } from '../geometry/layout.ts'

/** A stretch of address space in pages: `from` up to, but without, `to`. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** A mapping that wants a place; `at` where its address is given. */
export interface Claim {
  readonly pages: number
  readonly at?: number
}

/**
 * Starts of mappings without an address are multiples of what one PMD table spans (one PTE table
 * where the PMD is folded). In pages.
 */
export function autoAlignment(layout: Layout): number {
  return (levelOf(layout, 'pmd') ?? levelOf(layout, 'pte'))?.reach ?? 1
}

/**
 * Places the mappings of one process: those without an address one after another, in file order,
 * upwards from the middle of the address space, around those that have one.
 * @returns page index of each start; `undefined` where nothing is left above.
 */
export function placeClaims(
  layout: Layout,
  claims: readonly Claim[],
): readonly (number | undefined)[] {
  const taken = inOrder(
    claims.flatMap(({ at, pages }) => (at === undefined ? [] : [{ from: at, to: at + pages }])),
  )
  const alignment = autoAlignment(layout)
  let passed = 0
  let next: number = layout.autoBase
  return claims.map(({ at, pages }) => {
    if (at !== undefined) return at
    while ((taken[passed]?.to ?? next + 1) <= next) passed += 1
    const start = firstFit(taken, pages, alignment, next, layout.userPages, passed)
    if (start !== undefined) next = start + pages
    return start
  })
}

/** Spans by where they begin. */
export function inOrder(spans: readonly Span[]): Span[] {
  return spans.toSorted((a, b) => a.from - b.from)
}

/**
 * The first multiple of `alignment` from `from` on where `pages` fit below `limit`.
 * @param taken in order.
 * @param passed so many of them end before `from`.
 */
export function firstFit(
  taken: readonly Span[],
  pages: number,
  alignment: number,
  from: number,
  limit: number,
  passed = 0,
): number | undefined {
  let start = roundUp(from, alignment)
  for (let index = passed; index < taken.length; index += 1) {
    const { from: first, to } = taken[index] ?? { from: limit, to: limit }
    if (first >= start + pages) break
    if (start < to) start = roundUp(to, alignment)
  }
  return start + pages <= limit ? start : undefined
}

/** The least multiple of `step` that is not below `value`. */
export function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step
}

/** True where every mapping has a place inside the address space, and no two overlap. */
export function hasRoom(layout: Layout, claims: readonly Claim[]): boolean {
  const spans = placeClaims(layout, claims).map((start, index) => ({
    from: start ?? Number.POSITIVE_INFINITY,
    to: (start ?? Number.POSITIVE_INFINITY) + (claims[index]?.pages ?? 0),
  }))
  const sorted = spans.toSorted((a, b) => a.from - b.from)
  return sorted.every(
    ({ to }, index) =>
      to <= layout.userPages && to <= (sorted[index + 1]?.from ?? Number.POSITIVE_INFINITY),
  )
}
