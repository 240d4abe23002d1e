import { gaussLegendre } from '../untouched.ts'
import { steepest } from './rank-sum.ts'

/** How a summand falls: like a power of the distance from an origin, or a smooth function of one. */
export interface Fall {
  /** Where on the axis of the summand the power would be infinite. */
  readonly origin: number
  readonly exponent: number
}

/** Terms behind the last origin that are added one by one. */
const exactTerms = 160

/**
 * Σ f(i) over whole i from `from` up to, but without, `to`, where f is made of falls, and its values
 * are probabilities. Term by term near an origin; then the midpoint form of the Euler–Maclaurin
 * formula, with differences for derivatives: ∫ f − δf / 24 + 17 δ³f / 5760, each at both ends. At
 * 160 terms from the origin what is cut off is below 1e-9 of the sum for every exponent at which
 * those terms still count. The work grows with the logarithm of the length.
 * @param f also asked between whole numbers, and up to two past `to`, from 158 terms behind an origin on.
 */
export function smoothSum(
  from: number,
  to: number,
  falls: readonly Fall[],
  f: (at: number) => number,
): number {
  const origin = Math.max(...falls.map((fall) => fall.origin))
  const exponent = Math.max(0, ...falls.map((fall) => fall.exponent))
  const smooth = Math.max(from, Math.ceil(origin) + exactTerms)
  const isShort = to - smooth <= exactTerms
  const exactEnd = isShort ? to : smooth
  let sum = 0
  for (let at = from; at < exactEnd; at++) sum += f(at)
  if (isShort) return sum
  return (
    sum + integral(smooth - 0.5, to - 0.5, origin, exponent, f) + atEnd(to, f) - atEnd(smooth, f)
  )
}

/** On pieces in which the distance from the origin grows by at most so much that f stays tame. */
function integral(
  from: number,
  to: number,
  origin: number,
  exponent: number,
  f: (at: number) => number,
): number {
  const growth = 3 / (1 + Math.min(exponent, steepest))
  let sum = 0
  for (let start = from; start < to; ) {
    const end = Math.min(to, start + (start - origin) * growth)
    const [middle, half] = [(start + end) / 2, (end - start) / 2]
    for (const [node, weight] of gaussLegendre) {
      sum += half * weight * (f(middle - half * node) + f(middle + half * node))
    }
    start = end
  }
  return sum
}

function atEnd(end: number, f: (at: number) => number): number {
  const [before, behind] = [f(end - 1), f(end)]
  const third = f(end + 1) - 3 * behind + 3 * before - f(end - 2)
  return (17 * third) / 5760 - (behind - before) / 24
}
