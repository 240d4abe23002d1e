import type { Layout } from '../../geometry/layout.ts'
import type { TouchedText } from '../../scenario/schema/scenario-text.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { WindowSet } from '../files/spans.ts'
import { pairs, touchedAtRandom, unionOf, windowCollector } from '../files/spans.ts'
import type { Member, Piece, Touch } from './captured-process.ts'
import type { CapturedTouch } from './estimated-touch.ts'
import { apart, drawnFor, estimatedTouch, mostMore } from './estimated-touch.ts'
import type { Run } from './runs-text.ts'
import { mostRuns, runsText } from './runs-text.ts'

/** Pages of a regular set that are looked at one by one. */
const mostRegular = 2 ** 22
/** Beyond it a set is no text any more, but a number drawn at random. */
const mostWindowRuns = 10_000

/**
 * The pages that each process of a class touches in its mapping number `index`.
 * @param members the one that stands for all first.
 * @param wanted windows that one of them has on average, supposed where they are not known exactly.
 */
export function touchedText(
  members: readonly Member[],
  index: number,
  layout: Layout,
  wanted: number,
): CapturedTouch {
  const page = layout.pageBytes
  const pieces = members.flatMap(({ pieces: all }) => all[index] ?? [])
  const exact = pieces.filter((piece) => piece.touch.kind === 'exact')
  const [first] = pieces
  if (first === undefined) throw new RangeError('a mapping that no process has')
  return exact.length === pieces.length
    ? knownTouch(pieces, first, layout, wanted)
    : estimatedTouch(pieces, first, page, wanted)
}

function knownTouch(
  pieces: readonly Piece[],
  first: Piece,
  layout: Layout,
  wanted: number,
): CapturedTouch {
  const page = layout.pageBytes
  const sets = pieces.map(({ touch }) => windowsIn(touch))
  const set = windowsIn(first.touch)
  const union = unionOf(sets)
  const alike = sets.every(({ runs }) => runs.join() === set.runs.join())
  if (!alike && union.count > apart * wanted && wanted > 1) {
    const note = `${Math.round(wanted)} of ${first.windows} tables on average, ${rangeOf(sets)}, others in each: pagemap`
    return { text: drawnForTables(pieces, first, layout, wanted), note }
  }
  if (Math.abs(set.count - wanted) > 0.5)
    return meanTouch(first, set, { sets, union }, wanted, page)
  const full = pieces.every(({ touch, pages }) => touch.kind === 'exact' && touch.pages === pages)
  if (set.count === 0)
    return { text: 'none', note: 'Rss is 0; tables of reclaimed pages may remain' }
  if (full) return { text: 'all', note: 'Rss is all of it' }
  if (set.count === first.windows && first.region.object.marks === undefined) {
    return { text: 'all', note: 'Rss leaves none of its tables empty' }
  }
  const note = `${set.count} of ${first.windows} tables: pagemap; tables of reclaimed pages may come to it`
  return {
    ...pagesIn(first, set, page),
    note: alike ? note : `${note}; ${rangeOf(sets)}, this one in the middle`,
  }
}

/** As many windows as one has on average: the first of the middle process, then others that some have. */
function meanTouch(
  piece: Piece,
  set: WindowSet,
  { sets, union }: { readonly sets: readonly WindowSet[]; readonly union: WindowSet },
  wanted: number,
  page: number,
): CapturedTouch {
  const count = Math.round(wanted)
  const note = `${count} of ${piece.windows} tables on average, ${rangeOf(sets)}, nearly the same in each that has them`
  if (count === 0) return { text: 'none', note }
  const some = set.count > count ? set : union
  return { ...pagesIn(piece, firstOf(some, count), page), note }
}

/** The process with the fewest windows, and that with the most. */
function rangeOf(sets: readonly WindowSet[]): string {
  const counts = sets.map(({ count }) => count).toSorted((left, right) => left - right)
  return `${counts[0] ?? 0} to ${counts.at(-1) ?? 0} in one process`
}

function firstOf({ runs }: WindowSet, count: number): WindowSet {
  const kept: number[] = []
  let left = count
  for (const [from, to] of pairs(runs)) {
    if (left > 0) kept.push(from, Math.min(to, from + left))
    left -= to - from
  }
  return { count, runs: kept }
}

/**
 * So many pages at random as need as much memory for tables of all levels: few pages reach nearly as many
 * tables above as below, windows side by side do not.
 */
function drawnForTables(
  pieces: readonly Piece[],
  first: Piece,
  { levels, pageBytes }: Layout,
  wanted: number,
): TouchedText {
  const { pages, windows, reach } = first
  if (wanted >= windows - 0.5) return drawnFor(wanted, first, pageBytes)
  const counted = levels
    .filter(({ name }) => name !== 'p4d' && name !== 'pgd')
    .filter((level) => level.reach >= reach)
    .map(({ reach: span, tableBytes }) => ({
      tableBytes,
      most: spansOf(first, [0, windows], span),
      mean: span === reach ? wanted : meanSpans(pieces, span),
    }))
  const target = counted.reduce((sum, { tableBytes, mean }) => sum + tableBytes * mean, 0)
  const expected = (drawn: number): number =>
    counted.reduce(
      (sum, { tableBytes, most }) => sum + tableBytes * touchedAtRandom(most, drawn, pages),
      0,
    )
  let [low, high] = [1, pages]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (expected(middle) < target) low = middle + 1
    else high = middle
  }
  const drawn = low > 1 && target - expected(low - 1) < expected(low) - target ? low - 1 : low
  return { random: writeSize(bytes(drawn * pageBytes)) }
}

