import type { HeaderLine } from './header-line.ts'
import { emptyHeader, opensMapping, readHeader } from './header-line.ts'
import { mostKib } from './kernel-text.ts'
import type { MappingCounts, SeenMapping } from './mapping.ts'
import type { Fault, Sink } from './tree.ts'

/** What is known of an address space without keeping its mappings. */
export interface SpaceSummary {
  readonly mappings: number
  /** The same for the same mappings at the same addresses; hardly ever for others. */
  readonly print: number
  /** KiB of private memory, anonymous and swapped: what `status` may not have said. */
  readonly anonymous: number
  readonly privateSwap: number
  /** Frame behind the last mapping, whatever it is. */
  readonly end: number
  /** Frame behind the top of the main stack. */
  readonly stackEnd?: number
}

/** Is told of every mapping; `seen` makes a copy of what is only valid during the call. */
export type OnMapping = (mapping: RawMapping) => void

/** A mapping while it is read; nothing of it may be kept. */
export interface RawMapping {
  readonly header: HeaderLine
  /** In KiB; 0 in maps. */
  readonly pageKib: () => number
  /** Pages that are there, or swapped out where that is read: both have entries. */
  readonly presentKib: () => number
  readonly seen: () => SeenMapping
}

export interface SpaceReader extends Sink {
  /** After the end: what was there, or what is wrong with it. */
  readonly outcome: () => SpaceSummary | { readonly fault: Fault }
}

/**
 * What is read of every mapping; behind it what is of interest of private memory where `status` does
 * not say it, and last what is read of shared memory and huge pages only.
 */
const keys = [
  'KernelPageSize',
  'Rss',
  'Anonymous',
  'Swap',
  'Pss',
  'ShmemPmdMapped',
  'FilePmdMapped',
  'Shared_Hugetlb',
  'Private_Hugetlb',
] as const
const [pageSize, rss, anonymous, swap, pss, shmemPmd, filePmd, sharedHuge, privateHuge] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8,
] as const
const [always, ofPrivate] = [2, 4]
/** Larger than any base page, in KiB. */
const hugeKib = 256

const patterns = keys.map((key) => new TextEncoder().encode(`${key}:`))
const flagsPattern = new TextEncoder().encode('VmFlags:')
const [lineFeed, space, zero, nine, capitalA, capitalZ] = [10, 32, 48, 57, 65, 90]
const unit = [32, 107, 66, 10]
/** A name has at most 4096 characters, escaped four times as many. */
const longestBlock = 64 * 1024
const decoder = new TextDecoder()

/**
 * Reads smaps as it comes, with memory for one mapping. Fields are found where they stood in the
 * mapping before, or else by their names; those that are not needed may be missing, unknown or new.
 */
export function smapsReader(onMapping: OnMapping, withAnonymous = true): SpaceReader {
  return spaceReader(onMapping, true, withAnonymous)
}

/** The same for maps, which has only the first line of each. */
export function mapsReader(onMapping: OnMapping): SpaceReader {
  return spaceReader(onMapping, false, false)
}

