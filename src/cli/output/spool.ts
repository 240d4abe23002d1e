import type { Refusal, Scratch, World } from '../machine/world.ts'

/** Texts that are kept until their order is known, without all of them in memory. */
export interface Spool {
  /** @param rank where the text belongs, compared number by number; equal ones stay as they came. */
  readonly add: (rank: readonly number[], text: string) => Refusal | undefined
  /** All of them in order. */
  readonly texts: () => Iterable<string>
  readonly close: () => void
}

/** Characters up to which texts stay in memory: about a hundred results. */
const mostInMemory = 2 ** 22

/** Keeps texts in memory and, once they are many, in a file without a name. */
export function spoolOf({ openScratch }: Pick<World, 'openScratch'>): Spool {
  const kept: { readonly rank: readonly number[]; readonly text: string }[] = []
  const written: {
    readonly rank: readonly number[]
    readonly offset: number
    readonly length: number
  }[] = []
  let [characters, bytes, scratch] = [0, 0, undefined as Scratch | undefined]
  const write = (): Refusal | undefined => {
    if (scratch === undefined) {
      const opened = openScratch()
      if (!opened.ok) return opened
      scratch = opened
    }
    for (const { rank, text } of kept.splice(0)) {
      const content = new TextEncoder().encode(text)
      const refusal = scratch.append(content)
      if (refusal !== undefined) return refusal
      written.push({ rank, offset: bytes, length: content.length })
      bytes += content.length
    }
    characters = 0
    return undefined
  }
  function* texts(): Generator<string, void> {
    const all = [...written, ...kept].sort((one, other) => compareRanks(one.rank, other.rank))
    for (const one of all) {
      if ('text' in one) yield one.text
      else if (scratch !== undefined) {
        yield new TextDecoder().decode(scratch.read(one.offset, one.length))
      }
    }
  }
  return {
    add: (rank, text) => {
      kept.push({ rank, text })
      characters += text.length
      return characters > mostInMemory ? write() : undefined
    },
    texts,
    close: () => scratch?.close(),
  }
}

/** Number by number; a rank without more numbers comes first. */
export function compareRanks(one: readonly number[], other: readonly number[]): number {
  for (const [index, number] of one.entries()) {
    const difference = number - (other[index] ?? Number.NEGATIVE_INFINITY)
    if (difference !== 0) return difference
  }
  return one.length - other.length
}
