import { describe, expect, test } from 'vitest'
import {
  minimal,
  places,
  suggestions,
  variant,
  withClients,
  withHost,
  withMap,
  withRegion,
} from '../reading.ts'

describe('a size that is none is an issue at its place', () => {
  test.each([
    ['a size without unit', variant(['512 GB', '512']), '4:11 sizes need a unit: `512` has none'],
    ['an unknown unit', variant(['512 GB', '512 GX']), '4:11 `GX` is not a unit'],
    ['a negative size', variant(['512 GB', '-1 GB']), '4:11 `-1 GB` is negative'],
    ['an infinite size', variant(['512 GB', '.inf']), '4:11 `.inf` is not a size'],
    ['no number', variant(['512 GB', '.nan']), '4:11 `.nan` is not a size'],
    ['a huge size', variant(['512 GB', '8 PiB']), '4:11 `8 PiB` is too large'],
    [
      'a pool key without unit',
      withHost('  hugepages: { 2048: 1 }'),
      '5:16 sizes need a unit: `2048` has none',
    ],
    [
      'a lower bound without a unit',
      withRegion('size: 1 GB, resident: { atLeast: 2 }'),
      '6:43 sizes need a unit: `2` has none',
    ],
    [
      'clusters without a unit',
      withMap('touched: { random: 40%, in: 1 }'),
      '11:55 sizes need a unit: `1` has none',
    ],
    [
      'a gate beyond 100 %',
      `${minimal}gates: { headroom: 110% }\n`,
      '12:20 `110%` is not a percentage',
    ],
  ])('%s', (_, text, expected) => {
    expect(places(text)).toEqual([expected])
  })
})

test('says what would do', () => {
  expect(suggestions(variant(['512 GB', '512']))).toEqual(['did you mean `512 GB`?'])
  expect(suggestions(variant(['512 GB', '549755813888']))).toEqual([
    'if these are bytes, write `512 GiB`',
  ])
  expect(suggestions(withMap('touched: { random: 1000 }'))).toEqual(['did you mean `1000 pages`?'])
  expect(suggestions(withMap('touched: { random: 40%, in: 1 }'))).toEqual(['did you mean `1 MB`?'])
  expect(suggestions(withClients('baseTables: 160'))).toEqual(['did you mean `160 KB`?'])
  expect(suggestions(`${minimal}gates: { headroom: 10 }\n`)).toEqual([
    'did you mean `10 GB` or `10%`?',
  ])
})
