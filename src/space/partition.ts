import { QuantityError } from '../units/quantity.ts'
import type { Active } from './stretch.ts'

/** Some spans of a run, and the long-stride touchers that touch each of them. */
export interface Part {
  readonly spans: number
  readonly picked: ReadonlySet<number>
}

const nobody: ReadonlySet<number> = new Set()

/**
 * Sorts the spans `from … to − 1` by which long-stride touchers hit them. None or one: closed form.
 * Several: their pattern repeats after the least common multiple of the strides, so one period is
 * walked and multiplied.
 * @throws QuantityError `too-irregular` where even that is more than half a million touches.
 */
export function partitionByEvery(
  from: number,
  to: number,
  picking: readonly Active[],
  reach: number,
  quantity: string,
): readonly Part[] {
  const combs = picking.map(combOf)
  const [only, another] = combs
  if (only === undefined) return [{ spans: to - from, picked: nobody }]
  if (another === undefined) {
    const hits = hitsBetween(only, from, to, reach)
    return [
      { spans: hits, picked: new Set([only.toucher]) },
      { spans: to - from - hits, picked: nobody },
    ]
  }
  return partitionByWalk(from, to, combs, reach, quantity)
}

/** Touched pages `first + i · stride`. */
interface Comb {
  readonly toucher: number
  readonly first: number
  readonly stride: number
}

function combOf({ toucher, stretch }: Active): Comb {
  if (stretch.kind !== 'every') throw new RangeError(`not a stride: ${stretch.kind}`)
  return { toucher, first: stretch.first, stride: stretch.stride }
}

/** Index of the first touched page at or after `page`. */
function indexFrom(comb: Comb, page: number): number {
  return Math.max(0, Math.ceil((page - comb.first) / comb.stride))
}

/** The stride is longer than a span: each touched page has a span of its own. */
function hitsBetween(comb: Comb, from: number, to: number, reach: number): number {
  return indexFrom(comb, to * reach) - indexFrom(comb, from * reach)
}

const walkLimit = 500_000

function partitionByWalk(
  from: number,
  to: number,
  combs: readonly Comb[],
  reach: number,
  quantity: string,
): readonly Part[] {
  const period = periodOf(combs, reach, to - from)
  const periods = Math.floor((to - from) / period)
  const rest = from + periods * period
  const walked = period * Math.min(periods, 1) + (to - rest)
  const touches = combs.reduce((sum, comb) => sum + (walked * reach) / comb.stride, 0)
  if (touches > walkLimit) throw new QuantityError(quantity, 'too-irregular')

  const parts = new Map<string, { spans: number; picked: ReadonlySet<number> }>()
  const add = (start: number, end: number, factor: number): void => {
    for (const part of walk(start, end, combs, reach)) {
      const key = [...part.picked].join()
      const known = parts.get(key)
      if (known === undefined) parts.set(key, { ...part, spans: part.spans * factor })
      else known.spans += part.spans * factor
    }
  }
  if (periods > 0) add(from, from + period, periods)
  if (rest < to) add(rest, to, 1)
  return [...parts.values()]
}

/** Spans after which the pattern of hits repeats, or `atMost` where that is fewer. */
function periodOf(combs: readonly Comb[], reach: number, atMost: number): number {
  let pages = reach
  for (const { stride } of combs) {
    pages = (pages / greatestCommonDivisor(pages, stride)) * stride
    if (pages / reach >= atMost) return atMost
  }
  return pages / reach
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

/** Merges the touches in ascending order: the work is one step for each span that is hit. */
function walk(from: number, to: number, combs: readonly Comb[], reach: number): readonly Part[] {
  const spanOf = (page: number): number =>
    page < to * reach ? Math.floor(page / reach) : Number.POSITIVE_INFINITY
  const pages = combs.map((comb) => comb.first + indexFrom(comb, from * reach) * comb.stride)
  const spans = pages.map(spanOf)
  const advance = (place: number): void => {
    const page = (pages[place] ?? 0) + (combs[place]?.stride ?? 0)
    pages[place] = page
    spans[place] = spanOf(page)
  }
  // Most spans are hit once: those are counted apart, without a key.
  const alone = combs.map(() => 0)
  const together = new Map<string, { spans: number; picked: ReadonlySet<number> }>()
  let hits = 0
  for (let span = leastOf(spans); span !== Number.POSITIVE_INFINITY; span = leastOf(spans)) {
    hits += 1
    const first = spans.indexOf(span)
    if (spans.indexOf(span, first + 1) < 0) alone[first] = (alone[first] ?? 0) + 1
    else addTogether(together, combs, spans, span)
    for (let place = first; place < spans.length; place++) if (spans[place] === span) advance(place)
  }
  return [
    ...combs.map(({ toucher }, place) => ({
      spans: alone[place] ?? 0,
      picked: new Set([toucher]),
    })),
    ...together.values(),
    { spans: to - from - hits, picked: nobody },
  ]
}

function leastOf(spans: readonly number[]): number {
  let least = Number.POSITIVE_INFINITY
  for (const span of spans) if (span < least) least = span
  return least
}

function addTogether(
  parts: Map<string, { spans: number; picked: ReadonlySet<number> }>,
  combs: readonly Comb[],
  spans: readonly number[],
  span: number,
): void {
  const picked = combs.flatMap(({ toucher }, place) => (spans[place] === span ? [toucher] : []))
  const key = picked.join()
  const known = parts.get(key)
  if (known === undefined) parts.set(key, { spans: 1, picked: new Set(picked) })
  else known.spans += 1
}
