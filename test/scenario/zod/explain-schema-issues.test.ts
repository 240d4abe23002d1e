import { describe, expect, test } from 'vitest'
import { minimal, places, suggestions, variant, withHost, withMap, withRegion } from '../reading.ts'

const scenario = (host: string, more: string): string => `version: 1
host: { memory: 4 GiB${host} }
groups: { a: { processes: 1 } }
${more}
`

test('every issue is told at once, in file order, with what is valid still checked', () => {
  const text = variant(
    ['512 GB', '512'],
    ['backing: posix-shm', 'bakcing: memfd'],
    ['processes: 1500', 'processes: many'],
    ['[{ region: sga }]', '[{ region: sga, length: 301 GB }, { region: sgb }, 7]'],
  )
  expect(places(text)).toEqual([
    '4:11 sizes need a unit: `512` has none',
    '6:24 unknown key `bakcing`',
    '9:16 `many` is not a number',
    '11:35 ends past the end of `sga`, whose size is 300 GiB',
    '11:55 no region is called `sgb`',
    '11:62 `maps[2]` has no keys',
  ])
})

test('what follows from a misspelt key is not told as well', () => {
  expect(places(variant(['size: 300 GB', 'siez: 300 GB']))).toEqual(['6:10 unknown key `siez`'])
  expect(places(withMap('touched: { last: 1 GB }'))).toEqual(['11:38 unknown key `last`'])
})

test('what stands under a key that is no size is not looked at', () => {
  for (const value of ['y', '{}', '[1]', '~', '-1']) {
    expect(places(scenario(`, hugepages: { x: ${value} }`, ''))).toEqual(['2:37 `x` is not a size'])
  }
})

describe('a key or value of the wrong form is an issue at its place', () => {
  test.each([
    ['a missing version', variant(['version: 1\n', '']), '1:1 `version` is missing'],
    ['another version', variant(['version: 1', 'version: 2']), '1:10 version `2` is unknown'],
    ['no machine', variant(['host:\n  memory: 512 GB\n', '']), '1:1 `host` is missing'],
    ['no memory', variant(['  memory: 512 GB\n', '  swap: 0 B\n']), '3:1 `memory` is missing'],
    ['an empty value', variant(['512 GB', '']), '4:3 `memory` has no value'],
    ['a scalar for a mapping', withHost('  thp: always'), '5:8 `thp` has no keys'],
    ['a cgroup without limit', withHost('  cgroups: { db: {} }'), '5:14 `limit` is missing'],
    ['a pool that is a number', withHost('  hugepages: 512'), '5:14 `hugepages` has no keys'],
    [
      'a lower bound without a size',
      withRegion('size: 1 GB, resident: {}'),
      '6:22 `atLeast` is missing',
    ],
    ['a list that is not quoted', withMap('touched: { pages: 0,7-9 }'), '11:47 unknown key `7-9`'],
    ['an unknown gate', `${minimal}gates: { headrom: 10% }\n`, '12:10 unknown key `headrom`'],
    ['a key called __proto__', `${minimal}__proto__: 1\n`, '12:1 unknown key `__proto__`'],
    ['a key called constructor', withHost('  constructor: 1'), '5:3 unknown key `constructor`'],
  ])('%s', (_, text, expected) => {
    expect(places(text)).toEqual([expected])
  })
})

test('says what would do', () => {
  expect(suggestions(variant(['host:', 'hots:']))).toEqual(['did you mean `host`?'])
})

test.each([
  ['x86-64', '2 MiB'],
  ['arm64-64k-48', '512 MiB'],
  ['s390x', '1 MiB'],
])('a bare number of huge pages on %s suggests those of %s', (layout, page) => {
  expect(suggestions(withHost(`  layout: ${layout}\n  hugepages: 512`))).toEqual([
    `write \`{ ${page}: 512 }\``,
  ])
  expect(suggestions(withHost('  hugepages: 512'))).toEqual(['write `{ 2 MiB: 512 }`'])
})
