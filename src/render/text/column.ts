import type { ByteUnit } from '../../units/format.ts'
import {
  decimalsOf,
  exactBytes,
  formatBytes,
  formatDecimal,
  honestDecimals,
  inUnit,
  unitFor,
} from '../../units/format.ts'

/** Amounts below each other, each in the unit it reads best in: right at every magnitude. */
export function byteColumn(amounts: readonly number[]): readonly string[] {
  return amounts.map((amount) => formatBytes(amount))
}

/** As {@link byteColumn}, with as many decimals as an amount needs to be exact, if few do. */
export function exactColumn(amounts: readonly number[]): readonly string[] {
  return amounts.map((amount) => {
    const unit = unitFor(amount)
    return decimalsOf(amount, unit) === undefined ? formatBytes(amount) : exactBytes(amount, unit)
  })
}

/** Amounts in one unit, which heads the column. */
export interface UnitColumn {
  readonly unit: string
  readonly cells: readonly string[]
}

/**
 * Amounts in KiB: what /proc calls kB, so that numbers can be compared by eye. Unequal amounts that
 * would print alike, and one that would print as zero without being it, have their own unit.
 */
export function kibColumn(amounts: readonly number[]): UnitColumn {
  const unit: ByteUnit = unitFor(1024)
  const rounded = amounts.map((amount) => inUnit(amount, unit, 1))
  const printed = new Map<string, Set<number>>([[inUnit(0, unit, 1), new Set([0])]])
  rounded.forEach((text, row) => {
    const alike = printed.get(text) ?? new Set()
    printed.set(text, alike.add(amounts[row] ?? 0))
  })
  const isException = (row: number) =>
    amounts[row] !== 0 && (printed.get(rounded[row] ?? '')?.size ?? 1) > 1
  const cells = rounded.map((text, row) =>
    isException(row) ? exactBytes(amounts[row] ?? 0) : text,
  )
  return { unit: unit.name, cells }
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
