import { describe, expect, test } from 'vitest'
import { places, suggestions, withMap } from '../reading.ts'

describe('a set of touched pages of the wrong form is an issue at its place', () => {
  test.each([
    ['a misspelt touched', withMap('touched: al'), '11:36 `al` is not a set of touched pages'],
    [
      'a list that is none',
      withMap('touched: { pages: "9-7" }'),
      '11:45 `9-7` is not a list of pages',
    ],
    [
      'two kinds',
      withMap('touched: { first: 1 K, every: 4 K }'),
      '11:36 one kind of touched pages is needed',
    ],
    ['no kind', withMap('touched: {}'), '11:36 one kind of touched pages is needed'],
    [
      'clusters of nothing drawn',
      withMap('touched: { first: 40%, in: 1 MiB }'),
      '11:54 `in` requires `random`: it is the size of the clusters that `random` draws',
    ],
    [
      'clusters alone',
      withMap('touched: { in: 1 MiB }'),
      '11:36 one kind of touched pages is needed',
    ],
    ['more than 100 %', withMap('touched: 101%'), '11:36 `101%` is not a set of touched pages'],
  ])('%s', (_, text, expected) => {
    expect(places(text)).toEqual([expected])
  })
})

test('says what would do', () => {
  expect(suggestions(withMap('touched: 40'))).toEqual(['did you mean `40%`?'])
  expect(suggestions(withMap('touched: { first: 40%, in: 1 MiB }'))).toEqual([
    'write `{ random: 40%, in: 1 MiB }`',
  ])
})
