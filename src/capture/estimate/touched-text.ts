import type { Layout } from '../../geometry/layout.ts'
import type { TouchedText } from '../../scenario/schema/scenario-text.ts'
import { lengthOf, runsOf, union } from '../../space/intervals.ts'
import { firstHolding } from '../../units/first-holding.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { SpanSet } from '../files/spans.ts'
import { spanCollector, touchedAtRandom, unionOf } from '../files/spans.ts'
import type { CapturedProcess, MappedPart, Touch } from './captured-process.ts'
import type { CapturedTouch } from './estimated-touch.ts'
import { apart, drawnFor, drawnToReach, estimatedTouch, mostMore } from './estimated-touch.ts'
import type { Run } from './runs-text.ts'
import { mostRuns, runsText } from './runs-text.ts'

/** Pages of a regular set that are looked at one by one. */
const mostRegular = 2 ** 22
/** Beyond it a set is no text any more, but a number drawn at random. */
const mostSpanRuns = 10_000

/**
 * The pages that each process of a class touches in its mapping number `index`.
 * @param processes the representative one first.
 * @param wanted spans that one of them has on average, assumed where they are not known exactly.
 */
export function touchedText(
  processes: readonly CapturedProcess[],
  index: number,
  layout: Layout,
  wanted: number,
): CapturedTouch {
  const page = layout.pageBytes
  const parts = processes.flatMap(({ parts: all }) => all[index] ?? [])
  const exact = parts.filter((part) => part.touch.kind === 'exact')
  const [first] = parts
  if (first === undefined) throw new RangeError('a mapping that no process has')
  return exact.length === parts.length
    ? knownTouch(parts, first, layout, wanted)
    : estimatedTouch(parts, first, page, wanted)
}

function knownTouch(
  parts: readonly MappedPart[],
  first: MappedPart,
  layout: Layout,
  wanted: number,
): CapturedTouch {
  const page = layout.pageBytes
  const sets = parts.map(({ touch }) => spansIn(touch))
  const set = spansIn(first.touch)
  const union = unionOf(sets)
  const alike = sets.every(({ runs }) => runs.join() === set.runs.join())
  if (!alike && union.count > apart * wanted && wanted > 1) {
    const note = `${Math.round(wanted)} of ${first.spans} tables on average, ${rangeOf(sets)}, different ones in each: pagemap`
    return { text: drawnForTables(parts, first, layout, wanted), note }
  }
  if (Math.abs(set.count - wanted) > 0.5)
    return meanTouch(first, set, { sets, union }, wanted, page)
  const full = parts.every(({ touch, pages }) => touch.kind === 'exact' && touch.pages === pages)
  if (set.count === 0)
    return { text: 'none', note: 'Rss is 0; tables of reclaimed pages may remain' }
  if (full) return { text: 'all', note: 'Rss is the whole mapping' }
  if (set.count === first.spans && first.region.object.marks === undefined) {
    return { text: 'all', note: 'Rss is too large for an empty table' }
  }
  const note = `${set.count} of ${first.spans} tables: pagemap; tables of reclaimed pages may add to it`
  return {
    ...pagesIn(first, set, page),
    note: alike ? note : `${note}; ${rangeOf(sets)}, this process nearest to the mean`,
  }
}

/** As many spans as one has on average: the first of the middle process, then others that some have. */
function meanTouch(
  part: MappedPart,
  set: SpanSet,
  { sets, union }: { readonly sets: readonly SpanSet[]; readonly union: SpanSet },
  wanted: number,
  page: number,
): CapturedTouch {
  const count = Math.round(wanted)
  const note = `${count} of ${part.spans} tables on average, ${rangeOf(sets)}, nearly the same ones in each process`
  if (count === 0) return { text: 'none', note }
  const some = set.count > count ? set : union
  return { ...pagesIn(part, firstOf(some, count), page), note }
}

/** The process with the fewest spans, and that with the most. */
function rangeOf(sets: readonly SpanSet[]): string {
  const counts = sets.map(({ count }) => count).toSorted((left, right) => left - right)
  return `${counts[0] ?? 0} to ${counts.at(-1) ?? 0} in one process`
}

function firstOf({ runs }: SpanSet, count: number): SpanSet {
  const kept: number[] = []
  let left = count
  for (const [from, to] of runsOf(runs)) {
    if (left > 0) kept.push(from, Math.min(to, from + left))
    left -= to - from
  }
  return { count, runs: kept }
}

/**
 * The number of random pages whose tables of all levels need the same memory. A few random pages reach
 * nearly as many tables above as below; adjacent spans do not.
 */
function drawnForTables(
  parts: readonly MappedPart[],
  first: MappedPart,
  { levels, pageBytes }: Layout,
  wanted: number,
): TouchedText {
  const { spans, reach } = first
  if (wanted >= spans - 0.5) return drawnFor(wanted, first, pageBytes)
  const counted = levels
    .filter(({ name }) => name !== 'p4d' && name !== 'pgd')
    .filter((level) => level.reach >= reach)
    .map(({ reach: span, tableBytes }) => ({
      span,
      tableBytes,
      mean: span === reach ? wanted : meanTables(parts, span),
    }))
  const target = counted.reduce((sum, { tableBytes, mean }) => sum + tableBytes * mean, 0)
  const drawn = drawnToReach(first.pages, target, (pages) =>
    counted.reduce(
      (sum, { span, tableBytes }) => sum + tableBytes * touchedAtRandom(first, span, pages),
      0,
    ),
  )
  return { random: writeSize(bytes(drawn * pageBytes)) }
}

