import type { Bytes } from '../../../units/quantity.ts'
import { parseSize } from '../../../units/size.ts'
import { describeSizeFault } from '../../schema/size-flaws.ts'
import type { RateParts } from '../../schema/what-if/growth-schema.ts'
import type { Flaw } from '../../yaml/issue.ts'
import type { Amount, AmountUnit } from './amounts.ts'
import { decimalOf } from './amounts.ts'

/** A value after so many periods, before it is rounded. Asked for in order, each takes one step. */
export type Grows = (periods: number) => Amount

/**
 * How an amount grows: by as much each period, or by a percentage of what it has become.
 * @param written the rate as written, for complaints.
 */
export function growsBy(
  rate: RateParts,
  from: Amount,
  pageBytes: Bytes,
  written: string,
): Grows | Flaw {
  const [, percent] = /^(.*?)\s*%$/.exec(rate.amount) ?? []
  if (percent !== undefined) return compounding(rate, from, percent, written)
  if (from.unit === 'percent') {
    return {
      message: `the value is a percentage, but \`${written}\` is not`,
      expected: 'a rate in percent of the value, such as `+5% per month`',
    }
  }
  const each = from.unit === 'bytes' ? sizeOf(rate.amount, pageBytes) : decimalOf(rate.amount)
  if (each === undefined) {
    return isNumber(rate.amount) && from.unit === 'count'
      ? inexact(written)
      : mismatch(rate, from.unit, written)
  }
  if ('message' in each) return each
  const sign = rate.sign === '+' ? 1n : -1n
  const { unit, numerator, denominator } = from
  return (periods) => ({
    unit,
    numerator: numerator * each.denominator + sign * each.numerator * BigInt(periods) * denominator,
    denominator: denominator * each.denominator,
  })
}

function sizeOf(
  text: string,
  pageBytes: Bytes,
): Pick<Amount, 'numerator' | 'denominator'> | Flaw | undefined {
  const size = parseSize(text, pageBytes)
  if (size.ok) return { numerator: BigInt(size.bytes), denominator: 1n }
  return size.fault.kind === 'too-large' ? describeSizeFault(size.fault, text) : undefined
}

function isNumber(text: string): boolean {
  return /^[\d.]+(?:e[-+]?\d+)?$/i.test(text)
}

function inexact(written: string): Flaw {
  return {
    message: `\`${written}\` has too many digits, or an exponent`,
    expected: 'at most 15 digits and 6 decimals, such as `+2.5 per month`',
  }
}

function compounding(
  { sign }: RateParts,
  from: Amount,
  percent: string,
  written: string,
): Grows | Flaw {
  const each = decimalOf(percent)
  if (each === undefined) {
    return {
      message: `\`${written}\` is not a rate`,
      expected: 'a percentage with at most six decimals, such as `+2.5% per month`',
    }
  }
  const all = 100n * each.denominator
  const factor = sign === '+' ? all + each.numerator : all - each.numerator
  if (factor <= 0n) {
    return {
      message: `\`${written}\` leaves nothing, or less`,
      expected: 'a loss of less than 100%',
    }
  }
  let [known, up, down] = [0, 1n, 1n]
  return (periods) => {
    if (periods === known + 1) [up, down] = [up * factor, down * all]
    else if (periods !== known) [up, down] = [factor ** BigInt(periods), all ** BigInt(periods)]
    known = periods
    return {
      unit: from.unit,
      numerator: from.numerator * up,
      denominator: from.denominator * down,
    }
  }
}

function mismatch({ sign, per }: RateParts, unit: AmountUnit, written: string): Flaw {
  return unit === 'bytes'
    ? {
        message: `the value is a size, but \`${written}\` is not`,
        expected: `a size or a percentage, such as \`${sign}1 GiB per ${per}\` or \`${sign}3% per ${per}\``,
      }
    : {
        message: `the value is a number, but \`${written}\` is not`,
        expected: `a number or a percentage, such as \`${sign}40 per ${per}\` or \`${sign}3% per ${per}\``,
      }
}