function spaceReader(onMapping: OnMapping, counted: boolean, withAnonymous: boolean): SpaceReader {
  const header = emptyHeader()
  const values = new Float64Array(keys.length)
  const least = withAnonymous ? ofPrivate : always
  const block: Block = {
    least,
    values,
    places: undefined,
    flagsPlace: 0,
    flagsAt: -1,
    next: 0,
    fault: undefined,
  }
  let rest: Uint8Array = new Uint8Array(0)
  let bytes = rest
  let last = 0
  let fault: Fault | undefined
  const summary = { mappings: 0, print: 7, anonymous: 0, privateSwap: 0, stackEnd: 0 }

  const raw: RawMapping = {
    header,
    pageKib: () => values[pageSize] ?? 0,
    presentKib: () => (values[rss] ?? 0) + (withAnonymous ? (values[swap] ?? 0) : 0),
    seen: () => copyOf(bytes, header, counted ? block : undefined),
  }

  const account = (): void => {
    summary.mappings += 1
    summary.print = Math.imul(Math.imul(summary.print, 31) + header.start, 31) + header.end
    summary.print = Math.imul(Math.imul(summary.print, 31) + header.offset, 31)
    if (!header.shared && withAnonymous) {
      summary.anonymous += values[anonymous] ?? 0
      summary.privateSwap += values[swap] ?? 0
    }
    if (isStack(bytes, header)) summary.stackEnd = header.end
  }

  /** Reads mappings as long as they are whole. @returns how far it came. */
  const readAll = (isEnd: boolean): number => {
    let at = 0
    while (at < bytes.length && fault === undefined) {
      const next = readOne(at, isEnd)
      if (next === 0) return at
      at = next
    }
    return at
  }

  const readOne = (at: number, isEnd: boolean): number => {
    if (!readHeader(bytes, at, header)) return headerFault(at, isEnd)
    const next = counted ? readBlock(bytes, header, block, isEnd) : header.next
    if (next === 0) return blockFault(isEnd)
    if (counted && !isPageSize(values[pageSize] ?? 0)) return fail(strangePage)
    if (header.start < last) return fail('holds mappings that overlap or are out of order')
    last = header.end
    account()
    onMapping(raw)
    return next
  }

  const blockFault = (isEnd: boolean): 0 => {
    if (block.fault !== undefined) return fail(block.fault)
    return isEnd ? fail(cutOff) : 0
  }

  /** A line that is not whole yet is no fault before the end. */
  const headerFault = (at: number, isEnd: boolean): 0 => {
    const whole = endOfLine(bytes, at) < bytes.length
    if (!whole && !isEnd) return 0
    return fail(whole ? strangeLine : 'ends in the middle of a line')
  }

  const fail = (text: Fault): 0 => {
    fault ??= text
    return 0
  }

  const take = (piece: Uint8Array): boolean => {
    bytes = rest.length === 0 ? piece : joined(rest, piece)
    const done = readAll(false)
    // A copy: slice() of a Buffer would be a view of what the next piece overwrites.
    rest = Uint8Array.from(bytes.subarray(done))
    if (rest.length > longestBlock) fault ??= 'holds a line or a mapping without end'
    return fault !== undefined
  }

  const end = (): void => {
    if (fault !== undefined) return
    bytes = rest
    readAll(true)
  }

  const outcome = (): SpaceSummary | { readonly fault: Fault } => {
    if (fault !== undefined) return { fault }
    const { stackEnd, ...counts } = summary
    const others = { ...counts, end: last }
    return stackEnd === 0 ? others : { ...others, stackEnd }
  }
  return { take, end, outcome }
}

/** The fields of the mapping at hand, and where they stood in the one before. */
interface Block {
  /** By the index of their key; 0 where there is none. */
  readonly values: Float64Array
  /** Keys that are read of every mapping: so many from the first. */
  readonly least: number
  /** Distance of each field from the end of the first line; −1: none. */
  places: Int32Array | undefined
  flagsPlace: number
  /** Behind `VmFlags:`; −1 where there are none. */
  flagsAt: number
  next: number
  fault: Fault | undefined
}

/** @returns where the next mapping begins; 0 where the text ends before, or is faulty. */
function readBlock(bytes: Uint8Array, header: HeaderLine, block: Block, isEnd: boolean): number {
  const { places } = block
  if (places !== undefined && readAtPlaces(bytes, header, block, places, isEnd)) return block.next
  return readByNames(bytes, header.next, block, isEnd)
}

/** As the mapping before was laid out; false where this one is not. */
function readAtPlaces(
  bytes: Uint8Array,
  { next, shared }: HeaderLine,
  block: Block,
  places: Int32Array,
  isEnd: boolean,
): boolean {
  const at = next + block.flagsPlace
  if (!endsAtPlace(bytes, at, block, isEnd)) return false
  if (!readRange(bytes, next, block, places, 0, block.least)) return false
  const rare = shared || (block.values[pageSize] ?? 0) >= hugeKib
  return !rare || readRange(bytes, next, block, places, block.least, keys.length)
}

