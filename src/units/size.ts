import type { Bytes } from './quantity.ts'
import { bytes } from './quantity.ts'

/** Why a text is no size. */
export type SizeFault =
  | { readonly kind: 'not-a-size' }
  | { readonly kind: 'no-unit' }
  | { readonly kind: 'unknown-unit'; readonly unit: string }
  | { readonly kind: 'negative' }
  | { readonly kind: 'not-whole' }
  | { readonly kind: 'too-large' }

export type SizeReading =
  | { readonly ok: true; readonly bytes: Bytes }
  | { readonly ok: false; readonly fault: SizeFault }

const powers = ['k', 'm', 'g', 't', 'p'] as const

/** Every unit in lower case, in bytes: powers of two, as PostgreSQL, Oracle and the kernel read them. */
const units: ReadonlyMap<string, bigint> = new Map([
  ['b', 1n],
  ...powers.flatMap((letter, index): [string, bigint][] => {
    const size = 1024n ** BigInt(index + 1)
    return [
      [letter, size],
      [`${letter}b`, size],
      [`${letter}ib`, size],
    ]
  }),
])

/** Units as people write them, the smallest first. */
export const unitNames: readonly string[] = [
  'B',
  ...powers.map((letter) => `${letter.toUpperCase()}iB`),
]

/** More digits than 2^53 bytes can have, in any unit. */
const mostDigits = 17
/** A fraction of a PiB that comes to whole bytes has at most as many decimals as 2^50 has bits. */
const mostDecimals = 50
const form = /^(-?)(\d+(?:\.\d+)?|\.\d+)\s*([a-z]*)$/i

/**
 * Reads `300 GB`, `1.5 TiB`, `4096b`, `1000 pages`: a decimal number and a unit, in any case,
 * with or without space. Exact: decimals are allowed where they come to whole bytes, and with
 * `pages` not at all.
 * @param pageBytes what one of `pages` is.
 */
export function parseSize(text: string, pageBytes: Bytes): SizeReading {
  const match = form.exec(text.trim())
  if (match === null) return failed({ kind: 'not-a-size' })
  const [, sign = '', number = '', unit = ''] = match
  if (unit === '') return failed({ kind: sign === '' ? 'no-unit' : 'negative' })
  const scale = unit.toLowerCase() === 'pages' ? BigInt(pageBytes) : units.get(unit.toLowerCase())
  if (scale === undefined) return failed({ kind: 'unknown-unit', unit })
  if (sign !== '') return failed({ kind: 'negative' })
  return scaled(number, scale, unit.toLowerCase() === 'pages')
}

/** The shortest text that {@link parseSize} reads back as these bytes: `300 GiB`, `6000 KiB`. */
export function writeSize(size: Bytes): string {
  let rest: number = size
  let power = 0
  while (rest > 0 && rest % 1024 === 0 && power < powers.length) {
    rest /= 1024
    power += 1
  }
  return `${rest} ${unitNames[power]}`
}

function scaled(number: string, scale: bigint, wholeOnly: boolean): SizeReading {
  const [whole = '', decimals = ''] = number.split('.')
  const digits = whole.replace(/^0+/, '')
  const fraction = decimals.replace(/0+$/, '')
  if (digits.length > mostDigits) return failed({ kind: 'too-large' })
  if (fraction.length > (wholeOnly ? 0 : mostDecimals)) return failed({ kind: 'not-whole' })
  const denominator = 10n ** BigInt(fraction.length)
  const numerator = BigInt(`0${digits}${fraction}`) * scale
  if (numerator > BigInt(Number.MAX_SAFE_INTEGER) * denominator)
    return failed({ kind: 'too-large' })
  if (numerator % denominator !== 0n) return failed({ kind: 'not-whole' })
  return { ok: true, bytes: bytes(Number(numerator / denominator)) }
}

function failed(fault: SizeFault): SizeReading {
  return { ok: false, fault }
}
