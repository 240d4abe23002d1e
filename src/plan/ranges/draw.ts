/** How often the points are moved: what the copies differ by says how far they are off. */
export const shifts = 16

/**
 * Points of the unit cube that fill it evenly, every one of them `shifts` times, each time moved by another
 * random vector: Halton's sequence with the rotation of Cranley and Patterson ("Randomization of number
 * theoretic methods for multiple integration", SIAM J. Numer. Anal. 13, 1976). The same for the same seed.
 * @param each points of one copy. Copy by copy.
 */
export function* pointsOf(
  dimensions: number,
  each: number,
  seed: number,
): Generator<readonly number[], void> {
  const bases = primes(dimensions)
  const random = randomFrom(seed)
  for (let shift = 0; shift < shifts; shift += 1) {
    const moved = bases.map(() => random())
    for (let index = 1; index <= each; index += 1) {
      yield bases.map((base, d) => inside((inverse(index, base) + (moved[d] ?? 0)) % 1))
    }
  }
}

/** The digits of a number in a base, mirrored at the point. */
function inverse(index: number, base: number): number {
  let [rest, scale, sum] = [index, 1, 0]
  while (rest > 0) {
    scale /= base
    sum += (rest % base) * scale
    rest = Math.floor(rest / base)
  }
  return sum
}

/** Never at the ends, where a quantile may be endless. */
function inside(part: number): number {
  return Math.min(1 - 1e-12, Math.max(1e-12, part))
}

function primes(length: number): readonly number[] {
  const found: number[] = []
  for (let next = 2; found.length < length; next += 1) {
    if (found.every((prime) => next % prime !== 0)) found.push(next)
  }
  return found
}

/**
 * S. K. Park and K. W. Miller, "Random number generators: good ones are hard to find", Communications of the ACM
 * 31(10), 1988, with the factor that they advise later: the same numbers on every machine.
 */
function randomFrom(seed: number): () => number {
  let state = (seed % (modulus - 1)) + 1
  const next = (): number => {
    state = (state * factor) % modulus
    return state / modulus
  }
  // Small seeds begin with small numbers.
  for (let step = 0; step < 8; step += 1) next()
  return next
}

const modulus = 2 ** 31 - 1
const factor = 48271
