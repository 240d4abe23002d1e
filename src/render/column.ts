import type { ByteUnit } from '../units/format.ts'
import {
  decimalsOf,
  exactBytes,
  formatDecimal,
  honestDecimals,
  inUnit,
  unitFor,
} from '../units/format.ts'

/** Amounts that stand below each other: one unit, and no two different ones printed alike. */
export interface ByteColumn {
  readonly unit: string
  readonly cells: readonly string[]
}

/**
 * Puts amounts into the unit of the largest. Unequal amounts that would print alike, and one that
 * would print as zero without being it, are printed exactly, with their own unit.
 */
export function byteColumn(amounts: readonly number[], decimals = 1): ByteColumn {
  const unit = unitFor(Math.max(0, ...amounts.map(Math.abs)))
  const rounded = amounts.map((amount) => inUnit(amount, unit, decimals))
  const printed = new Map<string, Set<number>>([[inUnit(0, unit, decimals), new Set([0])]])
  rounded.forEach((text, row) => {
    const alike = printed.get(text) ?? new Set()
    printed.set(text, alike.add(amounts[row] ?? 0))
  })
  const cells = rounded.map((text, row) => {
    const amount = amounts[row] ?? 0
    const ambiguous = (printed.get(text)?.size ?? 1) > 1
    return ambiguous && amount !== 0 ? exactBytes(amount) : text
  })
  return { unit: unit.name, cells }
}

/** As {@link byteColumn}, with as many decimals as the largest amount needs to be exact, if few do. */
export function exactColumn(amounts: readonly number[]): ByteColumn {
  const largest = Math.max(0, ...amounts)
  const unit: ByteUnit = unitFor(largest)
  return byteColumn(amounts, Math.max(1, decimalsOf(largest, unit) ?? 1))
}

/** Shares as percentages with equally many decimals: enough to tell unequal ones apart. */
export function percentColumn(fractions: readonly number[]): readonly string[] {
  let decimals = Math.max(1, ...fractions.map((fraction) => honestDecimals(fraction, 1)))
  while (decimals < 6 && printsAlike(fractions, decimals)) decimals += 1
  return fractions.map((fraction) => formatDecimal(fraction * 100, decimals))
}

function printsAlike(fractions: readonly number[], decimals: number): boolean {
  const texts = new Set(fractions.map((fraction) => formatDecimal(fraction * 100, decimals)))
  return texts.size < new Set(fractions).size
}
