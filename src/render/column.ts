import type { ByteUnit } from '../units/format.ts'
import {
  decimalsOf,
  exactBytes,
  formatDecimal,
  honestDecimals,
  inUnit,
  unitBelow,
  unitFor,
} from '../units/format.ts'

/** Amounts that stand below each other: one unit, and no two different ones printed alike. */
export interface ByteColumn {
  readonly unit: string
  readonly cells: readonly string[]
}

/**
 * Puts amounts into the unit of the largest, or the one below where that says more of them.
 * Unequal amounts that would print alike, and one that would print as zero without being it, are
 * printed exactly, with their own unit.
 */
export function byteColumn(amounts: readonly number[], decimals = 1): ByteColumn {
  const unit = unitFor(Math.max(0, ...amounts.map(Math.abs)))
  const large = columnIn(unit, amounts, decimals)
  const small = columnIn(unitBelow(unit), amounts, decimals)
  return small.exceptions + 1 < large.exceptions ? small : large
}

/** As {@link byteColumn}, in KiB: what /proc calls kB, so that numbers can be compared by eye. */
export function kibColumn(amounts: readonly number[]): ByteColumn {
  return columnIn(unitFor(1024), amounts, 1)
}

function columnIn(
  unit: ByteUnit,
  amounts: readonly number[],
  decimals: number,
): ByteColumn & { readonly exceptions: number } {
  const rounded = amounts.map((amount) => inUnit(amount, unit, decimals))
  const printed = new Map<string, Set<number>>([[inUnit(0, unit, decimals), new Set([0])]])
  rounded.forEach((text, row) => {
    const alike = printed.get(text) ?? new Set()
    printed.set(text, alike.add(amounts[row] ?? 0))
  })
  const isException = (row: number) =>
    amounts[row] !== 0 && (printed.get(rounded[row] ?? '')?.size ?? 1) > 1
  const cells = rounded.map((text, row) =>
    isException(row) ? exactBytes(amounts[row] ?? 0) : text,
  )
  return { unit: unit.name, cells, exceptions: rounded.filter((_, row) => isException(row)).length }
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
