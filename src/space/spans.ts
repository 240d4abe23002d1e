import type { Estimate } from '../units/estimate.ts'
import { exactly, nothing } from '../units/estimate.ts'
import { sum } from '../units/sum.ts'
import type { Access } from './access.ts'
import type { Cell } from './cell.ts'
import { cellsOf } from './cell.ts'
import { randomBounds } from './random-bounds.ts'

/** How many spans several accesses reach together, and which of them is billed for how many. */
export interface Spans {
  /** Distinct spans, all accesses together. */
  readonly total: Estimate
  /**
   * Spans billed to each access, in the given order: a span that several reach is billed to the
   * first. Unrounded expectations; whole numbers where chance has no part. They add up to the total.
   */
  readonly shares: readonly number[]
}

/**
 * The room's main function. In: accesses (a mapping's place and what of it is touched) and the reach
 * of a span. Out: how many spans are touched, as an estimate, and each access's part of them.
 *
 * Counts the distinct spans of `reach` pages that the accesses touch: the number of page tables of
 * a level, of huge pages, or (reach 1) of base pages. Exact for everything but random draws; for
 * those the expectation in closed form, with the least and the most that can happen.
 * @param quantity name for errors.
 * @throws QuantityError past 2^53 − 1, or where strides are too irregular to be united.
 */
export function spansTouched(accesses: readonly Access[], reach: number, quantity: string): Spans {
  const cells = cellsOf(accesses, reach, quantity)
  const shares = accesses.map(() => 0)
  for (const cell of cells) bill(cell, shares)
  const expected = sum(shares, quantity)
  const chance = cells.some((cell) => cell.accesses.some((access) => !access.certain))
  if (!chance) return { total: expected === 0 ? nothing : exactly(expected), shares }
  const { least, most } = randomBounds(cells, accesses, reach)
  return { total: { least, expected, most }, shares }
}

/** The first access pays for what it touches, the next for what is then still untouched. */
function bill(cell: Cell, shares: number[]): void {
  const certain = cell.accesses.findIndex((access) => access.certain)
  let untouched = 1
  cell.accesses.forEach(({ access, probability }, index) => {
    if (certain >= 0 && index > certain) return
    shares[access] = (shares[access] ?? 0) + cell.spans * untouched * probability
    untouched *= index === certain ? 0 : 1 - probability
  })
}
