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
  /** Behind the line feed; the length of the text where there is none. */
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
const [space, dash, colon, zero, nine, smallA, smallF] = [32, 45, 58, 48, 57, 97, 102]
const [letterR, letterW, letterS, letterP] = [114, 119, 115, 112]
/** 64 bits. */
const mostHexDigits = 16
/** 52 bits. */
const exactHexDigits = 13
const headDigits = 6
/** Of 16. */
const powers = Float64Array.from({ length: exactHexDigits + 1 }, (_, power) => 16 ** power)

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
  if (byte === undefined) return false
  return (byte >= zero && byte <= nine) || (byte >= smallA && byte <= smallF)
}

/** The number that was read last: a second result, without an object for each. */
const frames = new Float64Array(1)

/** The value of each byte as a hexadecimal digit; −1 where it is none. */
const digits = Int8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= zero && byte <= nine) return byte - zero
  return byte >= smallA && byte <= smallF ? byte - smallA + 10 : -1
})

/**
 * Hexadecimal digits and the sign behind them. The last three must be zeros, for all is in frames;
 * without them what fits in 64 bits is an exact number.
 * @returns where to read on; 0 where it is no such number.
 */
function readFrames(bytes: Uint8Array, from: number, behind: number): number {
  // In two parts, each a small whole number: far quicker than one that would have to be a float.
  const middle = endOfHex(bytes, from, from + headDigits)
  const high = hex.value
  const end = endOfHex(bytes, middle, from + exactHexDigits)
  const low = hex.value
  if (bytes[end] !== behind) return readLongFrames(bytes, from, end, behind)
  if (end - from < 4) return 0
  const page = high * (powers[end - middle] ?? 0) + low
  frames[0] = page / 4096
  const isWhole = end - middle < 3 ? page % 4096 === 0 : low % 4096 === 0
  return isWhole ? end + 1 : 0
}

/** As a number more digits would lose some: the last three are looked at one by one. */
function readLongFrames(bytes: Uint8Array, from: number, at: number, behind: number): number {
  const end = endOfHex(bytes, at, from + mostHexDigits)
  const last = end - 3
  if (bytes[end] !== behind || end - from <= exactHexDigits) return 0
  if (bytes[last] !== zero || bytes[last + 1] !== zero || bytes[last + 2] !== zero) return 0
  frames[0] = Number.parseInt(String.fromCharCode(...bytes.subarray(from, last)), 16)
  return end + 1
}

/** What {@link endOfHex} has read. */
const hex = { value: 0 }

/** Reads digits up to a place. @returns where they end. */
function endOfHex(bytes: Uint8Array, from: number, to: number): number {
  let at = from
  let value = 0
  for (; at < to; at += 1) {
    const digit = digits[bytes[at] ?? 0] ?? -1
    if (digit < 0) break
    value = value * 16 + digit
  }
  hex.value = value
  return at
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

/** What follows the padding, whatever it holds, up to the line feed. */
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

/** What is no UTF-8 shows as U+FFFD: a name is only shown, never opened. */
export function textOf(bytes: Uint8Array, from: number, to: number): string {
  return decoder.decode(bytes.subarray(from, to))
}
