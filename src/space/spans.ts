import type { Estimate } from '../units/estimate.ts'
import { exactly, nothing } from '../units/estimate.ts'
import { sum } from '../units/sum.ts'
import type { Cell } from './cell.ts'
import { cellsOf } from './cell.ts'
import { drawBounds } from './draw-bounds.ts'
import type { Toucher } from './toucher.ts'

/** How many spans several touchers reach together, and which of them is billed for how many. */
export interface Spans {
  /** Distinct spans, all touchers together. */
  readonly total: Estimate
  /**
   * Spans billed to each toucher, in the given order: a span that several reach is billed to the
   * first. Unrounded expectations; whole numbers where chance has no part. They add up to the total.
   */
  readonly shares: readonly number[]
}

/**
 * Counts the distinct spans of `reach` pages that the touchers touch: the number of page tables of
 * a level, of huge pages, or (reach 1) of base pages. Exact for everything but random draws; for
 * those the expectation in closed form, with the least and the most that can happen.
 * @param quantity name for errors.
 * @throws QuantityError past 2^53 − 1, or where strides are too irregular to be united.
 */
export function spansTouched(touchers: readonly Toucher[], reach: number, quantity: string): Spans {
  const cells = cellsOf(touchers, reach, quantity)
  const shares = touchers.map(() => 0)
  for (const cell of cells) bill(cell, shares)
  const expected = sum(shares, quantity)
  const chance = cells.some((cell) => cell.takers.some((taker) => !taker.certain))
  if (!chance) return { total: expected === 0 ? nothing : exactly(expected), shares }
  const { least, most } = drawBounds(cells, touchers, reach)
  return { total: { least, expected, most }, shares }
}

/** The first toucher pays for what it touches, the next for what is then still untouched. */
function bill(cell: Cell, shares: number[]): void {
  const certain = cell.takers.findIndex((taker) => taker.certain)
  let untouched = 1
  cell.takers.forEach(({ toucher, probability }, index) => {
    if (certain >= 0 && index > certain) return
    shares[toucher] = (shares[toucher] ?? 0) + cell.spans * untouched * probability
    untouched *= index === certain ? 0 : 1 - probability
  })
}
