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
  /** Room for the text, which may be larger. */
  readonly store: Uint8Array
  readonly text: Uint8Array
  readonly outcome: ReturnType<SpaceGathering['outcome']>
}

/** Texts that are kept to compare with: the processes of a server come in few kinds. */
const mostKnown = 16

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

  find(how: string, piece: Uint8Array): Known | undefined {
    for (const one of this.#known) {
      const isAlike = one.text.length === piece.length && one.how === how
      if (isAlike && this.#isSame(one.text, piece)) return one
    }
    return undefined
  }

  /** A copy, in place of the oldest where there are many. */
  copyOf(piece: Uint8Array): Pick<Known, 'store' | 'text'> {
    const oldest = this.#known.length < mostKnown ? undefined : this.#known.shift()?.store
    const fits = oldest !== undefined && oldest.length >= piece.length
    const store = fits ? oldest : new Uint8Array(piece.length)
    store.set(piece)
    return { store, text: store.subarray(0, piece.length) }
  }

  add(known: Known): void {
    this.#known.push(known)
  }
}

/** A text while it comes: it is known only if it comes in one piece. */
class AlikeText implements Sink {
  readonly #how: string
  readonly #texts: KnownTexts
  readonly #start: () => SpaceGathering
  /** Begun once there is something to read: most texts are known. */
  #gathering: SpaceGathering | undefined
  #found: Known | undefined
  /** Of the first piece. */
  #copy: Pick<Known, 'store' | 'text'> | undefined
  #pieces = 0

  constructor(how: string, texts: KnownTexts, start: () => SpaceGathering) {
    this.#how = how
    this.#texts = texts
    this.#start = start
  }

  take(piece: Uint8Array): boolean {
    this.#pieces += 1
    if (this.#pieces > 1) return this.#takeMore(piece)
    this.#found = this.#texts.find(this.#how, piece)
    if (this.#found !== undefined) return false
    this.#copy = this.#texts.copyOf(piece)
    return this.#begun().reader.take(piece)
  }

  end(): void {
    if (this.#found !== undefined) return
    const gathering = this.#begun()
    gathering.reader.end()
    if (this.#pieces !== 1 || this.#copy === undefined) return
    this.#found = { how: this.#how, ...this.#copy, outcome: gathering.outcome() }
    this.#texts.add(this.#found)
  }

  outcome(): Known['outcome'] {
    return this.#found?.outcome ?? this.#begun().outcome()
  }

  #begun(): SpaceGathering {
    this.#gathering ??= this.#start()
    return this.#gathering
  }

  /** It only begins like the other. */
  #takeMore(piece: Uint8Array): boolean {
    const { reader } = this.#begun()
    if (this.#found !== undefined) reader.take(this.#found.text)
    this.#found = undefined
    return reader.take(piece)
  }
}
