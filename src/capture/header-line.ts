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

const [lineFeed, space, dash, colon, zero, nine, smallA, smallF] = [10, 32, 45, 58, 48, 57, 97, 102]
const [letterR, letterW, letterS, letterP] = [114, 119, 115, 112]
/** 64 bits. */
const mostHexDigits = 16
/** 52 bits. */
const exactHexDigits = 13

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

/**
 * Hexadecimal digits and the sign behind them. The last three must be zeros, for all is in frames;
 * without them what fits in 64 bits is an exact number.
 * @returns where to read on; 0 where it is no such number.
 */
function readFrames(bytes: Uint8Array, from: number, behind: number): number {
  let at = from
  let value = 0
  for (;;) {
    const digit = digitOf(bytes[at] ?? 0)
    if (digit < 0) break
    value = value * 16 + digit
    at += 1
  }
  const digits = at - from
  if (bytes[at] !== behind || digits < 4 || digits > mostHexDigits) return 0
  if (digits > exactHexDigits) return readLongFrames(bytes, from, at)
  frames[0] = value / 4096
  return value % 4096 === 0 ? at + 1 : 0
}

function digitOf(byte: number): number {
  if (byte >= zero && byte <= nine) return byte - zero
  return byte >= smallA && byte <= smallF ? byte - smallA + 10 : -1
}

/** As a number sixteen digits would lose some: the last three are looked at one by one. */
function readLongFrames(bytes: Uint8Array, from: number, end: number): number {
  const last = end - 3
  if (bytes[last] !== zero || bytes[last + 1] !== zero || bytes[last + 2] !== zero) return 0
  frames[0] = Number.parseInt(String.fromCharCode(...bytes.subarray(from, last)), 16)
  return end + 1
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
  const { length } = bytes
  while (at < length && bytes[at] !== lineFeed) at += 1
  into.nameTo = at
  into.next = at + 1
  return at < length
}
