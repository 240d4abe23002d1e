import type { HeaderLine } from './header-line.ts'
import { endOfLine, lineFeed, opensMapping, textOf } from './header-line.ts'
import { mostKib } from './kernel-text.ts'
import type { MappingCounts } from './mapping.ts'
import { frameKib } from './mapping.ts'
import type { Fault } from './tree.ts'

/**
 * What is read of every mapping; behind it what is of interest where a private mapping has memory of
 * its own, and what is where `status` does not say it; last what is read of shared memory
 * and huge pages only.
 */
const keys = [
  'KernelPageSize',
  'Rss',
  'Anonymous',
  'Pss',
  'Swap',
  'ShmemPmdMapped',
  'FilePmdMapped',
  'Shared_Hugetlb',
  'Private_Hugetlb',
] as const
const [pageSize, rss, anonymous, pss, swap, shmemPmd, filePmd, sharedHuge, privateHuge] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8,
] as const
const [ofAll, ofOwnMemory, withoutStatus] = [3, 4, 5]
/** Larger than any base page, in KiB. */
const hugeKib = 256

const patterns = keys.map((key) => new TextEncoder().encode(`${key}:`))
const flagsPattern = new TextEncoder().encode('VmFlags:')
const [space, zero, nine, capitalA, capitalZ, smallK, capitalB] = [32, 48, 57, 65, 90, 107, 66]
/** The fields of the mapping at hand, and where they stood in the one before. */
export interface FieldBlock {
  /** By the index of their key; 0 where there is none. */
  readonly values: Float64Array
  /** Keys that are read of every mapping: so many from the first. */
  readonly least: number
  /** Distance of each field from the end of the first line; −1: none. */
  places: Int32Array | undefined
  flagsPlace: number
  /** Behind `VmFlags:`; −1 where there are none. */
  flagsAt: number
  /** The kernel prints Pss. */
  hasPss: boolean
  next: number
  /** Lines behind the first: of a faulty mapping those before the fault. */
  lines: number
  /** The same of a mapping that is laid out as `places` say. */
  placedLines: number
  fault: Fault | undefined
  /** Where the line begins that is faulty; −1 where all of the mapping is. */
  faultAt: number
}

/** @param withSwap whether Swap of private memory is read. */
export function emptyBlock(withSwap: boolean): FieldBlock {
  return {
    values: new Float64Array(keys.length),
    least: withSwap ? withoutStatus : ofAll,
    places: undefined,
    flagsPlace: 0,
    flagsAt: -1,
    hasPss: false,
    next: 0,
    lines: 0,
    placedLines: 0,
    fault: undefined,
    faultAt: -1,
  }
}

