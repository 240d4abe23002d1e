import { describe, expect, test } from 'vitest'
import { minimal, places, suggestions } from '../reading.ts'

describe('a strategy is an issue at its place', () => {
  test.each([
    [
      'an unknown strategy',
      `${minimal}strategies: [hugetlb-2mb]\n`,
      '12:14 no strategy is called `hugetlb-2mb`',
    ],
  ])('%s', (_, text, expected) => {
    expect(places(text)).toEqual([expected])
  })
})

test('says what would do', () => {
  expect(suggestions(`${minimal}strategies: [hugepages]\n`)).toEqual(['did you mean `hugetlb-2m`?'])
})
