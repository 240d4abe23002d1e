import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pages } from '../../src/units/quantity.ts'
import { fractionOfShare, pagesOfShare, parseShare } from '../../src/units/share.ts'

const of = (text: string, all: number) => {
  const share = parseShare(text)
  return share === undefined ? undefined : pagesOfShare(share, pages(all))
}

test.each([
  ['40%', 100, 40],
  ['40 %', 100, 40],
  ['40%', 1, 1],
  ['0%', 100, 0],
  ['100%', 78_643_200, 78_643_200],
  ['100.0%', 7, 7],
  ['0.5%', 1000, 5],
  ['.5%', 1000, 5],
  ['33.333%', 3, 1],
  ['33.334%', 3, 2],
  ['1%', 78_643_200, 786_432],
  ['0.1%', 9_007_199_254_740_991, 9_007_199_254_741],
  ['99.99999999999999999%', 9_007_199_254_740_991, 9_007_199_254_740_991],
])('%s of %i pages are %i: rounded up, exact', (text, all, expected) => {
  expect(of(text, all)).toBe(expected)
})

test.each(['101%', '100.1%', '-1%', '40', '%', '4e1%', '1,5%', 'NaN%'])(
  '%s is no share',
  (text) => {
    expect(parseShare(text)).toBeUndefined()
  },
)

test('as a fraction', () => {
  expect(fractionOfShare({ numerator: 10n, denominator: 100n })).toBe(0.1)
})

test('a share of the pages and what is left of it cover them all, with at most one page twice', () => {
  fc.assert(
    fc.property(fc.nat(100), fc.maxSafeNat(), (percent, all) => {
      const sum = BigInt(of(`${percent}%`, all) ?? -1) + BigInt(of(`${100 - percent}%`, all) ?? -1)
      expect(sum - BigInt(all)).toBeOneOf([0n, 1n])
    }),
    { numRuns: 1000 },
  )
})
