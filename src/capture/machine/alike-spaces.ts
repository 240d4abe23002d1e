import type { Sink } from '../files/tree.ts'
import type { SpaceGathering } from './space-gathering.ts'
import { gatherSpace, interner } from './space-gathering.ts'

/** Whether two pieces are the same bytes. */
export type IsSame = (one: Uint8Array, other: Uint8Array) => boolean

/** Starts to read mappings, by what is read of them. */
export type StartGathering = (counted: boolean, withSwap: boolean) => SpaceGathering

/** A text that was read, and what it said. */
interface Known {
  /** What is read of it. */
  readonly how: string
  readonly text: Uint8Array
  readonly outcome: ReturnType<SpaceGathering['outcome']>
}

/** Texts that are kept to compare with: the processes of a server come in few kinds. */
const mostKnown = 16
/** Bytes of the longest text that is kept: more than a thousand mappings. */
const longestKnown = 1024 * 1024

/**
 * Reads mappings, and knows a text again: processes of a server that have touched as much have the same
 * smaps, byte for byte. Then the result is that of the first, the very same object.
 * @param isSame absent: each text is read.
 */
export function alikeSpaces(isSame: IsSame | undefined): StartGathering {
  const intern = interner()
  if (isSame === undefined) return (...how) => gatherSpace(...how, intern)
  const texts = new KnownTexts(isSame)
  return (counted, withSwap) => {
    const text = new AlikeText(`${counted} ${withSwap}`, texts, () =>
      gatherSpace(counted, withSwap, intern),
    )
    return { reader: text, outcome: () => text.outcome() }
  }
}

/** The texts that were read last. */
class KnownTexts {
  readonly #isSame: IsSame
  readonly #known: Known[] = []

  constructor(isSame: IsSame) {
    this.#isSame = isSame
  }

  /**
   * One that has a piece at a place, and before it the same as another.
   * @param before the other, which is looked at first; absent at the beginning of a text.
   */
  find(how: string, before: Known | undefined, at: number, piece: Uint8Array): Known | undefined {
    const first = before === undefined ? 0 : this.#known.indexOf(before)
    // Those before it have been found to be others.
    for (let index = Math.max(0, first); index < this.#known.length; index += 1) {
      const one = this.#known[index]
      if (one === undefined || one.how !== how || one.text.length < at + piece.length) continue
      if (!this.#isSame(part(one.text, at, at + piece.length), piece)) continue
      const isLike = one === before || before === undefined || this.#beginsLike(one, before, at)
      if (isLike) return one
    }
    return undefined
  }

  /** One that is as much of another as has come. */
  whole(like: Known, length: number): Known | undefined {
    if (like.text.length === length) return like
    return this.#known.find(
      (one) =>
        one.how === like.how && one.text.length === length && this.#beginsLike(one, like, length),
    )
  }

  /** An empty copy, in place of the oldest where there are many. */
  room(): TextCopy {
    const oldest = this.#known.length < mostKnown ? undefined : this.#known.shift()
    return new TextCopy(oldest === undefined ? nothing : new Uint8Array(oldest.text.buffer))
  }

  add(known: Known): void {
    this.#known.push(known)
  }

  #beginsLike(one: Known, other: Known, length: number): boolean {
    return this.#isSame(part(one.text, 0, length), part(other.text, 0, length))
  }
}

const nothing = new Uint8Array(0)

/** A view takes time to make. */
function part(text: Uint8Array, from: number, to: number): Uint8Array {
  return from === 0 && to === text.length ? text : text.subarray(from, to)
}

/** A text that is copied as it comes, as long as it is not too long. */
class TextCopy {
  #store: Uint8Array
  #length = 0
  #isWhole = true

  /** @param store room that is written over. */
  constructor(store: Uint8Array) {
    this.#store = store
  }

  add(piece: Uint8Array): void {
    const length = this.#length + piece.length
    this.#isWhole &&= length <= longestKnown
    if (!this.#isWhole) return
    if (length > this.#store.length) this.#grow(length)
    this.#store.set(piece, this.#length)
    this.#length = length
  }

  /** The text so far; `undefined` if it is empty or too long. */
  text(): Uint8Array | undefined {
    return this.#isWhole && this.#length > 0 ? this.#store.subarray(0, this.#length) : undefined
  }

  #grow(length: number): void {
    const room = this.#length === 0 ? length : 2 * length
    const store = new Uint8Array(Math.min(room, longestKnown))
    store.set(this.#store.subarray(0, this.#length))
    this.#store = store
  }
}

/**
 * A text while it comes, read only where it is like none that is known. Each ends before another
 * begins.
 */
class AlikeText implements Sink {
  readonly #how: string
  readonly #texts: KnownTexts
  readonly #start: () => SpaceGathering
  /** One that begins with all that has come so far. */
  #like: Known | undefined
  /** Bytes that have come and were not read. */
  #length = 0
  #reading: { readonly gathering: SpaceGathering; readonly copy: TextCopy } | undefined
  #outcome: Known['outcome'] | undefined

  constructor(how: string, texts: KnownTexts, start: () => SpaceGathering) {
    this.#how = how
    this.#texts = texts
    this.#start = start
  }

  take(piece: Uint8Array): boolean {
    if (this.#reading === undefined) {
      const like = this.#texts.find(this.#how, this.#like, this.#length, piece)
      if (like !== undefined) {
        this.#like = like
        this.#length += piece.length
        return false
      }
    }
    const { gathering, copy } = this.#begun()
    copy.add(piece)
    return gathering.reader.take(piece)
  }

  end(): void {
    const like = this.#reading === undefined ? this.#like : undefined
    const known = like === undefined ? undefined : this.#texts.whole(like, this.#length)
    if (known === undefined) this.#endReading()
    else this.#outcome = known.outcome
    // The texts that are known are kept elsewhere, and what was read of this one is its outcome.
    this.#like = undefined
    this.#reading = undefined
  }

  outcome(): Known['outcome'] {
    return this.#outcome ?? this.#begun().gathering.outcome()
  }

  #endReading(): void {
    const { gathering, copy } = this.#begun()
    gathering.reader.end()
    const outcome = gathering.outcome()
    const text = copy.text()
    if (text !== undefined) this.#texts.add({ how: this.#how, text, outcome })
    this.#outcome = outcome
  }

  /** Reads first what was the same as in another. */
  #begun() {
    if (this.#reading !== undefined) return this.#reading
    const gathering = this.#start()
    const begin = this.#like?.text.subarray(0, this.#length)
    if (begin !== undefined) gathering.reader.take(begin)
    // Only now: its room may be that of the other.
    const copy = this.#texts.room()
    if (begin !== undefined) copy.add(begin)
    this.#reading = { gathering, copy }
    return this.#reading
  }
}
