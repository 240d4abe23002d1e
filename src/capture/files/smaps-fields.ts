import type { SpaceFault } from './fault.ts'
import type { FieldBlock } from './field-block.ts'
import {
  anonymous,
  hugeKib,
  keys,
  ofOwnMemory,
  pageSize,
  privateHuge,
  pss,
  rss,
  sharedHuge,
} from './field-block.ts'
import type { HeaderLine } from './header-line.ts'
import { endOfLine, lineFeed, opensMapping } from './header-line.ts'
import { mostKib } from './kernel-text.ts'

const patterns = keys.map((key) => new TextEncoder().encode(`${key}:`))
const flagsPattern = new TextEncoder().encode('VmFlags:')
const space = 32
const zero = 48
const capitalA = 65
const capitalZ = 90
const smallK = 107
const capitalB = 66

/** @returns where the next mapping begins; 0 where the text ends before, or is faulty. */
export function readBlock(
  bytes: Uint8Array,
  header: HeaderLine,
  block: FieldBlock,
  isEnd: boolean,
): number {
  const { places } = block
  if (places !== undefined && readAtPlaces(bytes, header, block, places, isEnd)) {
    block.lines = block.lineStarts.length
    return block.next
  }
  return readByNames(bytes, header.next, block, isEnd)
}

/** As the mapping before was laid out; false where this one is not. */
function readAtPlaces(
  bytes: Uint8Array,
  { next, shared }: HeaderLine,
  block: FieldBlock,
  places: Int32Array,
  isEnd: boolean,
): boolean {
  const at = next + block.flagsPlace
  if (!endsAtPlace(bytes, at, block, isEnd) || !beginsLines(bytes, next, block)) return false
  if (!readRange(bytes, next, block, places, 0, block.least)) return false
  const rare = shared || (block.values[pageSize] ?? 0) >= hugeKib
  if (rare) return readRange(bytes, next, block, places, block.least, keys.length)
  const hasOwn = (block.values[anonymous] ?? 0) > 0 && block.least < ofOwnMemory
  return !hasOwn || readRange(bytes, next, block, places, block.least, ofOwnMemory)
}

function readRange(
  bytes: Uint8Array,
  from: number,
  { values }: FieldBlock,
  places: Int32Array,
  first: number,
  end: number,
): boolean {
  for (let index = first; index < end; index += 1) {
    const place = places[index] ?? -1
    const pattern = patterns[index]
    if (place < 0 || pattern === undefined) continue
    if (!matches(bytes, from + place, pattern)) return false
    const value = readKib(bytes, from + place + pattern.length)
    if (value < 0) return false
    values[index] = value
  }
  return true
}

/** True where the flags are at the same place, followed by a mapping or the end. */
function endsAtPlace(bytes: Uint8Array, at: number, block: FieldBlock, isEnd: boolean): boolean {
  if (bytes[at - 1] !== lineFeed || !matches(bytes, at, flagsPattern)) return false
  block.flagsAt = at + flagsPattern.length
  const end = endOfLine(bytes, block.flagsAt)
  block.next = end + 1
  return end + 1 >= bytes.length ? isEnd && end < bytes.length : opensMapping(bytes[end + 1])
}

/** True where each line begins where it did: also one of which nothing is read is as long as it was. */
function beginsLines(bytes: Uint8Array, from: number, { lineStarts }: FieldBlock): boolean {
  for (const start of lineStarts) {
    if (bytes[from + start - 1] !== lineFeed) return false
  }
  return true
}

