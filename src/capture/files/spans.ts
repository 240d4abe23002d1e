import type { Intervals } from '../../space/intervals.ts'
import { append, lengthOf, union } from '../../space/intervals.ts'
import { logUntouched, touchedProbability } from '../../space/untouched.ts'

/** The spans of page tables that a process has touched in a mapping, counted from the first that it reaches. */
export interface SpanSet {
  readonly count: number
  readonly runs: Intervals
}

export const noSpans: SpanSet = { count: 0, runs: [] }

/** Spans that a mapping reaches: pages `start` up to `start + pages`, `reach` of them to a span. */
export function spanCount(start: number, pages: number, reach: number): number {
  return Math.floor((start + pages - 1) / reach) - Math.floor(start / reach) + 1
}

export function allSpans(count: number): SpanSet {
  return { count, runs: [0, count] }
}

/** Spans that one of the sets holds. */
export function unionOf(sets: readonly SpanSet[]): SpanSet {
  const runs = union(sets.map((set) => set.runs))
  return { count: lengthOf(runs), runs }
}

/** Takes spans in ascending order, also one several times over. */
export function spanCollector(): { add: (span: number) => void; set: () => SpanSet } {
  const runs: number[] = []
  const add = (span: number): void => append(runs, span, span + 1)
  return { add, set: () => ({ count: lengthOf(runs), runs }) }
}

/**
 * The average number of spans of `reach` pages in which at least one of the drawn pages lies. The
 * first and the last span may hold a part of the mapping only, and are touched the less.
 * @param drawn different pages, at random over the whole mapping.
 */
export function touchedAtRandom(
  { start, pages }: Pick<Mapped, 'start' | 'pages'>,
  reach: number,
  drawn: number,
): number {
  const touched = (span: number): number => touchedProbability(logUntouched(span, drawn, pages))
  const head = Math.min(pages, reach - (start % reach))
  const rest = pages - head
  return touched(head) + Math.floor(rest / reach) * touched(reach) + touched(rest % reach)
}

/** A mapping in pages: where it starts, how long it is, and what one of its spans spans. */
interface Mapped {
  readonly start: number
  readonly pages: number
  readonly reach: number
  readonly spans: number
}

/**
 * Spans in which, on average, a page is where whole clusters are drawn, as many as hold the pages.
 * The mapping is cut into clusters from its start: a span that does not begin with one holds a
 * part of another.
 */
export function touchedInClusters(
  { start, pages, reach, spans }: Mapped,
  drawn: number,
  clusterPages: number,
): number {
  const clusters = Math.ceil(pages / clusterPages)
  const taken = Math.min(clusters, Math.ceil(drawn / clusterPages))
  const common = commonDivisor(reach, clusterPages)
  const begins = (start % reach) % common === 0 ? common / clusterPages : 0
  const inSpan = reach / clusterPages + 1 - begins
  return spans * (1 - (1 - taken / clusters) ** inSpan)
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other)
}