function readRange(
  bytes: Uint8Array,
  from: number,
  { values }: Block,
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
function endsAtPlace(bytes: Uint8Array, at: number, block: Block, isEnd: boolean): boolean {
  if (bytes[at - 1] !== lineFeed || !matches(bytes, at, flagsPattern)) return false
  block.flagsAt = at + flagsPattern.length
  const end = endOfLine(bytes, block.flagsAt)
  block.next = end + 1
  return end + 1 >= bytes.length ? isEnd && end < bytes.length : opensMapping(bytes[end + 1])
}

function readByNames(bytes: Uint8Array, from: number, block: Block, isEnd: boolean): number {
  const places = new Int32Array(keys.length).fill(-1)
  const hadFlags = block.places !== undefined
  block.values.fill(0)
  block.flagsAt = -1
  const at = readFields(bytes, from, block, places)
  if (at === 0 || (at >= bytes.length && !isEnd)) return 0
  if (at < bytes.length && !opensMapping(bytes[at])) return failBlock(block, strangeLine)
  // A kernel prints all its fields of every mapping: what lacks some is cut off.
  const isWhole = (places[rss] ?? -1) >= 0 && (places[pageSize] ?? -1) >= 0
  if (!isWhole || (hadFlags && block.flagsAt < 0)) return failBlock(block, cutOff)
  block.places = block.flagsAt < 0 ? undefined : places
  return at
}

/** @returns where the first line that is no field begins; 0 where a line is faulty or not whole. */
function readFields(bytes: Uint8Array, from: number, block: Block, places: Int32Array): number {
  let at = from
  while (at < bytes.length && isField(bytes[at])) {
    const end = endOfLine(bytes, at)
    if (end === bytes.length) return 0
    block.fault = readField(bytes, at, from, block, places)
    if (block.fault !== undefined) return 0
    at = end + 1
  }
  return at
}

const strangePage = 'has a KernelPageSize that no kernel has'
const strangeLine = 'holds a line that no kernel writes'
const cutOff = 'ends in the middle of a mapping'

function failBlock(block: Block, fault: Fault): 0 {
  block.fault = fault
  return 0
}

/** @returns what is wrong with the line. */
function readField(
  bytes: Uint8Array,
  at: number,
  from: number,
  block: Block,
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

/** The next line feed, or the end of the bytes: most lines are short. */
function endOfLine(bytes: Uint8Array, from: number): number {
  let at = from
  const { length } = bytes
  while (at < length && bytes[at] !== lineFeed) at += 1
  return at
}

/** Powers of two, from 4 KiB to the 16 GiB of ppc64. */
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
  for (let index = 0; index < unit.length; index += 1) {
    if (bytes[at + index] !== unit[index]) return -1
  }
  return value
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

/** `[stack]`: by its second letters, for this is asked of every mapping. */
function isStack(bytes: Uint8Array, { nameFrom, nameTo }: HeaderLine): boolean {
  if (nameTo - nameFrom !== 7) return false
  return textOf(bytes, nameFrom, nameTo) === '[stack]'
}

function copyOf(bytes: Uint8Array, header: HeaderLine, block: Block | undefined): SeenMapping {
  return {
    start: header.start,
    end: header.end,
    readable: header.readable,
    writable: header.writable,
    shared: header.shared,
    offset: header.offset,
    device: textOf(bytes, header.deviceFrom, header.deviceTo),
    inode: textOf(bytes, header.inodeFrom, header.inodeTo),
    name: textOf(bytes, header.nameFrom, header.nameTo),
    ...(block === undefined ? {} : { counts: countsOf(bytes, block) }),
  }
}

function countsOf(bytes: Uint8Array, { values, flagsAt }: Block): MappingCounts {
  const flags =
    flagsAt < 0 ? [] : textOf(bytes, flagsAt, endOfLine(bytes, flagsAt)).trim().split(' ')
  const value = (index: number): number => values[index] ?? 0
  return {
    page: value(pageSize),
    rss: value(rss),
    pss: value(pss),
    swap: value(swap),
    pmdMapped: value(shmemPmd) + value(filePmd),
    hugetlb: value(sharedHuge) + value(privateHuge),
    locked: flags.includes('lo'),
    isHugetlb: flags.includes('ht'),
    mixed: flags.includes('mm'),
    device: flags.includes('io') || flags.includes('pf'),
  }
}

/** What is no UTF-8 shows as U+FFFD: a name is only shown, never opened. */
function textOf(bytes: Uint8Array, from: number, to: number): string {
  return decoder.decode(bytes.subarray(from, to))
}
