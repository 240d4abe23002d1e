import type { ByteUnit } from '../../units/format.ts'
import {
  decimalsOf,
  exactBytes,
  exactUnit,
  formatBytes,
  formatCount,
  unitFor,
} from '../../units/format.ts'

/** Amounts for one sentence, each in its own unit; unequal ones that would read alike, exactly and in one. */
export function amounts<const T extends readonly number[]>(
  ...values: T
): { readonly [Index in keyof T]: string } {
  const said = values.map((value) => {
    const unit = unitOfAlike(value, values)
    return unit === undefined ? formatBytes(value) : exactBytes(value, unit)
  })
  return said as { readonly [Index in keyof T]: string }
}

/** The unit in which an amount is written exactly beside others; `undefined` where none reads like it. */
export function unitOfAlike(value: number, values: readonly number[]): ByteUnit | undefined {
  const alike = values.filter((other) => formatBytes(other) === formatBytes(value))
  return alike.every((other) => other === value) ? undefined : exactUnit(alike)
}

/** `1 process`, `1,500 processes`. */
export function processCount(processes: number): string {
  return `${formatCount(processes)} ${processes === 1 ? 'process' : 'processes'}`
}

/** An amount that somebody chose: `512 GiB` where that is exact, as `251.6 GiB` otherwise. */
export function givenBytes(amount: number): string {
  const unit = unitFor(amount)
  return decimalsOf(amount, unit) === 0 ? exactBytes(amount, unit) : formatBytes(amount)
}

/** A name in a sentence; quoted if it would not read as one word, unless the ink marks it. */
export function quoted(name: string): string {
  // In Markdown it is code.
  if (/^[⟦`]/.test(name)) return name
  return /[\s:]/.test(name) ? `"${name.replaceAll('"', '\\"')}"` : name
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? ''
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`
}

/** With a capital letter at its beginning, as a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** How many times `now` a value is, in hundredths, rounded down. */
export function hundredthsOf(value: number, now: number): number {
  return Number((BigInt(value) * 100n) / BigInt(now))
}
