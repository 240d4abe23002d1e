import { within53Bits } from './quantity.ts'

/**
 * A whole number that chance may decide: the least and the most that can happen
 * and, between them, the expectation. Where chance has no part all three are the same integer.
 */
export interface Estimate {
  readonly least: number
  /** Unrounded. */
  readonly expected: number
  readonly most: number
}

export const nothing: Estimate = { least: 0, expected: 0, most: 0 }

/** A number that chance has no part in. */
export function exactly(value: number): Estimate {
  return { least: value, expected: value, most: value }
}

/** The sum of estimates, bound by bound. Expectations add whatever the dependence. */
export function sumOf(parts: readonly Estimate[], quantity: string): Estimate {
  let [least, expected, most] = [0, 0, 0]
  for (const part of parts) {
    least += part.least
    expected += part.expected
    most += part.most
    within53Bits(most, quantity)
  }
  return { least, expected, most }
}

/** An estimate taken `factor` times, as for the bytes of tables or for several processes. */
export function times(estimate: Estimate, factor: number, quantity: string): Estimate {
  return {
    least: within53Bits(estimate.least * factor, quantity),
    expected: within53Bits(estimate.expected * factor, quantity),
    most: within53Bits(estimate.most * factor, quantity),
  }
}
