import { describe, expect, test } from 'vitest'
import { places, read, variant, withMap } from '../reading.ts'

test('an address near the end of a 57-bit space is read to the page', () => {
  // The mapping ends where TASK_SIZE_MAX does: 2^56 − 4096.
  const text = `version: 1
host: { memory: 1 GB, layout: x86-64-5level }
regions: { sga: { size: 1 GiB } }
groups: { one: { processes: 1, maps: [{ region: sga, at: "0xffffffbffff000" }] } }
`
  expect(read(text).workload.groups[0]?.maps[0]?.at).toBe(2 ** 44 - 1 - 2 ** 18)
})

describe('a mapping that cannot be is an issue at its place', () => {
  test.each([
    [
      'a private attachment of System V memory',
      variant(['posix-shm', 'sysv-shm'], ['{ region: sga }', '{ region: sga, private: true }']),
      '11:36 `sga` is sysv-shm, which cannot be attached privately',
    ],
    [
      'an unaligned address',
      withMap('at: "0x1001"'),
      '11:31 `0x1001` is not a multiple of the page size, 4 KiB',
    ],
    [
      'an address beyond user space',
      withMap('at: 0x800000000000'),
      '11:31 outside the address space of a process on x86-64',
    ],
    [
      "an address of the kernel's half",
      withMap('at: 0xffff800000000000'),
      '11:31 outside the address space of a process on x86-64',
    ],
    [
      'an unaligned address of that half',
      withMap('at: "0xffff800000000001"'),
      '11:31 `0xffff800000000001` is not a multiple of the page size, 4 KiB',
    ],
    [
      'an unaligned offset',
      withMap('offset: 1 KiB'),
      "11:35 not a multiple of the region's 4 KiB pages",
    ],
    [
      'an offset past the region',
      withMap('offset: 300 GB'),
      '11:35 begins past the end of `sga`, whose size is 300 GiB',
    ],
    [
      'a length past the region',
      withMap('offset: 1 GB, length: 300 GB'),
      '11:49 ends past the end of `sga`, whose size is 300 GiB',
    ],
    ['an empty mapping', withMap('length: 0 B'), '11:35 a mapping cannot be empty'],
  ])('%s', (_, text, expected) => {
    expect(places(text)).toEqual([expected])
  })
})
