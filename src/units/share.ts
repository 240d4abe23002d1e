import type { Pages } from './quantity.ts'
import { pages as asPages } from './quantity.ts'

/** An exact part of a whole, from 0 to 1: `numerator / denominator`. */
export interface Share {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** Longer than any percentage that a person writes; keeps the arithmetic small. */
const mostDecimals = 40
const form = /^(\d{1,3}(?:\.\d+)?|\.\d+)\s*%$/

/** Reads `40%` or `0.5 %`, from 0 to 100 with decimals; `undefined` where the text is something else. */
export function parseShare(text: string): Share | undefined {
  const number = form.exec(text.trim())?.[1]
  if (number === undefined) return undefined
  const [whole = '', decimals = ''] = number.split('.')
  const fraction = decimals.replace(/0+$/, '')
  if (fraction.length > mostDecimals) return undefined
  const numerator = BigInt(`0${whole}${fraction}`)
  const denominator = 100n * 10n ** BigInt(fraction.length)
  return numerator > denominator ? undefined : { numerator, denominator }
}

/** That share of `pages`, rounded up to whole pages. Exact. */
export function pagesOfShare(share: Share, pages: Pages): Pages {
  const product = share.numerator * BigInt(pages)
  return asPages(Number((product + share.denominator - 1n) / share.denominator))
}

/** The share as the nearest number from 0 to 1. */
export function fractionOfShare(share: Share): number {
  return Number(share.numerator) / Number(share.denominator)
}
