import { describe, expect, test } from 'vitest'
import { places, suggestions, variant, withClients, withHost, withRegion } from '../reading.ts'

describe('a value of the wrong kind is an issue at its place', () => {
  test.each([
    ['a flag that is text', withHost('  pti: yes'), '5:8 `yes` is neither true nor false'],
    [
      'a fraction of a page',
      withHost('  hugepages: { 2 MiB: 1.5 }'),
      '5:23 1.5 is not a whole number',
    ],
    ['a word that is none', withHost('  thp: { shmem: madvise }'), '5:17 unknown shmem `madvise`'],
    [
      'an unknown backing',
      withRegion('size: 1 GB, backing: posix'),
      '6:31 unknown backing `posix`',
    ],
    ['a negative count', variant(['1500\n', '-1500\n']), '9:16 -1500 is negative'],
    ['a fraction of a process', variant(['1500\n', '1.5\n']), '9:16 1.5 is not a whole number'],
    ['a number in quotes', variant(['1500\n', '"1500"\n']), '9:16 `1500` is not a number'],
    ['a number with underscores', variant(['1500\n', '1_500\n']), '9:16 `1_500` is not a number'],
    ['infinitely many', variant(['1500\n', '.inf\n']), '9:16 `.inf` is not a finite number'],
    ['a huge count', variant(['1500\n', '1e99\n']), '9:16 1e99 is too large'],
    ['no threads', withClients('threads: 0'), '10:14 0 is too small'],
    ['a negative user', withClients('uid: -1'), '10:10 -1 is negative'],
    ['an oomScoreAdj out of range', withClients('oomScoreAdj: -1001'), '10:18 -1001 is too small'],
    [
      'an unknown layout',
      withHost('  layout: x86_64-6level'),
      '5:11 unknown layout `x86_64-6level`',
    ],
  ])('%s', (_, text, expected) => {
    expect(places(text)).toEqual([expected])
  })
})

test('says what would do', () => {
  expect(suggestions(variant(['posix-shm', 'posix']))).toEqual(['did you mean `posix-shm`?'])
  expect(suggestions(variant(['1500\n', '"1500"\n']))).toEqual(['write `1500`, without quotes'])
})
