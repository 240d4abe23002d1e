/** Above this nothing that a number can hold is left of the normal distribution. */
const farthest = 8

/**
 * The part of the standard normal distribution below a value; wrong by less than 1e-14. Sums the series
 * Φ(z) = ½ + φ(z) · (z + z³/3 + z⁵/(3·5) + …): G. Marsaglia, "Evaluating the Normal Distribution", Journal of
 * Statistical Software 11(4), 2004.
 */
export function belowNormal(z: number): number {
  if (z >= farthest) return 1
  if (z <= -farthest) return 0
  let [term, sum] = [z, z]
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
    term *= (z * z) / odd
    sum += term
  }
  return 0.5 + sum * density(z)
}

/**
 * The value that a part of the standard normal distribution is below, for parts from 1e-13 to 1 − 1e-13. Begins
 * with formula 26.2.23 of Abramowitz and Stegun (wrong by less than 4.5e-4) and doubles its digits by
 * Newton's method.
 */
export function normalQuantile(part: number): number {
  const tail = Math.min(part, 1 - part)
  const t = Math.sqrt(-2 * Math.log(tail))
  const upper =
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) /
      (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t)
  let z = part < 0.5 ? -upper : upper
  for (let step = 0; step < 3; step += 1) z -= (belowNormal(z) - part) / density(z)
  return z
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
}
