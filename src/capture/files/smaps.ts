import type { SpaceFault } from './fault.ts'
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
import type { Sink } from './tree.ts'

/** The sums of an address space, without its mappings. */
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
  readonly fault: SpaceFault
  /** The line that shows it, as `line 3, "…"`. */
  readonly place?: string
}

/** A name has at most 4096 characters, escaped four times as many. */
const longestBlock = 64 * 1024

/**
 * Reads smaps as it comes, with memory for one mapping. Fields are found where they stood in the
 * mapping before, or else by their names; those that are not needed may be missing, unknown or new.
 */
export function smapsReader(onMapping: OnMapping, withSwap = true): SpaceReader {
  return new MappingReader(onMapping, true, withSwap)
}

/** The same for maps, which has only the first line of each. */
export function mapsReader(onMapping: OnMapping): SpaceReader {
  return new MappingReader(onMapping, false, false)
}

/** Takes smaps or maps in pieces, and keeps one mapping at a time. */
class MappingReader implements SpaceReader {
  readonly #onMapping: OnMapping
  /** Smaps: each mapping has counts. */
  readonly #counted: boolean
  readonly #withSwap: boolean
  readonly #header = emptyHeader()
  readonly #block: FieldBlock
  readonly #raw: RawMapping
  /** The mapping that the last piece began and did not end. */
  #rest: Uint8Array = new Uint8Array(0)
  #bytes: Uint8Array = this.#rest
  /** End of the last mapping. */
  #last = 0
  #lines = 0
  #unusable: Unusable | undefined
  readonly #summary = {
    mappings: 0,
    print: 7,
    anonymous: 0,
    privateSwap: 0,
    copied: 0,
    frames: 0,
    stackEnd: 0,
  }

  constructor(onMapping: OnMapping, counted: boolean, withSwap: boolean) {
    this.#onMapping = onMapping
    this.#counted = counted
    this.#withSwap = withSwap
    this.#block = emptyBlock(withSwap)
    const [header, block] = [this.#header, this.#block]
    this.#raw = {
      header,
      pageKib: () => pageKib(block),
      presentKib: () => presentKib(block),
      seen: () => copyOf(this.#bytes, header, counted ? block : undefined),
    }
  }

  take(piece: Uint8Array): boolean {
    this.#bytes = this.#rest.length === 0 ? piece : joined(this.#rest, piece)
    const done = this.#readAll(false)
    // A copy: slice() of a Buffer would be a view of what the next piece overwrites.
    this.#rest = new Uint8Array(this.#bytes.subarray(done))
    if (this.#rest.length > longestBlock) this.#fail({ kind: 'endless' }, done)
    return this.#unusable !== undefined
  }

  end(): void {
    if (this.#unusable !== undefined) return
    this.#bytes = this.#rest
    this.#readAll(true)
  }

  outcome(): SpaceSummary | Unusable {
    if (this.#unusable !== undefined) return this.#unusable
    const { stackEnd, ...counts } = this.#summary
    const others = { ...counts, end: this.#last }
    return stackEnd === 0 ? others : { ...others, stackEnd }
  }

  /** Reads mappings as long as they are whole. @returns how far it came. */
  #readAll(isEnd: boolean): number {
    let at = 0
    while (at < this.#bytes.length && this.#unusable === undefined) {
      const next = this.#readOne(at, isEnd)
      if (next === 0) return at
      at = next
    }
    return at
  }

  #readOne(at: number, isEnd: boolean): number {
    const bytes = this.#bytes
    const header = this.#header
    const block = this.#block
    if (!readHeader(bytes, at, header)) return this.#headerFault(at, isEnd)
    const next = this.#counted ? readBlock(bytes, header, block, isEnd) : header.next
    if (next === 0) return this.#blockFault(at, isEnd)
    const strange = this.#counted ? impossibleIn(block, header) : undefined
    if (strange !== undefined) return this.#fail(strange, at)
    if (header.start < this.#last) return this.#fail({ kind: 'out-of-order' }, at)
    this.#last = header.end
    this.#account()
    this.#onMapping(this.#raw)
    return next
  }

  #account(): void {
    const summary = this.#summary
    const header = this.#header
    summary.mappings += 1
    this.#lines += 1 + this.#block.lines
    summary.print = Math.imul(Math.imul(summary.print, 31) + header.start, 31) + header.end
    summary.print = Math.imul(Math.imul(summary.print, 31) + header.offset, 31)
    if (header.start < userFrames) summary.frames += header.end - header.start
    if (!header.shared && this.#counted) this.#accountPrivate()
    if (isStack(this.#bytes, header)) summary.stackEnd = header.end
  }

  #accountPrivate(): void {
    const summary = this.#summary
    const block = this.#block
    summary.copied += copiedKib(block)
    if (!this.#withSwap) return
    summary.anonymous += anonymousKib(block)
    summary.privateSwap += swapKib(block)
  }

  #blockFault(at: number, isEnd: boolean): 0 {
    const { fault, faultAt, lines } = this.#block
    if (fault === undefined) return isEnd ? this.#fail(cutOff, at) : 0
    return faultAt < 0 ? this.#fail(fault, at) : this.#fail(fault, faultAt, 1 + lines)
  }

  /** A line that is not whole yet is no fault before the end. */
  #headerFault(at: number, isEnd: boolean): 0 {
    const whole = endOfLine(this.#bytes, at) < this.#bytes.length
    if (!whole && !isEnd) return 0
    return this.#fail(whole ? strangeLine : { kind: 'cut-off-line' }, at)
  }

  /** @param past lines of the mapping before the faulty one. */
  #fail(fault: SpaceFault, at: number, past = 0): 0 {
    const place = `line ${this.#lines + past + 1}, ${shownLine(this.#bytes, at)}`
    this.#unusable ??= { fault, place }
    return 0
  }
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
