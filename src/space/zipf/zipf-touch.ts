import type { TouchSet } from '../touch-set.ts'
import { logUntouched, touchedProbability } from '../untouched.ts'
import { rankSumOf } from './rank-sum.ts'
import type { Fall } from './smooth-sum.ts'
import { smoothSum } from './smooth-sum.ts'

/** Pages that are drawn with replacement, by rank. */
export type ZipfSet = Extract<TouchSet, { readonly kind: 'zipf' }>

/** Whose pages are drawn, and by how many processes together. */
export interface Drawing {
  readonly touched: ZipfSet
  /** Pages of the mapping. */
  readonly pages: number
  readonly draws: number
}

/** The probability that a span is touched, span by span, as a function that falls from an origin on. */
export interface Skew extends Fall {
  /** Of the span with that index; between whole numbers, and past the mapping, it goes on smoothly. */
  readonly at: (span: number) => number
}

/** The natural logarithm of the probability that no access hits the pages `from … to − 1` of the mapping. */
function logMissed({ touched, pages, draws }: Drawing): (from: number, to: number) => number {
  const rankSum = rankSumOf(touched.exponent)
  const all = rankSum(0, pages)
  const accesses = touched.accesses * draws
  if (accesses === 0) return () => 0
  return (from, to) => accesses * Math.log1p(-Math.min(1, rankSum(from, to) / all))
}

/** That processes hit one of the pages `from … to − 1` of the mapping, whose pages lie in rank order. */
export function probabilityOf(drawing: Drawing, from: number, to: number): number {
  return touchedProbability(logMissed(drawing)(from, to))
}

/** The same for each whole span of `reach` pages of an axis on which the mapping begins at `first`. */
export function skewOf(drawing: Drawing, first: number, reach: number): Skew {
  const missed = logMissed(drawing)
  return {
    origin: first / reach,
    exponent: drawing.touched.exponent,
    at: (span) => {
      const from = span * reach - first
      return touchedProbability(missed(from, from + reach))
    },
  }
}

/**
 * The same where the ranks lie at random over the pages, for any `size` pages: as if the expected number
 * of distinct pages were drawn; between two whole numbers, their mean.
 */
export function scatteredProbability(drawing: Drawing): (size: number) => number {
  const distinct = distinctPages(drawing)
  const fewer = Math.floor(distinct)
  return (size) => {
    const [least = 0, most = 0] = [fewer, fewer + 1].map((drawn) =>
      touchedProbability(logUntouched(size, drawn, drawing.pages)),
    )
    return least + (distinct - fewer) * (most - least)
  }
}

/** Distinct pages that are expected among the pages `from … to − 1` of the mapping; absent: among all. */
export function distinctPages(drawing: Drawing, from = 0, to: number = drawing.pages): number {
  const { touched, pages, draws } = drawing
  if (touched.order === 'scattered' && to - from < pages) {
    return (distinctPages(drawing) * (to - from)) / pages
  }
  const skew = skewOf(drawing, 0, 1)
  const sum = smoothSum(from, to, [skew], skew.at)
  return Math.min(sum, to - from, touched.accesses * draws)
}
