import { count, pages as pagesOf } from '../../units/quantity.ts'
import type { Intervals } from '../intervals.ts'
import { append, lengthOf, runsOf, union } from '../intervals.ts'
import { drawnPages, drawOf } from '../random-draw.ts'
import type { TouchSet } from '../touch-set.ts'
import { distinctPages } from '../zipf/zipf-touch.ts'

/**
 * What is touched after more was touched: of two draws over the same clusters the larger, which holds
 * the smaller (memory that warms up); else the union. Exact unless chance has a part in one of two unlike
 * sets: then as many pages as are expected.
 * @param pages of the mapping.
 */
export function joined(one: TouchSet, other: TouchSet, pages: number): TouchSet {
  const [runs, others] = [runsIn(one, pages), runsIn(other, pages)]
  if (runs !== undefined && others !== undefined) return rangesOf(union([runs, others]))
  if (isNothing(one) || isAll(other, pages)) return other
  if (isNothing(other) || isAll(one, pages)) return one
  const larger = largerDraw(one, other)
  if (larger !== undefined) return larger
  const [few, more] = [touchedPages(one, pages), touchedPages(other, pages)]
  return drawing(few + more - (few * more) / pages, pages)
}

/** True where both draw from the same clusters, or neither draws: then {@link joined} is exact. */
export function joinExactly(one: TouchSet, other: TouchSet, pages: number): boolean {
  const exact = runsIn(one, pages) !== undefined && runsIn(other, pages) !== undefined
  return exact || largerDraw(one, other) !== undefined
}

/** The part of a set between two pages of its mapping, counted from the first of them. */
export function partOf(touched: TouchSet, from: number, to: number, pages: number): TouchSet {
  if (from === 0 && to === pages) return touched
  const runs = runsIn(touched, pages)
  if (runs === undefined) return drawing(expectedBetween(touched, from, to, pages), to - from)
  const part: number[] = []
  for (const [start, end] of runsOf(runs)) {
    append(part, Math.max(start, from) - from, Math.max(Math.min(end, to), from) - from)
  }
  return rangesOf(part)
}

/** The set without the pages between two; of a draw, without as many as are expected there. */
export function without(touched: TouchSet, from: number, to: number, pages: number): TouchSet {
  const runs = runsIn(touched, pages)
  if (runs === undefined) {
    return drawing(touchedPages(touched, pages) - expectedBetween(touched, from, to, pages), pages)
  }
  const left: number[] = []
  for (const [start, end] of runsOf(runs)) {
    append(left, start, Math.min(end, from))
    append(left, Math.max(start, to), end)
  }
  return rangesOf(left)
}

/** Pages of a set; of a draw, those expected. */
export function touchedPages(touched: TouchSet, pages: number): number {
  if (touched.kind === 'zipf') return distinctPages({ touched, pages, draws: 1 })
  const draw = drawOf(touched, pages)
  if (draw !== undefined) return drawnPages(draw, pages)
  if (touched.kind === 'every') return Math.ceil(pages / touched.stride)
  return lengthOf(runsIn(touched, pages) ?? [])
}

/** Those of them between two pages; all are alike but where the first ones are hit most. */
function expectedBetween(touched: TouchSet, from: number, to: number, pages: number): number {
  return touched.kind === 'zipf'
    ? distinctPages({ touched, pages, draws: 1 }, from, to)
    : (touchedPages(touched, pages) * (to - from)) / pages
}

export function isNothing(touched: TouchSet): boolean {
  return touched.kind === 'ranges' && touched.ranges.length === 0
}

/** Ranges as a set that touches them. */
export function rangesOf(runs: Intervals): TouchSet {
  const ranges = runsOf(runs).map(([from, to]) => ({
    first: pagesOf(from),
    length: pagesOf(to - from),
  }))
  return { kind: 'ranges', ranges }
}

/** More runs than this are counted, not listed. */
const mostRuns = 65_536

/** The pages as runs; `undefined` where chance decides, or where they are too many. */
function runsIn(touched: TouchSet, pages: number): Intervals | undefined {
  if (touched.kind === 'ranges') {
    return touched.ranges.flatMap(({ first, length }) => [first, first + length])
  }
  if (touched.kind !== 'every' || pages / touched.stride > mostRuns) return undefined
  const { stride } = touched
  return Array.from({ length: Math.ceil(pages / stride) }, (_, at) => [
    at * stride,
    at * stride + 1,
  ]).flat()
}

function isAll(touched: TouchSet, pages: number): boolean {
  return touchedPages(touched, pages) === pages
}

function largerDraw(one: TouchSet, other: TouchSet): TouchSet | undefined {
  const [some, others] = [drawSize(one), drawSize(other)]
  if (some === undefined || some.from !== others?.from) return undefined
  return some.size < others.size ? other : one
}

/** From what is drawn, and how much; of two draws from the same the larger holds the smaller. */
function drawSize(touched: TouchSet): { readonly from: string; readonly size: number } | undefined {
  switch (touched.kind) {
    case 'ranges':
      return undefined
    case 'every':
      return { from: `every ${touched.stride}`, size: 0 }
    case 'random':
      return { from: 'pages', size: touched.drawn }
    case 'clusters':
      return { from: `clusters ${touched.clusterPages}`, size: touched.drawn }
    case 'zipf':
      return { from: `ranks ${touched.exponent} ${touched.order}`, size: touched.accesses }
  }
}

function drawing(expected: number, pages: number): TouchSet {
  const drawn = count(Math.min(pages, Math.round(expected)))
  if (drawn === 0) return rangesOf([])
  return drawn === pages ? rangesOf([0, pages]) : { kind: 'random', drawn: pagesOf(drawn) }
}
