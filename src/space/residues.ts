/** Whole numbers modulo a number: which of them arithmetic progressions meet. */

export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

/**
 * The least `x ≥ 0` with `factor · x ≡ value (mod modulus)`; `undefined` where it does not exist. All
 * solutions lie `modulus / gcd(factor, modulus)` apart.
 */
export function residueOf(factor: number, value: number, modulus: number): number | undefined {
  const divisor = greatestCommonDivisor(factor, modulus)
  if (value % divisor !== 0) return undefined
  const period = BigInt(modulus / divisor)
  const inverse = inverseOf(BigInt(factor / divisor) % period, period)
  return Number(modulo(BigInt(value / divisor) * inverse, period))
}

/** Euclid: the inverse of a number that has no divisor in common with the modulus. */
function inverseOf(value: bigint, modulus: bigint): bigint {
  let [old, rest] = [value, modulus]
  let [factor, next] = [1n, 0n]
  while (rest !== 0n) {
    const quotient = old / rest
    ;[old, rest] = [rest, old - quotient * rest]
    ;[factor, next] = [next, factor - quotient * next]
  }
  return factor
}

/** The least of `(start + i · step) mod modulus` for `0 ≤ i < terms`, `terms ≥ 1`. */
export function leastResidue(start: number, step: number, modulus: number, terms: number): number {
  return Number(leastOf(BigInt(start), BigInt(step), BigInt(modulus), BigInt(terms)))
}

/**
 * After each turn over the modulus the progression starts again below its step: the least of those
 * starts is the same question with the step as modulus. A step past half of the modulus is walked
 * backwards, so that the modulus halves each time.
 */
function leastOf(start: bigint, step: bigint, modulus: bigint, terms: bigint): bigint {
  const [from, by] = [modulo(start, modulus), modulo(step, modulus)]
  if (by === 0n) return from
  if (2n * by > modulus) return leastOf(from + by * (terms - 1n), -by, modulus, terms)
  const turns = (from + by * (terms - 1n)) / modulus
  if (turns === 0n) return from
  const later = leastOf(from - modulus, -modulus, by, turns)
  if (later < from) return later
  return from
}

function modulo(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus
  return rest < 0n ? rest + modulus : rest
}