function meanSpans(pieces: readonly Piece[], span: number): number {
  const spans = pieces.map((piece) => spansOf(piece, windowsIn(piece.touch).runs, span))
  return spans.reduce((sum, one) => sum + one, 0) / spans.length
}

/** Tables of a level that the windows lie in. */
function spansOf({ start, reach }: Piece, runs: readonly number[], span: number): number {
  const base = Math.floor(start / reach) * reach
  const levels = pairs(runs).map(([from, to]): [number, number] => [
    Math.floor((base + from * reach) / span),
    Math.ceil((base + to * reach) / span),
  ])
  return unionOf([{ count: 0, runs: levels.flat() }]).count
}

function windowsIn(touch: Touch): WindowSet {
  if (touch.kind !== 'exact') throw new RangeError('not known exactly')
  return touch.windows
}

/** The pages in those windows that any process has touched: of all processes they are the union. */
function pagesIn(piece: Piece, set: WindowSet, page: number): { readonly text: TouchedText } {
  const spans = pairs(set.runs).map(([from, to]) => spanOf(piece, from, to))
  if (spans.length > mostWindowRuns) return { text: drawnFor(set.count, piece, page) }
  const runs = spans.flatMap(([from, to]) => touchedRuns(piece, from, to))
  if (runs.length <= mostRuns) return { text: runsText(runs, piece.pages, page) }
  const joined = joinedAcrossGaps(runs, spans)
  const touched = lengthOf(runs)
  if (lengthOf(joined) <= mostMore * touched) return { text: runsText(joined, piece.pages, page) }
  const step = regularStep(piece, set, touched)
  if (step !== undefined) return { text: { every: writeSize(bytes(step * page)) } }
  const packed = packedRuns(piece, runs)
  if (packed.length > mostWindowRuns) return { text: drawnFor(set.count, piece, page) }
  return { text: runsText(packed, piece.pages, page) }
}

function lengthOf(runs: readonly Run[]): number {
  return runs.reduce((sum, [from, to]) => sum + to - from, 0)
}

/** A page every so many, where that is as many pages in the same windows. */
function regularStep(piece: Piece, set: WindowSet, touched: number): number | undefined {
  const { start, pages, reach } = piece
  const step = Math.min(reach, Math.floor(pages / touched))
  if (step < 1 || pages / step > Math.min(mostMore * touched, mostRegular)) return undefined
  const collector = windowCollector()
  const first = Math.floor(start / reach)
  for (let at = 0; at < pages; at += step) collector.add(Math.floor((start + at) / reach) - first)
  return collector.set().runs.join() === set.runs.join() ? step : undefined
}

/** In each window as many pages as there are, side by side from the first of them. */
function packedRuns({ start, reach }: Piece, runs: readonly Run[]): readonly Run[] {
  const windows = new Map<number, { readonly first: number; pages: number }>()
  for (const [from, to] of runs) {
    for (let at = from; at < to; ) {
      const window = Math.floor((start + at) / reach)
      const end = Math.min(to, (window + 1) * reach - start)
      const known = windows.get(window) ?? { first: at, pages: 0 }
      known.pages += end - at
      windows.set(window, known)
      at = end
    }
  }
  const packed = [...windows].flatMap(([window, { first, pages }]) => {
    const from = Math.min(first, (window + 1) * reach - start - pages)
    return [from, from + pages]
  })
  return pairs(unionOf([{ count: 0, runs: packed }]).runs)
}

/** Pages of the mapping that lie in windows, counted from its start. */
function spanOf({ start, pages, reach }: Piece, from: number, to: number): Run {
  const base = Math.floor(start / reach) * reach - start
  return [Math.max(0, base + from * reach), Math.min(pages, base + to * reach)]
}

function touchedRuns({ region, offset }: Piece, from: number, to: number): readonly Run[] {
  const { marks, full } = region.object
  const runs: [number, number][] = pairs(full)
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
  const merged = pairs(unionOf([{ count: 0, runs: runs.flat() }]).runs)
  return merged.length === 0 ? [[from, to]] : merged
}

/**
 * Fewer runs, where there are too many: the smallest gaps are closed first, and none that holds a
 * whole window, so that each window stays as it is.
 */
function joinedAcrossGaps(runs: readonly Run[], spans: readonly Run[]): readonly Run[] {
  const gaps = runs.slice(1).flatMap(([from], index) => {
    const gap = from - (runs[index]?.[1] ?? 0)
    return opensSpan(spans, runs[index]?.[1] ?? 0, from) ? [] : [gap]
  })
  const limit = gaps.toSorted((a, b) => a - b)[runs.length - mostRuns] ?? Number.POSITIVE_INFINITY
  const joined: [number, number][] = []
  for (const [from, to] of runs) {
    const last = joined.at(-1)
    const closes = last !== undefined && from - last[1] <= limit
    if (last !== undefined && closes && !opensSpan(spans, last[1], from)) last[1] = to
    else joined.push([from, to])
  }
  return joined
}

/** True where a span of touched windows begins between the two: what lies before it is untouched. */
function opensSpan(spans: readonly Run[], end: number, next: number): boolean {
  let [low, high] = [0, spans.length]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((spans[middle]?.[0] ?? 0) < end) low = middle + 1
    else high = middle
  }
  const found = spans[low]?.[0]
  return found !== undefined && found <= next
}
