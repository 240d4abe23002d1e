import { QuantityError } from '../units/quantity.ts'
import { sumBy } from '../units/sum.ts'
import { spanPeriod, spansMeetingMore } from './grid-phase.ts'
import { greatestCommonDivisor } from './residues.ts'
import type { Active } from './stretch.ts'

/** Some spans of a run, and the accesses that pick each of them out. */
export interface Part {
  readonly spans: number
  readonly picked: ReadonlySet<number>
}

const noAccess: ReadonlySet<number> = new Set()

/** True where an access treats some spans of its stretch unlike the others. */
export function isPicking({ stretch }: Active): boolean {
  return stretch.kind === 'every' || stretch.kind === 'phased'
}

/**
 * Sorts the spans `from … to − 1` by who picks them: those that a long stride hits, or that meet one
 * cluster more. None or one who picks: closed form. Several: their pattern repeats after the least
 * common multiple of the periods, so one period is walked and multiplied.
 * @throws QuantityError `too-irregular` where even that is more than half a million steps.
 */
export function partitionByPicks(
  from: number,
  to: number,
  picking: readonly Active[],
  reach: number,
  quantity: string,
): readonly Part[] {
  const [only, another] = picking
  if (only === undefined) return [{ spans: to - from, picked: noAccess }]
  if (another === undefined) {
    const hits = hitsBetween(only, from, to, reach)
    return [
      { spans: hits, picked: new Set([only.access]) },
      { spans: to - from - hits, picked: noAccess },
    ]
  }
  const accesses = picking.flatMap(stridedAccess)
  return accesses.length < picking.length
    ? partitionBySpan(from, to, picking, reach, quantity)
    : partitionByWalk(from, to, accesses, reach, quantity)
}

/** Touched pages `first + i · stride`. */
interface StridedAccess {
  readonly access: number
  readonly first: number
  readonly stride: number
}

function stridedAccess({ access, stretch }: Active): readonly StridedAccess[] {
  if (stretch.kind !== 'every') return []
  return [{ access, first: stretch.first, stride: stretch.stride }]
}

/** Index of the first touched page at or after `page`. */
function indexFrom(access: StridedAccess, page: number): number {
  return Math.max(0, Math.ceil((page - access.first) / access.stride))
}

/** Spans that one access picks. */
function hitsBetween({ access, stretch }: Active, from: number, to: number, reach: number): number {
  if (stretch.kind === 'phased') return spansMeetingMore(from, to, stretch.grids)
  // The stride is longer than a span: each touched page has a span of its own.
  return sumBy(
    stridedAccess({ access, stretch }),
    (access) => indexFrom(access, to * reach) - indexFrom(access, from * reach),
  )
}

const walkLimit = 500_000

function partitionByWalk(
  from: number,
  to: number,
  accesses: readonly StridedAccess[],
  reach: number,
  quantity: string,
): readonly Part[] {
  const period = periodOf(accesses, reach, to - from)
  const periods = Math.floor((to - from) / period)
  const rest = from + periods * period
  const walked = period * Math.min(periods, 1) + (to - rest)
  const touches = sumBy(accesses, ({ stride }) => (walked * reach) / stride)
  if (touches > walkLimit) throw new QuantityError(quantity, 'too-irregular')

  const parts = new Map<string, { spans: number; picked: ReadonlySet<number> }>()
  const add = (start: number, end: number, factor: number): void => {
    for (const part of walk(start, end, accesses, reach)) {
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
function periodOf(accesses: readonly StridedAccess[], reach: number, atMost: number): number {
  let pages = reach
  for (const { stride } of accesses) {
    pages = (pages / greatestCommonDivisor(pages, stride)) * stride
    if (pages / reach >= atMost) return atMost
  }
  return pages / reach
}

/** The same where clusters have a part: span by span over one period. */
function partitionBySpan(
  from: number,
  to: number,
  picking: readonly Active[],
  reach: number,
  quantity: string,
): readonly Part[] {
  const period = picking.reduce(
    (spans, active) => commonMultiple(spans, pickPeriod(active, reach), to - from),
    1,
  )
  if (period * picking.length > walkLimit) throw new QuantityError(quantity, 'too-irregular')
  const parts = new Map<string, { spans: number; picked: ReadonlySet<number> }>()
  for (let span = from; span < Math.min(to, from + period); span++) {
    const picked = picking.flatMap((active) =>
      hitsBetween(active, span, span + 1, reach) > 0 ? [active.access] : [],
    )
    const spans = Math.floor((to - 1 - span) / period) + 1
    const known = parts.get(picked.join())
    if (known === undefined) parts.set(picked.join(), { spans, picked: new Set(picked) })
    else known.spans += spans
  }
  return [...parts.values()]
}

function pickPeriod({ stretch }: Active, reach: number): number {
  if (stretch.kind === 'phased') return spanPeriod(stretch.grids)
  const stride = stretch.kind === 'every' ? stretch.stride : reach
  return stride / greatestCommonDivisor(stride, reach)
}

/** The least common multiple, or `atMost` where that is less. */
function commonMultiple(a: number, b: number, atMost: number): number {
  const factor = a / greatestCommonDivisor(a, b)
  return factor >= atMost / b ? atMost : factor * b
}

/** Merges the touches in ascending order: the work is one step for each span that is hit. */
function walk(
  from: number,
  to: number,
  accesses: readonly StridedAccess[],
  reach: number,
): readonly Part[] {
  const spanOf = (page: number): number =>
    page < to * reach ? Math.floor(page / reach) : Number.POSITIVE_INFINITY
  const pages = accesses.map(
    (access) => access.first + indexFrom(access, from * reach) * access.stride,
  )
  const spans = pages.map(spanOf)
  const advance = (place: number): void => {
    const page = (pages[place] ?? 0) + (accesses[place]?.stride ?? 0)
    pages[place] = page
    spans[place] = spanOf(page)
  }
  // Most spans are hit once: those are counted apart, without a key.
  const alone = accesses.map(() => 0)
  const together = new Map<string, { spans: number; picked: ReadonlySet<number> }>()
  let hits = 0
  for (let span = leastOf(spans); span !== Number.POSITIVE_INFINITY; span = leastOf(spans)) {
    hits += 1
    const first = spans.indexOf(span)
    if (spans.indexOf(span, first + 1) < 0) alone[first] = (alone[first] ?? 0) + 1
    else addTogether(together, accesses, spans, span)
    for (let place = first; place < spans.length; place++) if (spans[place] === span) advance(place)
  }
  return [
    ...accesses.map(({ access }, place) => ({
      spans: alone[place] ?? 0,
      picked: new Set([access]),
    })),
    ...together.values(),
    { spans: to - from - hits, picked: noAccess },
  ]
}

function leastOf(spans: readonly number[]): number {
  let least = Number.POSITIVE_INFINITY
  for (const span of spans) if (span < least) least = span
  return least
}

function addTogether(
  parts: Map<string, { spans: number; picked: ReadonlySet<number> }>,
  accesses: readonly StridedAccess[],
  spans: readonly number[],
  span: number,
): void {
  const picked = accesses.flatMap(({ access }, place) => (spans[place] === span ? [access] : []))
  const key = picked.join()
  const known = parts.get(key)
  if (known === undefined) parts.set(key, { spans: 1, picked: new Set(picked) })
  else known.spans += 1
}
