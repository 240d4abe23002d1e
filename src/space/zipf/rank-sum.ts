/** Sums Σ i^−s over the ranks `from + 1 … to`. From {@link exactRanks} on, the ends may be any numbers. */
export type RankSum = (from: number, to: number) => number

/** Ranks that are added one by one. */
export const exactRanks = 128

/** With a larger exponent the ranks behind {@link exactRanks} have less than 1e-134 of the first: nothing in any sum. */
export const steepest = 64

/**
 * The sums of one exponent. The first ranks one by one, the others by the midpoint form of the
 * Euler–Maclaurin formula. The derivatives of x^−s alternate in sign, so that what is cut off is less
 * than the first term left out, 31 / 967,680 · s(s + 1)(s + 2)(s + 3)(s + 4) / x^(s + 5): 1e-9 of a sum up
 * to s = 12, above which those ranks have less than 1e-25 of all.
 */
export function rankSumOf(exponent: number): RankSum {
  // From the end on: differences of small sums keep their digits.
  const behind = new Float64Array(exactRanks + 1)
  for (let rank = exactRanks; rank > 0; rank--) {
    behind[rank - 1] = (behind[rank] ?? 0) + rank ** -exponent
  }
  return (from, to) => {
    if (from >= exactRanks) return smoothPart(from, to, exponent)
    const rest = to > exactRanks ? smoothPart(exactRanks, to, exponent) : -(behind[to] ?? 0)
    return (behind[from] ?? 0) + rest
  }
}

function smoothPart(from: number, to: number, s: number): number {
  if (s > steepest) return 0
  const [start, end] = [from + 0.5, to + 0.5]
  const power = (degree: number): number => end ** (-s - degree) - start ** (-s - degree)
  return (
    integral(start, end, s) + (s / 24) * power(1) - ((7 * s * (s + 1) * (s + 2)) / 5760) * power(3)
  )
}

/** ∫ x^−s, without the cancellation of two antiderivatives. */
function integral(start: number, end: number, s: number): number {
  const log = Math.log1p((end - start) / start)
  const grown = (1 - s) * log
  const mean = grown === 0 ? 1 : Math.expm1(grown) / grown
  return start ** (1 - s) * log * mean
}
