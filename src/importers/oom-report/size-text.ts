import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'

/**
 * Bytes as a scenario writes them; fractions are rounded.
 * @throws QuantityError past 2^53 − 1.
 */
export function sizeText(amount: number): string {
  return writeSize(bytes(Math.max(0, Math.round(amount)), 'an amount of memory in the log'))
}
