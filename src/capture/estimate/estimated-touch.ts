import type { TouchedText } from '../../scenario/schema/scenario-text.ts'
import { firstHolding } from '../../units/first-holding.ts'
import { formatBytes } from '../../units/format.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import { touchedAtRandom, touchedInClusters } from '../files/spans.ts'
import type { MappedPart } from './captured-process.ts'
import type { Run } from './runs-text.ts'
import { mostRuns, runsText } from './runs-text.ts'

/** A set of touched pages, and how it is known. */
export interface CapturedTouch {
  readonly text: TouchedText
  readonly note: string
}

/** Spans of all processes together, against those of one: more and they touch different ones. */
export const apart = 1.25
/** A simpler set may have up to this factor more pages: all of them are planned to be in memory. */
export const mostMore = 1.05

/**
 * The touched pages of a mapping whose places are unknown: their number and the number of their tables,
 * as far as one form can express both.
 * @param wanted spans that one process has on average.
 */
export function estimatedTouch(
  parts: readonly MappedPart[],
  first: MappedPart,
  page: number,
  wanted: number,
): CapturedTouch {
  const [least, most] = [bound(parts, 'least'), bound(parts, 'most')]
  const present = parts.flatMap(({ touch }) => (touch.pages === undefined ? [] : [touch.pages]))
  const rss = present.reduce((sum, pages) => sum + pages, 0) / Math.max(1, present.length)
  const source =
    present.length === 0
      ? 'maps does not show them'
      : `Rss ${formatBytes(Math.round(rss) * page)}${rangeOf(present, page)}, pagemap not read`
  const supposed = {
    spans: wanted,
    rss: present.length === 0 ? undefined : rss,
    areTogether: areTogether(parts, wanted),
  }
  const note = `${text(least)} to ${text(most)} of ${first.spans} tables, ${text(wanted)} assumed: ${source}`
  return { text: estimatedText(first, supposed, page), note }
}

/** The smallest and the largest Rss of one process; empty where they are nearly equal. */
function rangeOf(present: readonly number[], page: number): string {
  const sorted = present.toSorted((left, right) => left - right)
  const [least = 0, most = 0] = [sorted[0], sorted.at(-1)]
  if (most <= least * mostMore) return ''
  return ` on average (${formatBytes(least * page)} to ${formatBytes(most * page)} in one process)`
}

function text(value: number): string {
  return String(Math.round(value))
}

function bound(parts: readonly MappedPart[], side: 'least' | 'most'): number {
  const of = ({ touch }: MappedPart): number =>
    touch.kind === 'exact' ? touch.spans.count : touch[side]
  return parts.reduce((sum, part) => sum + of(part), 0) / parts.length
}

/** The assumptions about a mapping. */
export interface Supposed {
  readonly spans: number
  /** Pages that are there of one process. */
  readonly rss: number | undefined
  /** All processes together have hardly other spans than one. */
  readonly areTogether: boolean
}

function estimatedText(part: MappedPart, supposed: Supposed, page: number): TouchedText {
  const { spans, rss } = supposed
  const pages = Math.round(rss ?? 0)
  if (spans < 0.5) return 'none'
  if (rss !== undefined && pages >= part.pages) return 'all'
  const usual = usualCluster(part, page)
  const isUsual = Math.abs(touchedInClusters(part, pages, usual) - spans)
  if (rss !== undefined && isUsual < 0.5) return inClusters(pages, usual, page)
  if (rss !== undefined && spans <= pages / part.reach + 1 && supposed.areTogether) {
    return { first: writeSize(bytes(Math.min(pages, part.pages) * page)) }
  }
  return someSpans(part, supposed, page)
}

/**
 * So many spans where all processes together hardly have others: the first ones, with as many pages
 * of each as there are; else, or where that is no text any more, as few pages at random as need them.
 */
export function someSpans(
  part: MappedPart,
  { spans, rss, areTogether: isTogether }: Supposed,
  page: number,
): TouchedText {
  const { start, pages, reach } = part
  const count = Math.round(spans)
  if (rss !== undefined && !isTogether) return clustersFor(spans, rss, part, page)
  if (rss === undefined || rss * 2 < spans * reach) return drawnFor(spans, part, page)
  const startOf = (span: number): number => Math.max(0, span * reach - (start % reach))
  if (rss * mostMore >= spans * reach) {
    return runsText([[0, Math.min(pages, startOf(count))]], pages, page)
  }
  if (count > mostRuns) return drawnFor(spans, part, page)
  const each = Math.round(rss / count)
  const runs = Array.from({ length: count }, (_, span): Run => {
    const from = startOf(span)
    return [from, Math.min(from + each, startOf(span + 1), pages)]
  })
  return runsText(runs, pages, page)
}

/**
 * False where processes have more together, by Pss, than fits in the spans of one: theirs are
 * others. Sums that are more than there is of the mapping are no figure of a moment, and say nothing.
 */
export function areTogether(parts: readonly (MappedPart | undefined)[], spans: number): boolean {
  const shares = parts.map((part) => (part?.touch.kind === 'bounds' ? (part.touch.share ?? 0) : 0))
  const together = shares.reduce((sum, share) => sum + share, 0)
  const [first] = parts
  if (first === undefined || together > first.pages * mostMore) return true
  return together <= apart * spans * first.reach
}

/** Programs touch clusters of this size, on average; a huge page is touched whole. */
const usualBytes = 2 ** 20

/** In pages: that of the usual size, as far as the mapping has so much. */
export function usualCluster({ pages, region }: MappedPart, page: number): number {
  const huge = (region.object.pageKib * 1024) / page
  return Math.max(1, Math.min(pages, Math.max(usualBytes / page, huge)))
}

/** Pages of each process of its own, in clusters of the size that yields the wanted number of spans. */
function clustersFor(spans: number, rss: number, part: MappedPart, page: number): TouchedText {
  const drawn = Math.min(part.pages, Math.max(1, Math.round(rss)))
  const off = (cluster: number): number => Math.abs(touchedInClusters(part, drawn, cluster) - spans)
  // One after another: where clusters straddle spans, larger ones may touch more.
  let [best, least] = [1, off(1)]
  for (let cluster = 2; cluster <= Math.min(drawn, part.reach, mostCluster); cluster += 1) {
    const distance = off(cluster)
    if (distance < least) [best, least] = [cluster, distance]
  }
  return inClusters(drawn, best, page)
}

/** Spans of huge pages are larger; there a cluster is a part of one anyway. */
const mostCluster = 8192

function inClusters(drawn: number, cluster: number, page: number): TouchedText {
  const random = writeSize(bytes(drawn * page))
  return cluster <= 1 ? { random } : { random, in: writeSize(bytes(cluster * page)) }
}

/** The number of random pages that touch the wanted spans on average; one page in each where all are wanted. */
export function drawnFor(spans: number, part: MappedPart, page: number): TouchedText {
  const { pages, reach } = part
  if (spans >= part.spans - 0.5) return { every: writeSize(bytes(reach * page)) }
  const drawn = drawnToReach(pages, spans, (count) => touchedAtRandom(part, reach, count))
  return { random: writeSize(bytes(drawn * page)) }
}

/** How many of the pages have to be drawn for the expected figure to be nearest to the target. */
export function drawnToReach(
  pages: number,
  target: number,
  expected: (drawn: number) => number,
): number {
  const enough = firstHolding(1, pages, (drawn) => expected(drawn) >= target)
  const isLessNearer = enough > 1 && target - expected(enough - 1) < expected(enough) - target
  return isLessNearer ? enough - 1 : enough
}
