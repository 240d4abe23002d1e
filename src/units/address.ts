import type { Bytes, Pages } from './quantity.ts'
import { pages } from './quantity.ts'

export type AddressReading =
  | { readonly ok: true; readonly page: Pages }
  | { readonly ok: false; readonly fault: 'not-an-address' | 'not-aligned' | 'too-large' }

/** Hexadecimal digits of a 64-bit address. */
const mostDigits = 16

/**
 * Reads a virtual address, `0x7f0000000000`, as the index of the page it starts. Digits in any
 * case. Whether a process may use it is for the layout to say.
 */
export function parseAddress(text: string, pageBytes: Bytes): AddressReading {
  const digits = /^0x0*([0-9a-f]+)$/i.exec(text.trim())?.[1]
  if (digits === undefined) return { ok: false, fault: 'not-an-address' }
  if (digits.length > mostDigits) return { ok: false, fault: 'too-large' }
  const address = BigInt(`0x${digits}`)
  const pageSize = BigInt(pageBytes)
  if (address % pageSize !== 0n) return { ok: false, fault: 'not-aligned' }
  return { ok: true, page: pages(Number(address / pageSize)) }
}

/** The address at which a page starts, as {@link parseAddress} reads it. */
export function writeAddress(page: number, pageBytes: Bytes): string {
  return `0x${(BigInt(page) * BigInt(pageBytes)).toString(16)}`
}

/** Reads the address of any byte, `0x7f0000000123`; else what is wrong with the text. */
export function parseByteAddress(text: string): bigint | 'not-an-address' | 'too-long' {
  const digits = /^0x0*([0-9a-f]+)$/i.exec(text.trim())?.[1]
  if (digits === undefined) return 'not-an-address'
  return digits.length > mostDigits ? 'too-long' : BigInt(`0x${digits}`)
}
