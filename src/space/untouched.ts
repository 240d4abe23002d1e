/**
 * Probability that a uniform draw of `drawn` distinct pages out of `all` leaves a given set of
 * `span` pages untouched: `C(all − span, drawn) / C(all, drawn)`, as a natural logarithm.
 * −Infinity where the draw must hit the set. Relative error below 1e-12; the time does not depend
 * on the size: products where one of the two numbers is small, quadrature of a smooth summand
 * otherwise. (Differences of log-gamma functions would lose the digits.)
 */
export function logUntouched(span: number, drawn: number, all: number): number {
  // Symmetric in span and drawn: Π_{i < fewer} (1 − more / (all − i)).
  const fewer = Math.min(span, drawn)
  const more = Math.max(span, drawn)
  if (fewer === 0) return 0
  if (fewer + more > all) return Number.NEGATIVE_INFINITY
  if (fewer <= productLimit) return logProduct(fewer, more, all)
  // The sum is at most −fewer · more / all: past the smallest double the probability is 0.
  if (fewer * (more / all) > negligible) return Number.NEGATIVE_INFINITY
  return logQuadrature(fewer, more, all)
}

/** Probability that the draw touches the set: `1 − exp(logUntouched)`, without cancellation. */
export function touchedProbability(logOfUntouched: number): number {
  // `+ 0` keeps −0 out of results.
  return -Math.expm1(logOfUntouched) + 0
}

const productLimit = 4096
/** exp(−800) is below the smallest positive double. */
const negligible = 800

/** Groups that draw alike ask for the same product again and again: the last ones are kept. */
const products = new Map<string, number>()
const mostProducts = 1000

function logProduct(fewer: number, more: number, all: number): number {
  const key = `${fewer}/${more}/${all}`
  const known = products.get(key)
  if (known !== undefined) return known
  let sum = 0
  for (let i = 0; i < fewer; i++) sum += Math.log1p(-more / (all - i))
  if (products.size === mostProducts) products.clear()
  products.set(key, sum)
  return sum
}

/**
 * Σ_{i < fewer} g(i) with g(x) = log(1 − more / (all − x)), by the midpoint form of the
 * Euler–Maclaurin formula: ∫ g over [−½, fewer − ½] − (g′(end) − g′(start)) / 24. Here fewer and
 * more are at most a fifth of all, so g has no singularity near the interval and Gauss–Legendre
 * quadrature on sixteen points is exact to the last digits.
 */
function logQuadrature(fewer: number, more: number, all: number): number {
  const half = fewer / 2
  const middle = half - 0.5
  let integral = 0
  for (const [node, weight] of gaussLegendre) {
    integral += weight * Math.log1p(-more / (all - (middle + half * node)))
    integral += weight * Math.log1p(-more / (all - (middle - half * node)))
  }
  const slope = (x: number): number => -more / ((all - x) * (all - x - more))
  return half * integral - (slope(fewer - 0.5) - slope(-0.5)) / 24
}

/** Nodes and weights of the 16-point rule on [−1, 1]; the other nodes are their mirror images (Abramowitz and Stegun, table 25.4). */
export const gaussLegendre: readonly (readonly [number, number])[] = [
  [0.09501250983763744, 0.1894506104550685],
  [0.2816035507792589, 0.1826034150449236],
  [0.4580167776572274, 0.1691565193950025],
  [0.6178762444026438, 0.1495959888165767],
  [0.755404408355003, 0.1246289712555339],
  [0.8656312023878318, 0.0951585116824928],
  [0.9445750230732326, 0.0622535239386479],
  [0.9894009349916499, 0.0271524594117541],
]
