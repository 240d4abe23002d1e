/** What a number of a parameter counts, where it says no unit: bytes, kB, blocks of 8 kB, MB. */
export type GucUnit = 'B' | 'kB' | '8kB' | 'MB'

/** Why a text is not a number for a parameter. */
export type GucFault =
  | { readonly kind: 'not-a-number' }
  | { readonly kind: 'unit-of-none' }
  | { readonly kind: 'unknown-unit'; readonly unit: string }
  | { readonly kind: 'too-large' }

export type GucReading =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly fault: GucFault }

/** Units by falling size, and what one is of each base unit: memory_unit_conversion_table of guc.c. */
const scales: readonly (readonly [unit: string, bytes: number])[] = [
  ['TB', 1024 ** 4],
  ['GB', 1024 ** 3],
  ['MB', 1024 ** 2],
  ['kB', 1024],
  ['B', 1],
]

/** What one is of each base unit. */
export const bytesOfUnit: Readonly<Record<GucUnit, number>> = {
  B: 1,
  kB: 1024,
  '8kB': 8192,
  MB: 1024 ** 2,
}

/** The units that PostgreSQL takes, as it writes them: case counts. */
export const gucUnits: readonly string[] = scales.map(([unit]) => unit).toReversed()

const mostInteger = 2 ** 31 - 1

/**
 * Reads a whole number as parse_int() of src/backend/utils/misc/guc.c: C notation, so `010` is 8;
 * decimals, with a unit rounded to the next smaller one; the result to the nearest whole, halves
 * to even.
 * @param unit what the parameter counts; absent: things, and then no unit may be written.
 */
export function readGucInteger(text: string, unit?: GucUnit): GucReading {
  const number = leadingNumber(text)
  if (number === undefined) return failed({ kind: 'not-a-number' })
  const written = text.slice(number.length).trim()
  if (written === '') return whole(number.value)
  if (/\s/.test(written)) return failed({ kind: 'not-a-number' })
  if (unit === undefined) return failed({ kind: 'unit-of-none' })
  const scale = scales.find(([name]) => name === written)
  if (scale === undefined) return failed({ kind: 'unknown-unit', unit: written })
  return whole(inBaseUnit(number.value, scale, unit))
}

const integerForm = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)(?![.eE0-9])/
const realForm = /^\s*[-+]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)(?:[eE][-+]?[0-9]+)?/

/** strtol() with base 0 and, where a decimal point or an exponent follows, strtod(). */
function leadingNumber(
  text: string,
): { readonly value: number; readonly length: number } | undefined {
  const integer = integerForm.exec(text)
  if (integer !== null) {
    const [all, sign, digits = ''] = integer
    const isOctal = /^0[0-7]/.test(digits)
    const magnitude = isOctal ? Number.parseInt(digits, 8) : Number(digits)
    return { value: sign === '-' ? -magnitude : magnitude, length: all.length }
  }
  const real = realForm.exec(text)?.[0]
  if (real === undefined || /^\s*[-+]?0[0-9]+$/.test(real)) return undefined
  return { value: Number(real), length: real.length }
}

/** convert_to_base_unit() of guc.c. */
function inBaseUnit(
  value: number,
  scale: readonly [unit: string, bytes: number],
  unit: GucUnit,
): number {
  const base = bytesOfUnit[unit]
  const converted = value * (scale[1] / base)
  const next = scales[scales.indexOf(scale) + 1]
  if (next === undefined) return converted
  const step = next[1] / base
  return roundHalfEven(converted / step) * step
}

function whole(value: number): GucReading {
  const rounded = roundHalfEven(value)
  if (Math.abs(rounded) > mostInteger) return failed({ kind: 'too-large' })
  return { ok: true, value: rounded + 0 }
}

/** rint() as C rounds unless told otherwise. */
function roundHalfEven(value: number): number {
  const below = Math.floor(value)
  const part = value - below
  if (part !== 0.5) return Math.round(value)
  return below % 2 === 0 ? below : below + 1
}

function failed(fault: GucFault): GucReading {
  return { ok: false, fault }
}
