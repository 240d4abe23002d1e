/** A unit of bytes that people read: a power of 1024. */
export interface ByteUnit {
  readonly name: 'B' | 'KiB' | 'MiB' | 'GiB' | 'TiB' | 'PiB' | 'EiB'
  readonly bytes: bigint
}

const plainBytes: ByteUnit = { name: 'B', bytes: 1n }
/** Largest first. */
const units: readonly ByteUnit[] = (['EiB', 'PiB', 'TiB', 'GiB', 'MiB', 'KiB'] as const).map(
  (name, step) => ({ name, bytes: 1024n ** BigInt(6 - step) }),
)
/** Decimals that an exact amount may have before a smaller unit says it better. */
const exactDecimals = 5

/** The unit in which an amount reads best: the largest that leaves at least 1.0 after rounding. */
export function unitFor(amount: number | bigint): ByteUnit {
  const size = magnitude(BigInt(amount))
  return units.find((unit) => size >= unit.bytes - unit.bytes / 20_480n) ?? plainBytes
}

/** The amount in one unit, rounded once, half away from zero; `B` has no decimals. */
export function inUnit(amount: number | bigint, unit: ByteUnit, decimals = 1): string {
  const places = unit.name === 'B' ? 0 : decimals
  const scaled = magnitude(BigInt(amount)) * 10n ** BigInt(places)
  return signed(BigInt(amount), (scaled * 2n + unit.bytes) / (unit.bytes * 2n), places)
}

/** An amount in the unit it reads best in, as `881.1 GiB`; whole bytes below 1 KiB. */
export function formatBytes(amount: number | bigint, decimals = 1): string {
  const unit = unitFor(amount)
  return `${inUnit(amount, unit, decimals)} ${unit.name}`
}

/** A least amount, rounded up, so that what is shown is enough: `1.3 TiB`. */
export function formatLeastBytes(amount: number): string {
  const unit = unitFor(amount)
  if (unit.name === 'B') return formatBytes(amount)
  const tenths = (BigInt(amount) * 10n + unit.bytes - 1n) / unit.bytes
  // The nearest amount that prints so: a tenth of a unit need not be whole.
  return formatBytes((tenths * unit.bytes + 5n) / 10n)
}

/** A greatest amount, rounded down, so that what is shown still holds: `114.7 GiB`. */
export function formatMostBytes(amount: number): string {
  const unit = units.find(({ bytes }) => BigInt(amount) >= bytes)
  if (unit === undefined) return formatBytes(amount)
  const tenths = (BigInt(amount) * 10n) / unit.bytes
  return `${inUnit((tenths * unit.bytes + 9n) / 10n, unit)} ${unit.name}`
}

/** An amount with nothing rounded away, in the largest unit that says it briefly: `878.90625 GiB`. */
export function exactBytes(amount: number | bigint, unit: ByteUnit = exactUnit([amount])): string {
  return `${inUnit(amount, unit, decimalsOf(amount, unit))} ${unit.name}`
}

/** The largest unit that says each of the amounts exactly and briefly, and leaves each at least 1. */
export function exactUnit(amounts: readonly (number | bigint)[]): ByteUnit {
  const fits = (unit: ByteUnit) =>
    amounts.every(
      (amount) => magnitude(BigInt(amount)) >= unit.bytes && decimalsOf(amount, unit) !== undefined,
    )
  return units.find(fits) ?? plainBytes
}

/** Decimals with which the unit says the amount exactly, five at most; else `undefined`. */
export function decimalsOf(amount: number | bigint, unit: ByteUnit): number | undefined {
  const size = magnitude(BigInt(amount))
  for (let decimals = 0; decimals <= exactDecimals; decimals += 1) {
    if ((size * 10n ** BigInt(decimals)) % unit.bytes === 0n) return decimals
  }
  return undefined
}

/** A whole number with commas between thousands. */
export function formatCount(value: number | bigint): string {
  return signed(BigInt(value), magnitude(BigInt(value)), 0)
}

/** A number that need not be whole, with commas, rounded to `decimals` places. */
export function formatDecimal(value: number, decimals: number): string {
  const [whole = '0', fraction] = Math.abs(value).toFixed(decimals).split('.')
  const digits = fraction === undefined ? grouped(whole) : `${grouped(whole)}.${fraction}`
  return value < 0 && /[1-9]/.test(digits) ? `-${digits}` : digits
}

/**
 * A share as a percentage, as `99.93 %`. A share below all never reads as 100 %, and one
 * above 0 never as 0 %: decimals are added until it does not.
 */
export function formatPercent(fraction: number, decimals = 1): string {
  return `${formatDecimal(fraction * 100, honestDecimals(fraction, decimals))} %`
}

/** A share of memory in a sentence: `172 %`, `5.2 %`, `0.05 %`, `<0.01 %`, and `×78` from 1000 %. */
export function formatShare(fraction: number): string {
  const percent = fraction * 100
  if (percent > 0 && percent < 0.01) return '<0.01 %'
  if (percent >= 1000) return `×${formatDecimal(fraction, 0)}`
  if (percent === 0 || percent >= 9.95) return `${formatDecimal(percent, 0)} %`
  return `${formatDecimal(percent, percent < 0.995 ? 2 : 1)} %`
}

/** Decimals, from the given number up to 6, with which a share is not taken for all or nothing. */
export function honestDecimals(fraction: number, decimals: number): number {
  for (let places = decimals; places < 6; places += 1) {
    const shown = Number(Math.abs(fraction * 100).toFixed(places))
    if ((shown !== 0 || fraction === 0) && (shown !== 100 || Math.abs(fraction) === 1))
      return places
  }
  return 6
}

function magnitude(amount: bigint): bigint {
  return amount < 0n ? -amount : amount
}

function signed(amount: bigint, scaled: bigint, places: number): string {
  const digits = scaled.toString().padStart(places + 1, '0')
  const whole = grouped(digits.slice(0, digits.length - places))
  const text = places === 0 ? whole : `${whole}.${digits.slice(-places)}`
  return amount < 0n && scaled !== 0n ? `-${text}` : text
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(?:\d{3})+$)/g, ',')
}
