import { frameBytes } from './mapping.ts'

/**
 * The line that opens a mapping in maps and smaps, taken apart in place: show_vma_header_prefix()
 * in fs/proc/task_mmu.c. Numbers are in frames of 4096 bytes.
 */
export interface HeaderLine {
  start: number
  end: number
  offset: number
  readable: boolean
  writable: boolean
  shared: boolean
  deviceFrom: number
  deviceTo: number
  inodeFrom: number
  inodeTo: number
  nameFrom: number
  nameTo: number
  /** Behind the line feed; the length of the text where it is missing. */
  next: number
}

export function emptyHeader(): HeaderLine {
  return {
    start: 0,
    end: 0,
    offset: 0,
    readable: false,
    writable: false,
    shared: false,
    deviceFrom: 0,
    deviceTo: 0,
    inodeFrom: 0,
    inodeTo: 0,
    nameFrom: 0,
    nameTo: 0,
    next: 0,
  }
}

export const lineFeed = 10
const space = 32
const dash = 45
const colon = 58
const zero = 48
const nine = 57
const smallA = 97
const letterR = 114
const letterW = 119
const letterS = 115
const letterP = 112
/** 64 bits. */
const mostHexDigits = 16

/** What each byte is worth as a hexadecimal digit, which the kernel writes in small letters; −1: no digit. */
const hexDigits = Int8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= zero && byte <= nine) return byte - zero
  return byte >= smallA && byte < smallA + 6 ? byte - smallA + 10 : -1
})

/** @returns false where the line is not one that a kernel writes. */
export function readHeader(bytes: Uint8Array, from: number, into: HeaderLine): boolean {
  let at = readFrames(bytes, from, dash)
  into.start = frames[0] ?? 0
  if (at === 0) return false
  at = readFrames(bytes, at, space)
  into.end = frames[0] ?? 0
  if (at === 0 || into.end <= into.start || !readPermissions(bytes, at, into)) return false
  at = readFrames(bytes, at + 5, space)
  into.offset = frames[0] ?? 0
  if (at === 0) return false
  into.deviceFrom = at
  into.deviceTo = endOfDevice(bytes, at)
  if (bytes[into.deviceTo] !== space) return false
  into.inodeFrom = into.deviceTo + 1
  into.inodeTo = endOfDigits(bytes, into.inodeFrom)
  return into.inodeTo > into.inodeFrom && readName(bytes, into)
}

/** True where a text can open a mapping: fields begin with a capital letter. */
export function opensMapping(byte: number | undefined): boolean {
  return hexDigit(byte) >= 0
}

function hexDigit(byte: number | undefined): number {
  return hexDigits[byte ?? lineFeed] ?? -1
}

/** The number that was read last: a second result. Past 31 bits a variable would make an object of each. */
const frames = new Float64Array(1)

/**
 * Hexadecimal digits and the sign behind them. The last three must be zeros, for all is in frames:
 * so what fits in 64 bits is an exact number.
 * @returns where to read on; 0 where it is no such number.
 */
function readFrames(bytes: Uint8Array, from: number, behind: number): number {
  let at = from
  let value = 0
  for (;;) {
    const digit = hexDigit(bytes[at])
    if (digit < 0) break
    value = value * 16 + digit
    at += 1
  }
  const isNumber = at > from + 3 && at <= from + mostHexDigits && bytes[at] === behind
  const isWhole = bytes[at - 1] === zero && bytes[at - 2] === zero && bytes[at - 3] === zero
  if (!isNumber || !isWhole) return 0
  frames[0] = value / frameBytes
  return at + 1
}

function readPermissions(bytes: Uint8Array, at: number, into: HeaderLine): boolean {
  into.readable = bytes[at] === letterR
  into.writable = bytes[at + 1] === letterW
  into.shared = bytes[at + 3] === letterS
  return (into.shared || bytes[at + 3] === letterP) && bytes[at + 4] === space
}

/** Two hexadecimal numbers with a colon between them. */
function endOfDevice(bytes: Uint8Array, from: number): number {
  let at = from
  while (opensMapping(bytes[at]) || bytes[at] === colon) at += 1
  return at
}

function endOfDigits(bytes: Uint8Array, from: number): number {
  let at = from
  while ((bytes[at] ?? 0) >= zero && (bytes[at] ?? 0) <= nine) at += 1
  return at
}

/** All text after the padding, up to the line feed. */
function readName(bytes: Uint8Array, into: HeaderLine): boolean {
  let at = into.inodeTo
  while (bytes[at] === space) at += 1
  into.nameFrom = at
  into.nameTo = endOfLine(bytes, at)
  into.next = into.nameTo + 1
  return into.nameTo < bytes.length
}

/** The next line feed, or the end of the bytes: most lines are short. */
export function endOfLine(bytes: Uint8Array, from: number): number {
  let at = from
  const { length } = bytes
  while (at < length && bytes[at] !== lineFeed) at += 1
  return at
}

const decoder = new TextDecoder()

/** Invalid UTF-8 becomes U+FFFD: a name is only shown, never opened. */
export function textOf(bytes: Uint8Array, from: number, to: number): string {
  return decoder.decode(bytes.subarray(from, to))
}
