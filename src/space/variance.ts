import { sumBy } from '../units/sum.ts'
import type { Access } from './access.ts'
import { spansMeetingMore } from './grid-phase.ts'
import { pairsInCommon } from './pair-overlap.ts'
import { drawOf } from './random-draw.ts'
import type { Stretch } from './stretch.ts'
import { stretchesOf } from './stretch.ts'
import { logUntouched } from './untouched.ts'
import { smoothSum } from './zipf/smooth-sum.ts'

/**
 * Variance of the number of spans that one random draw touches, from the probability that two
 * spans of s and t clusters both stay untouched, `C(n − u, k) / C(n, k)` with u = s + t, or s + t − 1
 * where one cluster is in both. 0 where chance has no part. Unit: spans squared. For `draws`
 * independent processes, each its own spans, it adds up.
 *
 * Of accesses by rank it is Σ p (1 − p), as if spans were hit independently: a bound where the ranks lie
 * in order, as one span is hit the less the more others are (Joag-Dev and Proschan, Annals of
 * Statistics 11, 1983).
 */
export function spansVariance(access: Access, reach: number): number {
  if (access.touched.kind === 'zipf') return independentVariance(stretchesOf(access, reach))
  const draw = drawOf(access.touched, access.pages)
  if (draw === undefined) return 0
  const log = (size: number): number => logUntouched(size, draw.drawn, draw.clusters)
  const sizes = stretchesOf(access, reach).flatMap(sizesOf)
  let variance = 0
  sizes.forEach((a, index) => {
    const untouched = Math.exp(log(a.size))
    variance += a.spans * untouched * -Math.expm1(log(a.size))
    sizes.slice(index).forEach((b, further) => {
      const pairs = further === 0 ? a.spans * (a.spans - 1) : 2 * a.spans * b.spans
      if (pairs === 0) return
      const independent = log(a.size) + log(b.size)
      if (independent === Number.NEGATIVE_INFINITY) return
      variance += pairs * Math.exp(independent) * Math.expm1(log(a.size + b.size) - independent)
    })
  })
  for (const { sizes: apart, pairs } of pairsInCommon(access, draw.clusterPages, reach)) {
    const together = log(apart - 1)
    if (pairs === 0 || together === Number.NEGATIVE_INFINITY) continue
    variance -= 2 * pairs * Math.exp(together) * Math.expm1(log(apart) - together)
  }
  return Math.max(0, variance)
}

function independentVariance(stretches: readonly Stretch[]): number {
  return sumBy(stretches, (stretch) => {
    const { from, to } = stretch
    if (stretch.kind === 'chance') {
      const { probability } = stretch.chance
      return (to - from) * probability * (1 - probability)
    }
    if (stretch.kind !== 'skewed') return 0
    const { skew } = stretch
    return smoothSum(from, to, [skew], (span) => skew.at(span) * (1 - skew.at(span)))
  })
}

interface Size {
  readonly size: number
  readonly spans: number
}

function sizesOf(stretch: Stretch): readonly Size[] {
  const { from, to } = stretch
  switch (stretch.kind) {
    case 'certain':
    case 'every':
    case 'skewed':
      return []
    case 'chance':
      return [{ size: stretch.chance.size, spans: to - from }]
    case 'phased': {
      const spans = spansMeetingMore(from, to, stretch.grids)
      return [
        { size: stretch.more.size, spans },
        { size: stretch.fewer.size, spans: to - from - spans },
      ]
    }
  }
}
