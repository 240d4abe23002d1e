import type { Stretch } from './stretch.ts'
import { stretchesOf } from './stretch.ts'
import type { Toucher } from './toucher.ts'
import { logUntouched } from './untouched.ts'

/**
 * Variance of the number of spans that one random draw touches, from the probability that two
 * spans of s and t pages both stay untouched, `C(n − s − t, k) / C(n, k)`. 0 where chance has no
 * part. Unit: spans squared. For `draws` independent processes, each its own spans, it adds up.
 */
export function spansVariance(toucher: Toucher, reach: number): number {
  const { touched, pages } = toucher
  if (touched.kind !== 'random') return 0
  const log = (size: number): number => logUntouched(size, touched.drawn, pages)
  const sizes = stretchesOf(toucher, reach).flatMap(sizeOf)
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
  return Math.max(0, variance)
}

function sizeOf(stretch: Stretch): readonly { readonly size: number; readonly spans: number }[] {
  if (stretch.kind !== 'chance') return []
  return [{ size: stretch.size, spans: stretch.to - stretch.from }]
}
