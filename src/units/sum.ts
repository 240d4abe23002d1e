import { within53Bits } from './quantity.ts'

/**
 * The sum of numbers, 0 of an empty list.
 * @param quantity names the sum where it may pass 2^53 − 1: then it is checked. Without a name it is
 * not: for sums that are bounded by what was checked before, and for expectations.
 * @throws QuantityError when it is named and past 2^53 − 1.
 */
export function sum(values: Iterable<number>, quantity?: string): number {
  return sumBy(values, (value) => value, quantity)
}

/** As {@link sum}, of one number of each item. */
export function sumBy<T>(items: Iterable<T>, of: (item: T) => number, quantity?: string): number {
  let total = 0
  for (const item of items) {
    total += of(item)
    if (quantity !== undefined) within53Bits(total, quantity)
  }
  return total
}
