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
 * @throws QuantityError `too-irregular` where even that is more than four million touches.
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

const walkLimit = 4_000_000

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

function walk(from: number, to: number, combs: readonly Comb[], reach: number): readonly Part[] {
  const hitBy = new Map<number, number[]>()
  for (const comb of combs) {
    const end = indexFrom(comb, to * reach)
    for (let i = indexFrom(comb, from * reach); i < end; i++) {
      const span = Math.floor((comb.first + i * comb.stride) / reach)
      const hits = hitBy.get(span)
      if (hits === undefined) hitBy.set(span, [comb.toucher])
      else hits.push(comb.toucher)
    }
  }
  const parts = new Map<string, { spans: number; picked: ReadonlySet<number> }>()
  for (const touchers of hitBy.values()) {
    const key = touchers.join()
    const known = parts.get(key)
    if (known === undefined) parts.set(key, { spans: 1, picked: new Set(touchers) })
    else known.spans += 1
  }
  return [...parts.values(), { spans: to - from - hitBy.size, picked: nobody }]
}