function meanTables(parts: readonly MappedPart[], span: number): number {
  const tables = parts.map((part) => tablesAbove(part, spansIn(part.touch).runs, span))
  return tables.reduce((sum, one) => sum + one, 0) / tables.length
}

/** Tables of a level that the spans lie in. */
function tablesAbove({ start, reach }: MappedPart, runs: readonly number[], span: number): number {
  const base = Math.floor(start / reach) * reach
  const levels = runsOf(runs).map(([from, to]): [number, number] => [
    Math.floor((base + from * reach) / span),
    Math.ceil((base + to * reach) / span),
  ])
  return lengthOf(union([levels.flat()]))
}

function spansIn(touch: Touch): SpanSet {
  if (touch.kind !== 'exact') throw new RangeError('not known exactly')
  return touch.spans
}

/** The pages in those spans that any process has touched: of all processes they are the union. */
function pagesIn(part: MappedPart, set: SpanSet, page: number): { readonly text: TouchedText } {
  const stretches = runsOf(set.runs).map(([from, to]) => pagesOfSpans(part, from, to))
  if (stretches.length > mostSpanRuns) return { text: drawnFor(set.count, part, page) }
  const runs = stretches.flatMap(([from, to]) => touchedRuns(part, from, to))
  if (runs.length <= mostRuns) return { text: runsText(runs, part.pages, page) }
  const joined = joinedAcrossGaps(runs, stretches)
  const touched = pageCount(runs)
  if (pageCount(joined) <= mostMore * touched) return { text: runsText(joined, part.pages, page) }
  const step = regularStep(part, set, touched)
  if (step !== undefined) return { text: { every: writeSize(bytes(step * page)) } }
  const packed = packedRuns(part, runs)
  if (packed.length > mostSpanRuns) return { text: drawnFor(set.count, part, page) }
  return { text: runsText(packed, part.pages, page) }
}

function pageCount(runs: readonly Run[]): number {
  return runs.reduce((sum, [from, to]) => sum + to - from, 0)
}

/** One page at a regular step, where it makes about as many pages in the same spans. */
function regularStep(part: MappedPart, set: SpanSet, touched: number): number | undefined {
  const { start, pages, reach } = part
  const step = Math.min(reach, Math.floor(pages / touched))
  if (step < 1 || pages / step > Math.min(mostMore * touched, mostRegular)) return undefined
  const collector = spanCollector()
  const first = Math.floor(start / reach)
  for (let at = 0; at < pages; at += step) collector.add(Math.floor((start + at) / reach) - first)
  return collector.set().runs.join() === set.runs.join() ? step : undefined
}

/** In each span as many pages as there are, side by side from the first of them. */
function packedRuns({ start, reach }: MappedPart, runs: readonly Run[]): readonly Run[] {
  const spans = new Map<number, { readonly first: number; pages: number }>()
  for (const [from, to] of runs) {
    for (let at = from; at < to; ) {
      const span = Math.floor((start + at) / reach)
      const end = Math.min(to, (span + 1) * reach - start)
      const known = spans.get(span) ?? { first: at, pages: 0 }
      known.pages += end - at
      spans.set(span, known)
      at = end
    }
  }
  const packed = [...spans].flatMap(([span, { first, pages }]) => {
    const from = Math.min(first, (span + 1) * reach - start - pages)
    return [from, from + pages]
  })
  return runsOf(union([packed]))
}

/** Pages of the mapping that lie in spans, counted from its start. */
function pagesOfSpans({ start, pages, reach }: MappedPart, from: number, to: number): Run {
  const base = Math.floor(start / reach) * reach - start
  return [Math.max(0, base + from * reach), Math.min(pages, base + to * reach)]
}

function touchedRuns({ region, offset }: MappedPart, from: number, to: number): readonly Run[] {
  const { marks, full } = region.object
  const runs: [number, number][] = runsOf(full)
    .map(([a, b]): [number, number] => [Math.max(a - offset, from), Math.min(b - offset, to)])
    .filter(([a, b]) => a < b)
  let open = -1
  for (let page = from; page <= to && marks !== undefined; page += 1) {
    const isMarked = page < to && marks[offset + page] === 1
    if (isMarked && open < 0) open = page
    if (!isMarked && open >= 0) {
      runs.push([open, page])
      open = -1
    }
  }
  const merged = runsOf(union([runs.flat()]))
  return merged.length === 0 ? [[from, to]] : merged
}

/**
 * Fewer runs, where there are too many: the smallest gaps are closed first, and none that holds a
 * whole span, so that each span stays as it is.
 */
function joinedAcrossGaps(runs: readonly Run[], stretches: readonly Run[]): readonly Run[] {
  const gaps = runs.slice(1).flatMap(([from], index) => {
    const gap = from - (runs[index]?.[1] ?? 0)
    return opensStretch(stretches, runs[index]?.[1] ?? 0, from) ? [] : [gap]
  })
  const limit = gaps.toSorted((a, b) => a - b)[runs.length - mostRuns] ?? Number.POSITIVE_INFINITY
  const joined: [number, number][] = []
  for (const [from, to] of runs) {
    const last = joined.at(-1)
    const closes = last !== undefined && from - last[1] <= limit
    if (last !== undefined && closes && !opensStretch(stretches, last[1], from)) last[1] = to
    else joined.push([from, to])
  }
  return joined
}

/** True where a stretch of touched spans begins between the two: what lies before it is untouched. */
function opensStretch(stretches: readonly Run[], end: number, next: number): boolean {
  const index = firstHolding(0, stretches.length, (at) => (stretches[at]?.[0] ?? 0) >= end)
  const found = stretches[index]?.[0]
  return found !== undefined && found <= next
}
