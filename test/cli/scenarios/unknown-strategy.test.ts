import { describe, expect, it } from 'vitest'
import { noSuchStrategy, unknownStrategy } from '../../../src/cli/scenarios/unknown-strategy.ts'

const known = ['as-described', 'hugetlb-2m']

describe('a strategy that was asked for', () => {
  it('is fine where it is known, or none was', () => {
    expect(unknownStrategy('hugetlb-2m', known)).toBeUndefined()
    expect(unknownStrategy(undefined, known)).toBeUndefined()
  })

  it('is corrected where one is spelled like it', () => {
    const text = 'strategy hugetlb-2n is unknown; did you mean hugetlb-2m?'
    expect(unknownStrategy('hugetlb-2n', known)).toBe(text)
    expect(noSuchStrategy('hugetlb-2n', known)).toBe(text)
  })

  it('is told all that are known where none is like it', () => {
    expect(unknownStrategy('cloud', known)).toBe(
      'strategy cloud is unknown; strategies are as-described, hugetlb-2m',
    )
  })
})
