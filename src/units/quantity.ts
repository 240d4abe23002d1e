/** A non-negative whole number of bytes, at most 2^53 − 1. */
export type Bytes = number & { readonly __unit: 'bytes' }
/** A non-negative whole number of base pages, at most 2^53 − 1. */
export type Pages = number & { readonly __unit: 'pages' }
/** A non-negative whole number of things: processes, tables, faults, calls. */
export type Count = number & { readonly __unit: 'count' }

/**
 * A number that the model refuses to round: a quantity past 2^53 − 1, or one that cannot be
 * computed exactly in reasonable time. `quantity` names it in the words of the result.
 */
export class QuantityError extends Error {
  readonly quantity: string
  readonly reason: 'too-large' | 'too-irregular'

  constructor(quantity: string, reason: 'too-large' | 'too-irregular') {
    super(`${quantity}: ${reason}`)
    this.name = 'QuantityError'
    this.quantity = quantity
    this.reason = reason
  }
}

/**
 * Grants the brand to a whole number.
 * @throws QuantityError when the value is past 2^53 − 1.
 * @throws RangeError when it is negative or fractional: our own mistake.
 */
export function bytes(value: number, quantity = 'bytes'): Bytes {
  return checked(value, quantity) as Bytes
}

/** As {@link bytes}, for base pages. */
export function pages(value: number, quantity = 'pages'): Pages {
  return checked(value, quantity) as Pages
}

/** As {@link bytes}, for things counted. */
export function count(value: number, quantity = 'count'): Count {
  return checked(value, quantity) as Count
}

/**
 * A number on its way to a total: whole, or the expectation of a whole number. Past 2^53 − 1 it
 * could silently lose its last digits, so it is refused.
 * @throws QuantityError when it is past 2^53 − 1.
 */
export function within53Bits(value: number, quantity: string): number {
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) throw new QuantityError(quantity, 'too-large')
  return value
}

function checked(value: number, quantity: string): number {
  if (value > Number.MAX_SAFE_INTEGER) throw new QuantityError(quantity, 'too-large')
  if (!Number.isInteger(value) || value < 0) throw new RangeError(`${quantity}: ${value}`)
  return value
}
