import { describe, expect, test } from 'vitest'
import { minimal, places, suggestions, variant, withClients, withRegion } from '../reading.ts'

test('a region that comes after another one must stand behind it', () => {
  const two = (after: string) =>
    variant([
      'regions:\n',
      `regions:\n  logs: { size: 1 GB, after: sga }\n  more: { size: 1 GB, after: ${after} }\n`,
    ])
  expect(places(two('logs'))).toEqual(['6:30 no region before this one is called `sga`'])
  expect(places(two('log'))).toEqual([
    '6:30 no region before this one is called `sga`',
    '7:30 no region before this one is called `log`',
  ])
})

test('processes are summed over groups', () => {
  const text = `${variant(['1500\n', '4194304\n'])}  more: { processes: 1 }\n`
  expect(places(text)).toEqual([
    '12:22 4194305 processes, including the groups above, exceed the limit of Linux',
  ])
})

describe('a name that stands for nothing is an issue at its place', () => {
  test.each([
    [
      'an unknown owner',
      withRegion('size: 1 GB, mshare: { owner: client }'),
      '6:39 no group is called `client`',
    ],
    [
      'too many processes',
      variant(['1500\n', '4194305\n']),
      '9:16 4194305 processes exceed the limit of Linux',
    ],
    ['an unknown cgroup', withClients('cgroup: db'), '10:13 no control group is called `db`'],
    [
      'an unknown region',
      variant(['region: sga }', 'region: sag }']),
      '11:22 no region is called `sag`',
    ],
    [
      'a strategy listed twice',
      `${minimal}strategies: [mshare, mshare]\n`,
      '12:22 `mshare` is listed twice',
    ],
  ])('%s', (_, text, expected) => {
    expect(places(text)).toEqual([expected])
  })
})

test('says what would do', () => {
  expect(suggestions(variant(['region: sga }', 'region: SGA1 }']))).toEqual(['did you mean `sga`?'])
})
