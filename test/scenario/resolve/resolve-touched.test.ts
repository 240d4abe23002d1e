import { describe, expect, test } from 'vitest'
import { places, read, suggestions, variant, withMap } from '../reading.ts'

const ranges = (...pairs: readonly (readonly [number, number])[]) => ({
  kind: 'ranges',
  ranges: pairs.map(([first, length]) => ({ first, length })),
})
const clusters = (drawn: number, clusterPages: number) => ({
  kind: 'clusters',
  drawn,
  clusterPages,
})
const touched = (text: string) =>
  group(`{ region: sga, length: 40 KiB, touched: ${text} }`)?.maps[0]?.touched
const group = (text: string, more = '') =>
  read(variant(['{ region: sga }', text], ['    private: 6 MB\n', `    private: 6 MB\n${more}`]))
    .workload.groups[0]

describe('touched pages come in their simplest form', () => {
  test.each([
    ['all', ranges([0, 10])],
    ['none', ranges()],
    ['40%', { kind: 'random', drawn: 4 }],
    ['41%', { kind: 'random', drawn: 5 }],
    ['0%', ranges()],
    ['100%', ranges([0, 10])],
    ['{ first: 40% }', ranges([0, 4])],
    ['{ first: 1 B }', ranges([0, 1])],
    ['{ first: 5 KiB }', ranges([0, 2])],
    ['{ first: 0 B }', ranges()],
    ['{ every: 8 KiB }', { kind: 'every', stride: 2 }],
    ['{ every: 5 KiB }', { kind: 'every', stride: 2 }],
    ['{ every: 1 B }', ranges([0, 10])],
    ['{ every: 1 TiB }', { kind: 'every', stride: 268_435_456 }],
    ['{ pages: "0,5,7-9" }', ranges([0, 1], [5, 1], [7, 3])],
    ['{ pages: "9, 8, 5-6, 6, 5, 7" }', ranges([5, 5])],
    ['{ pages: 5 }', ranges([5, 1])],
    ['{ ranges: [] }', ranges()],
    ['{ ranges: [{ offset: 4095 B, length: 2 B }] }', ranges([0, 2])],
    ['{ ranges: [{ offset: 8 KiB, length: 0 B }] }', ranges()],
    [
      '{ ranges: [{ offset: 16 KiB, length: 8 KiB }, { offset: 0 B, length: 16 KiB }] }',
      ranges([0, 6]),
    ],
    ['{ random: 3 pages }', { kind: 'random', drawn: 3 }],
    ['{ random: 5 KiB }', { kind: 'random', drawn: 2 }],
    ['{ random: 10 pages }', ranges([0, 10])],
    ['{ random: 0 pages }', ranges()],
    ['{ random: 40%, in: 8 KiB }', clusters(2, 2)],
    ['{ random: 41%, in: 8 KiB }', clusters(3, 2)],
    ['{ random: 3 pages, in: 12 KiB }', clusters(1, 3)],
    ['{ random: 4 pages, in: 9 KiB }', clusters(2, 3)],
    ['{ random: 91%, in: 12 KiB }', ranges([0, 10])],
    ['{ random: 1%, in: 40 KiB }', ranges([0, 10])],
    ['{ random: 0%, in: 8 KiB }', ranges()],
    ['{ random: 3 pages, in: 4 KiB }', { kind: 'random', drawn: 3 }],
    [
      '{ zipf: { exponent: 1.1, accesses: 1e7 } }',
      { kind: 'zipf', exponent: 1.1, accesses: 10_000_000, order: 'in-order' },
    ],
    [
      '{ zipf: { order: scattered, exponent: 0, accesses: 1 } }',
      { kind: 'zipf', exponent: 0, accesses: 1, order: 'scattered' },
    ],
    ['{ in: 1 B, random: 3 pages }', { kind: 'random', drawn: 3 }],
  ])('%s', (text, expected) => {
    expect(touched(text)).toEqual(expected)
  })
})

describe('touched pages that the mapping does not have is an issue at its place', () => {
  test.each([
    [
      'a page past the mapping',
      withMap('length: 8 K, touched: { pages: "2" }'),
      '11:58 page 2 is past the mapping, which has 2 pages',
    ],
    [
      'first past the mapping',
      withMap('length: 8 K, touched: { first: 9 K }'),
      '11:58 `9 K` reaches past the mapping: 3 pages of 2',
    ],
    [
      'too many drawn',
      withMap('length: 8 K, touched: { random: 3 pages }'),
      '11:59 `3 pages` draws more pages than the mapping has: 3 pages of 2',
    ],
    [
      'clusters of nothing',
      withMap('touched: { random: 40%, in: 0 B }'),
      '11:55 a cluster cannot be 0 B',
    ],
    [
      'clusters larger than the mapping',
      withMap('length: 8 K, touched: { random: 40%, in: 9 K }'),
      '11:68 a cluster of `9 K` is larger than the mapping: 3 pages of 2',
    ],
    [
      'a range past the mapping',
      withMap('length: 8 K, touched: { ranges: [{ offset: 4 K, length: 5 K }] }'),
      '11:60 this range ends 1 page past its mapping',
    ],
    ['every 0 B', withMap('touched: { every: 0 B }'), '11:45 the distance cannot be 0 B'],
  ])('%s', (_, text, expected) => {
    expect(places(text)).toEqual([expected])
  })
})

test('says what would do', () => {
  expect(suggestions(withMap('touched: { random: 40%, in: 0 B }'))).toEqual([
    'write `in: 1 MiB`, or remove `in` to draw single pages',
  ])
})