function readByNames(bytes: Uint8Array, from: number, block: FieldBlock, isEnd: boolean): number {
  const places = new Int32Array(keys.length).fill(-1)
  const hadFlags = block.places !== undefined
  block.values.fill(0)
  block.flagsAt = -1
  block.lines = 0
  const lineStarts: number[] = []
  const at = readFields(bytes, from, block, places, lineStarts)
  if (at === 0 || (at >= bytes.length && !isEnd)) return 0
  if (at < bytes.length && !opensMapping(bytes[at])) return failAtLine(bytes, at, block, isEnd)
  // A kernel prints all its fields of every mapping: what lacks some is cut off.
  const isWhole = has(places, rss) && has(places, pageSize)
  if (!isWhole || (hadFlags && block.flagsAt < 0)) return failBlock(block, cutOff)
  block.places = block.flagsAt < 0 ? undefined : places
  block.lineStarts = lineStarts
  block.hasPss = has(places, pss)
  block.hasHugetlb = has(places, sharedHuge) || has(places, privateHuge)
  return at
}

/** Once the line is there: it is shown. */
function failAtLine(bytes: Uint8Array, at: number, block: FieldBlock, isEnd: boolean): 0 {
  const isWhole = isEnd || endOfLine(bytes, at) < bytes.length
  return isWhole ? failBlock(block, strangeLine, at) : 0
}

function has(places: Int32Array, key: number): boolean {
  return (places[key] ?? -1) >= 0
}

/** @returns where the first line that is no field begins; 0 where a line is faulty or not whole. */
function readFields(
  bytes: Uint8Array,
  from: number,
  block: FieldBlock,
  places: Int32Array,
  lineStarts: number[],
): number {
  let at = from
  while (at < bytes.length && isField(bytes[at])) {
    const end = endOfLine(bytes, at)
    if (end === bytes.length) return 0
    const fault = readField(bytes, at, from, block, places)
    if (fault !== undefined) return failBlock(block, fault, at)
    lineStarts.push(at - from)
    block.lines = lineStarts.length
    at = end + 1
  }
  return at
}

export const strangeLine = { kind: 'strange-line' } as const
export const cutOff = { kind: 'cut-off-mapping' } as const

function failBlock(block: FieldBlock, fault: SpaceFault, at = -1): 0 {
  block.fault = fault
  block.faultAt = at
  return 0
}

/** @returns what is wrong with the line. */
function readField(
  bytes: Uint8Array,
  at: number,
  from: number,
  block: FieldBlock,
  places: Int32Array,
): SpaceFault | undefined {
  if (matches(bytes, at, flagsPattern)) {
    block.flagsAt = at + flagsPattern.length
    block.flagsPlace = at - from
    return undefined
  }
  const index = fieldAt(bytes, at)
  const key = keys[index]
  if (key === undefined) return undefined
  if ((places[index] ?? -1) >= 0) return { kind: 'field-twice', key }
  const value = readKib(bytes, at + key.length + 1)
  if (value < 0) return { kind: 'field-no-kib', key }
  block.values[index] = value
  places[index] = at - from
  return undefined
}

/** The index of the key that a line begins with; −1 where that key is not read. */
function fieldAt(bytes: Uint8Array, at: number): number {
  for (let index = 0; index < patterns.length; index += 1) {
    const pattern = patterns[index]
    if (pattern !== undefined && matches(bytes, at, pattern)) return index
  }
  return -1
}

function isField(byte: number | undefined): boolean {
  return byte !== undefined && byte >= capitalA && byte <= capitalZ
}

function matches(bytes: Uint8Array, at: number, pattern: Uint8Array): boolean {
  for (let index = 0; index < pattern.length; index += 1) {
    if (bytes[at + index] !== pattern[index]) return false
  }
  return true
}

/** Spaces, digits, ` kB` and the line's end; −1 where it is anything else. */
function readKib(bytes: Uint8Array, from: number): number {
  let at = from
  while (bytes[at] === space) at += 1
  const first = at
  let value = 0
  for (;;) {
    const digit = (bytes[at] ?? lineFeed) - zero
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
    at += 1
  }
  if (at === first || value > mostKib) return -1
  const isUnit =
    bytes[at] === space &&
    bytes[at + 1] === smallK &&
    bytes[at + 2] === capitalB &&
    bytes[at + 3] === lineFeed
  return isUnit ? value : -1
}
