import type { Estimate } from '../units/estimate.ts'
import { exactly, nothing } from '../units/estimate.ts'
import { sum } from '../units/sum.ts'
import type { Access } from './access.ts'
import type { AccessInCell, Cell } from './cell.ts'
import { cellsOf } from './cell.ts'
import { randomBounds } from './random-bounds.ts'
import { smoothSum } from './zipf/smooth-sum.ts'

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
 * those the expectation, in closed form or (skewed draws) to 1e-9 of it, with the least and the most
 * that can happen.
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
  // What is summed span by span may be off by its last digits.
  return { total: { least, expected: Math.min(most, Math.max(least, expected)), most }, shares }
}

/** The first access pays for what it touches, the next for what is then still untouched. */
function bill(cell: Cell, shares: number[]): void {
  const certain = cell.accesses.findIndex((access) => access.certain)
  if (cell.accesses.some(isSkewed)) {
    billSkewed(cell, certain < 0 ? cell.accesses : cell.accesses.slice(0, certain + 1), shares)
    return
  }
  let untouched = 1
  cell.accesses.forEach(({ access, probability }, index) => {
    if (typeof probability !== 'number' || (certain >= 0 && index > certain)) return
    shares[access] = (shares[access] ?? 0) + cell.spans * untouched * probability
    untouched *= index === certain ? 0 : 1 - probability
  })
}

function isSkewed({ probability }: AccessInCell): boolean {
  return typeof probability !== 'number'
}

/**
 * The same span by span. Where a long stride or the phase of clusters picks spans out of a run, the
 * picked ones are taken to be like the mean of the run.
 */
function billSkewed(cell: Cell, paying: readonly AccessInCell[], shares: number[]): void {
  const { from, to, spans } = cell
  const falls = paying.flatMap(({ probability }) =>
    typeof probability === 'number' ? [] : [probability],
  )
  const touches = ({ probability }: AccessInCell, span: number): number =>
    typeof probability === 'number' ? probability : probability.at(span)
  paying.forEach((payer, index) => {
    const before = paying.slice(0, index)
    const sum = smoothSum(from, to, falls, (span) =>
      before.reduce((left, other) => left * (1 - touches(other, span)), touches(payer, span)),
    )
    shares[payer.access] = (shares[payer.access] ?? 0) + (sum * spans) / (to - from)
  })
}
