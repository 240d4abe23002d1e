/** Where an input takes its decisions from: the same source gives the same input. */
export interface Choices {
  /** A whole number from 0 to `end`, without `end`. */
  readonly below: (end: number) => number
  /** True in one of so many cases. */
  readonly oneIn: (count: number) => boolean
  readonly pick: <T>(list: readonly T[]) => T
  /** So many draws, from 0 to `most`; few more often than many. */
  readonly some: <T>(most: number, draw: () => T) => readonly T[]
}

/** The two generators that are combined: P. L'Ecuyer, CACM 31 (1988), 742-751. */
const [modulus, multiplier] = [2_147_483_563, 40_014]
const [otherModulus, otherMultiplier] = [2_147_483_399, 40_692]

/**
 * Decisions that follow from a seed and the number of an input alone, so that any input of a run can
 * be made again without those before it.
 */
export function choicesOf(seed: number, index: number): Choices {
  let state = 1 + positive(Math.imul(seed + 1, 0x9e3779b1) + index * 7919, modulus - 1)
  let other = 1 + positive(Math.imul(index + 1, 0x85ebca6b) + seed * 104_729, otherModulus - 1)
  const next = (): number => {
    state = (state * multiplier) % modulus
    other = (other * otherMultiplier) % otherModulus
    return positive(state - other, modulus - 1) / (modulus - 1)
  }
  const below = (end: number): number => Math.floor(next() * end)
  // Neighbours begin alike.
  for (let thrown = 0; thrown < 4; thrown += 1) next()
  return {
    below,
    oneIn: (count) => below(count) === 0,
    pick: (list) => {
      const picked = list[below(list.length)]
      if (picked === undefined) throw new RangeError('there is nothing to choose from')
      return picked
    },
    some: (most, draw) => Array.from({ length: Math.min(below(most + 1), below(most + 1)) }, draw),
  }
}

function positive(number: number, modulo: number): number {
  return ((number % modulo) + modulo) % modulo
}
