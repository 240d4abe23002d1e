import type { FieldBlock } from './field-block.ts'
import {
  anonymousKib,
  copiedKib,
  countsOf,
  emptyBlock,
  impossibleIn,
  pageKib,
  presentKib,
  swapKib,
} from './field-block.ts'
import type { HeaderLine } from './header-line.ts'
import { emptyHeader, endOfLine, readHeader, textOf } from './header-line.ts'
import type { SeenMapping } from './mapping.ts'
import { userFrames } from './mapping.ts'
import { cutOff, readBlock, strangeLine } from './smaps-fields.ts'
import type { Fault, Sink } from './tree.ts'

/** What is known of an address space without keeping its mappings. */
export interface SpaceSummary {
  readonly mappings: number
  /** The same for the same mappings at the same addresses; hardly ever for others. */
  readonly print: number
  /** KiB of private memory, anonymous and swapped: what `status` may not have said. */
  readonly anonymous: number
  readonly privateSwap: number
  /** KiB of it that other processes have too, their share taken off: after fork(), until one writes. */
  readonly copied: number
  /** Frames that all of them span, but for those of the kernel: VmSize. */
  readonly frames: number
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
  readonly outcome: () => SpaceSummary | Unusable
}

/** Why the mappings of a process cannot be used. */
export interface Unusable {
  readonly fault: Fault
  /** The line that shows it, as `line 3, "…"`. */
  readonly place?: string
}

/** What is wrong and where, as the end of a sentence. */
export function unusableWords({ fault, place }: Unusable): string {
  return place === undefined ? fault : `${fault}: ${place}`
}

/** A name has at most 4096 characters, escaped four times as many. */
const longestBlock = 64 * 1024

/**
 * Reads smaps as it comes, with memory for one mapping. Fields are found where they stood in the
 * mapping before, or else by their names; those that are not needed may be missing, unknown or new.
 */
export function smapsReader(onMapping: OnMapping, withSwap = true): SpaceReader {
  return spaceReader(onMapping, true, withSwap)
}

/** The same for maps, which has only the first line of each. */
export function mapsReader(onMapping: OnMapping): SpaceReader {
  return spaceReader(onMapping, false, false)
}

function spaceReader(onMapping: OnMapping, counted: boolean, withSwap: boolean): SpaceReader {
  const header = emptyHeader()
  const block = emptyBlock(withSwap)
  let rest: Uint8Array = new Uint8Array(0)
  let bytes = rest
  let last = 0
  let lines = 0
  let unusable: Unusable | undefined
  const summary = {
    mappings: 0,
    print: 7,
    anonymous: 0,
    privateSwap: 0,
    copied: 0,
    frames: 0,
    stackEnd: 0,
  }

  const raw: RawMapping = {
    header,
    pageKib: () => pageKib(block),
    presentKib: () => presentKib(block),
    seen: () => copyOf(bytes, header, counted ? block : undefined),
  }

  const account = (): void => {
    summary.mappings += 1
    lines += 1 + block.lines
    summary.print = Math.imul(Math.imul(summary.print, 31) + header.start, 31) + header.end
    summary.print = Math.imul(Math.imul(summary.print, 31) + header.offset, 31)
    if (header.start < userFrames) summary.frames += header.end - header.start
    if (!header.shared && counted) accountPrivate()
    if (isStack(bytes, header)) summary.stackEnd = header.end
  }

  const accountPrivate = (): void => {
    summary.copied += copiedKib(block)
    if (!withSwap) return
    summary.anonymous += anonymousKib(block)
    summary.privateSwap += swapKib(block)
  }

  /** Reads mappings as long as they are whole. @returns how far it came. */
  const readAll = (isEnd: boolean): number => {
    let at = 0
    while (at < bytes.length && unusable === undefined) {
      const next = readOne(at, isEnd)
      if (next === 0) return at
      at = next
    }
    return at
  }

  const readOne = (at: number, isEnd: boolean): number => {
    if (!readHeader(bytes, at, header)) return headerFault(at, isEnd)
    const next = counted ? readBlock(bytes, header, block, isEnd) : header.next
    if (next === 0) return blockFault(at, isEnd)
    const strange = counted ? impossibleIn(block, header) : undefined
    if (strange !== undefined) return fail(strange, at)
    if (header.start < last) return fail('holds mappings that overlap or are out of order', at)
    last = header.end
    account()
    onMapping(raw)
    return next
  }

  const blockFault = (at: number, isEnd: boolean): 0 => {
    if (block.fault === undefined) return isEnd ? fail(cutOff, at) : 0
    if (block.faultAt < 0) return fail(block.fault, at)
    return fail(block.fault, block.faultAt, 1 + block.lines)
  }

  /** A line that is not whole yet is no fault before the end. */
  const headerFault = (at: number, isEnd: boolean): 0 => {
    const whole = endOfLine(bytes, at) < bytes.length
    if (!whole && !isEnd) return 0
    return fail(whole ? strangeLine : 'ends in the middle of a line', at)
  }

  /** @param past lines of the mapping before the faulty one. */
  const fail = (fault: Fault, at: number, past = 0): 0 => {
    unusable ??= { fault, place: `line ${lines + past + 1}, ${shownLine(bytes, at)}` }
    return 0
  }

  const take = (piece: Uint8Array): boolean => {
    bytes = rest.length === 0 ? piece : joined(rest, piece)
    const done = readAll(false)
    // A copy: slice() of a Buffer would be a view of what the next piece overwrites.
    rest = new Uint8Array(bytes.subarray(done))
    if (rest.length > longestBlock) fail('holds a line or a mapping without end', done)
    return unusable !== undefined
  }

  const end = (): void => {
    if (unusable !== undefined) return
    bytes = rest
    readAll(true)
  }

  const outcome = (): SpaceSummary | Unusable => {
    if (unusable !== undefined) return unusable
    const { stackEnd, ...counts } = summary
    const others = { ...counts, end: last }
    return stackEnd === 0 ? others : { ...others, stackEnd }
  }
  return { take, end, outcome }
}

/** The beginning of a line that may be anything. */
function shownLine(bytes: Uint8Array, at: number): string {
  const end = Math.min(endOfLine(bytes, at), at + 4 * longestShown)
  const text = [...textOf(bytes, at, end)]
  const shown = text.slice(0, longestShown).join('')
  return JSON.stringify(text.length > longestShown ? `${shown}…` : shown)
}

const longestShown = 60

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

function copyOf(bytes: Uint8Array, header: HeaderLine, block: FieldBlock | undefined): SeenMapping {
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