/** @returns where the next mapping begins; 0 where the text ends before, or is faulty. */
export function readBlock(
  bytes: Uint8Array,
  header: HeaderLine,
  block: FieldBlock,
  isEnd: boolean,
): number {
  const { places } = block
  if (places !== undefined && readAtPlaces(bytes, header, block, places, isEnd)) {
    block.lines = block.placedLines
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
  if (!endsAtPlace(bytes, at, block, isEnd)) return false
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

/** The flags stand where they stood, and behind them a mapping or the end. */
function endsAtPlace(bytes: Uint8Array, at: number, block: FieldBlock, isEnd: boolean): boolean {
  if (bytes[at - 1] !== lineFeed || !matches(bytes, at, flagsPattern)) return false
  block.flagsAt = at + flagsPattern.length
  const end = endOfLine(bytes, block.flagsAt)
  block.next = end + 1
  return end + 1 >= bytes.length ? isEnd && end < bytes.length : opensMapping(bytes[end + 1])
}

function readByNames(bytes: Uint8Array, from: number, block: FieldBlock, isEnd: boolean): number {
  const places = new Int32Array(keys.length).fill(-1)
  const hadFlags = block.places !== undefined
  block.values.fill(0)
  block.flagsAt = -1
  block.lines = 0
  const at = readFields(bytes, from, block, places)
  if (at === 0 || (at >= bytes.length && !isEnd)) return 0
  if (at < bytes.length && !opensMapping(bytes[at])) return failAtLine(bytes, at, block, isEnd)
  // A kernel prints all its fields of every mapping: what lacks some is cut off.
  const isWhole = has(places, rss) && has(places, pageSize)
  if (!isWhole || (hadFlags && block.flagsAt < 0)) return failBlock(block, cutOff)
  block.places = block.flagsAt < 0 ? undefined : places
  block.placedLines = block.lines
  block.hasPss = has(places, pss)
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
): number {
  let at = from
  while (at < bytes.length && isField(bytes[at])) {
    const end = endOfLine(bytes, at)
    if (end === bytes.length) return 0
    const fault = readField(bytes, at, from, block, places)
    if (fault !== undefined) return failBlock(block, fault, at)
    block.lines += 1
    at = end + 1
  }
  return at
}

export const strangeLine = 'holds a line that no kernel writes'
export const cutOff = 'ends in the middle of a mapping'

function failBlock(block: FieldBlock, fault: Fault, at = -1): 0 {
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
): Fault | undefined {
  if (matches(bytes, at, flagsPattern)) {
    block.flagsAt = at + flagsPattern.length
    block.flagsPlace = at - from
    return undefined
  }
  const index = patterns.findIndex((pattern) => matches(bytes, at, pattern))
  const key = keys[index]
  if (key === undefined) return undefined
  if ((places[index] ?? -1) >= 0) return `says ${key} twice in one mapping`
  const value = readKib(bytes, at + key.length + 1)
  if (value < 0) return `has a ${key} that is no number of kB, or one past 2^53 bytes`
  block.values[index] = value
  places[index] = at - from
  return undefined
}

/** KernelPageSize, in KiB. */
export function pageKib({ values }: FieldBlock): number {
  return values[pageSize] ?? 0
}

/** Pages that are there, or swapped out where that is read. */
export function presentKib({ values, least }: FieldBlock): number {
  return (values[rss] ?? 0) + (least > ofAll ? (values[swap] ?? 0) : 0)
}

/** Memory of its own that the process has in common with others since fork(): in the Rss of each, in Pss once. */
export function copiedKib({ values, hasPss }: FieldBlock): number {
  const own = values[anonymous] ?? 0
  return own === 0 || !hasPss ? 0 : Math.max(0, own - (values[pss] ?? 0))
}

export function anonymousKib({ values }: FieldBlock): number {
  return values[anonymous] ?? 0
}

export function swapKib({ values }: FieldBlock): number {
  return values[swap] ?? 0
}

/** What no kernel says of a mapping. */
export function impossibleIn(block: FieldBlock, header: HeaderLine): Fault | undefined {
  const { values } = block
  if (!isPageSize(values[pageSize] ?? 0)) return 'has a KernelPageSize that no kernel has'
  const present = values[rss] ?? 0
  if (present > (header.end - header.start) * frameKib) {
    return 'has an Rss that is larger than its mapping'
  }
  if ((values[anonymous] ?? 0) > present) return 'has more Anonymous than Rss'
  // Of other mappings these are not read.
  const isRare = header.shared || (values[pageSize] ?? 0) >= hugeKib
  return isRare ? impossibleHuge(block, header) : undefined
}

function impossibleHuge({ values }: FieldBlock, { start, end }: HeaderLine): Fault | undefined {
  const mapped = (values[shmemPmd] ?? 0) + (values[filePmd] ?? 0)
  if (mapped > (values[rss] ?? 0)) return 'has more huge pages than Rss'
  const hugetlb = (values[sharedHuge] ?? 0) + (values[privateHuge] ?? 0)
  const isWithin = hugetlb <= (end - start) * frameKib
  return isWithin ? undefined : 'has more of hugetlb than its mapping holds'
}

/** Powers of two in KiB, from 4 to the 16 GiB of ppc64. */
function isPageSize(kibytes: number): boolean {
  return (
    kibytes === 4 || (kibytes > 4 && kibytes <= 2 ** 24 && Number.isInteger(Math.log2(kibytes)))
  )
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
    const byte = bytes[at] ?? 0
    if (byte < zero || byte > nine) break
    value = value * 10 + (byte - zero)
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

/** What is kept of a mapping of an object. */
export function countsOf(bytes: Uint8Array, { values, flagsAt }: FieldBlock): MappingCounts {
  const flags =
    flagsAt < 0 ? [] : textOf(bytes, flagsAt, endOfLine(bytes, flagsAt)).trim().split(' ')
  const value = (index: number): number => values[index] ?? 0
  return {
    page: value(pageSize),
    rss: value(rss),
    swap: value(swap),
    pss: Math.min(value(pss), value(rss)),
    pmdMapped: value(shmemPmd) + value(filePmd),
    hugetlb: value(sharedHuge) + value(privateHuge),
    locked: flags.includes('lo'),
    isHugetlb: flags.includes('ht'),
    mixed: flags.includes('mm'),
    device: flags.includes('io') || flags.includes('pf'),
  }
}
