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
    [
      'clusters of accesses by rank',
      withMap('touched: { zipf: { exponent: 1, accesses: 9 }, in: 1 MiB }'),
      '11:78 `in` requires `random`: it is the size of the clusters that `random` draws',
    ],
    [
      'an exponent below 0',
      withMap('touched: { zipf: { exponent: -0.1, accesses: 9 } }'),
      '11:56 `-0.1` is negative',
    ],
    [
      'no end of an exponent',
      withMap('touched: { zipf: { exponent: .inf, accesses: 9 } }'),
      '11:56 `.inf` is not a finite number',
    ],
    [
      'a part of an access',
      withMap('touched: { zipf: { exponent: 1, accesses: 9.5 } }'),
      '11:69 9.5 is not a whole number',
    ],
    [
      'no access',
      withMap('touched: { zipf: { exponent: 1, accesses: 0 } }'),
      '11:69 0 is too small',
    ],
    [
      'accesses missing',
      withMap('touched: { zipf: { exponent: 1 } }'),
      '11:38 `accesses` is missing',
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
  const zipf = (text: string) => suggestions(withMap(`touched: { zipf: { ${text} } }`))
  expect(zipf('exponent: "1.1", accesses: 9')).toEqual(['write `1.1`, without quotes'])
  expect(zipf('exponent: "1,1", accesses: 9')).toEqual([undefined])
  expect(zipf('exponent: 1, accesses: 9, order: scatter')).toEqual(['did you mean `scattered`?'])
  expect(zipf('exponnent: 1, accesses: 9')).toEqual(['did you mean `exponent`?'])
  expect(
    suggestions(withMap('touched: { zipf: { exponent: 1, accesses: 9 }, in: 1 MiB }')),
  ).toEqual(['remove `in`'])
})
