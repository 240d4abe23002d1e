import type { Bytes } from '../../../units/quantity.ts'
import { bytes } from '../../../units/quantity.ts'
import { parseShare } from '../../../units/share.ts'
import { parseSize, writeSize } from '../../../units/size.ts'
import type { GrownValue } from '../../../workload/growth.ts'
import type { PlainData } from '../../yaml/plain-data.ts'

/** What a value that grows is. */
export type AmountUnit = 'count' | 'bytes' | 'percent'

/** A value of a scenario, exactly: `numerator / denominator`, in units or, of a percentage, in percent. */
export interface Amount {
  readonly unit: AmountUnit
  readonly numerator: bigint
  readonly denominator: bigint
}

/** A number, a size or a percentage; `undefined` where the value is something else. */
export function amountOf(value: PlainData, pageBytes: Bytes): Amount | undefined {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value)
      ? { unit: 'count', numerator: BigInt(value), denominator: 1n }
      : undefined
  }
  if (typeof value !== 'string') return undefined
  const share = parseShare(value)
  if (share !== undefined) {
    const { numerator, denominator } = share
    return { unit: 'percent', numerator: numerator * 100n, denominator }
  }
  const size = parseSize(value, pageBytes)
  if (!size.ok) return undefined
  return { unit: 'bytes', numerator: BigInt(size.bytes), denominator: 1n }
}

/** `40`, `2.5`: a number with up to six decimals, as a fraction. */
export function decimalOf(text: string): Pick<Amount, 'numerator' | 'denominator'> | undefined {
  const [, whole, decimals = ''] = /^(\d{1,15})(?:\.(\d{1,6}))?$/.exec(text) ?? []
  if (whole === undefined) return undefined
  return { numerator: BigInt(whole + decimals), denominator: 10n ** BigInt(decimals.length) }
}

/** Decimals of a percentage that has grown. */
const percentDecimals = 12

/**
 * The value as a scenario has it, rounded up to whole things, bytes or pages, or in the last decimal of a
 * percentage. `undefined` where no scenario has such a value.
 * @param grain bytes that a size is a multiple of.
 */
export function writeAmount(
  { unit, numerator, denominator }: Amount,
  grain: number,
): GrownValue | undefined {
  switch (unit) {
    case 'count':
      return safe(ceil(numerator, denominator))
    case 'bytes': {
      const whole = BigInt(grain)
      const size = safe(ceil(numerator, denominator * whole) * whole)
      return size === undefined ? undefined : writeSize(bytes(size))
    }
    case 'percent': {
      const scale = 10n ** BigInt(percentDecimals)
      const ticks = ceil(numerator * scale, denominator)
      if (ticks > 100n * scale) return undefined
      const digits = ticks.toString().padStart(percentDecimals + 1, '0')
      const [whole, decimals] = [digits.slice(0, -percentDecimals), digits.slice(-percentDecimals)]
      return `${`${whole}.${decimals}`.replace(/\.?0+$/, '')}%`
    }
  }
}

function safe(value: bigint): number | undefined {
  return value < 0n || value > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(value)
}

/** Of a denominator above 0. */
function ceil(numerator: bigint, denominator: bigint): bigint {
  const floor = numerator / denominator
  return numerator > 0n && numerator % denominator !== 0n ? floor + 1n : floor
}
