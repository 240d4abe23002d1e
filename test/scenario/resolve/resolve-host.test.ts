import { describe, expect, test } from 'vitest'
import { places, read, variant, withHost } from '../reading.ts'

const host = (more: string) =>
  read(variant(['  memory: 512 GB\n', `  memory: 512 GB\n${more}\n`])).workload.host

describe('the kernel is read from the source text', () => {
  test.each([
    ['6.10', 6, 10],
    ['6.1', 6, 1],
    ['"5.15.0-105-generic"', 5, 15],
    ['4.15', 4, 15],
    ['6.19', 6, 19],
    ['7.2', 7, 2],
    ['7.3', 7, 2],
  ])('%s', (text, major, minor) => {
    expect(host(`  kernel: ${text}`).kernel).toEqual({ major, minor })
  })

  test('a later one than the newest that is known is planned as that, and says so', () => {
    const { assumptions } = read(
      variant(['  memory: 512 GB\n', '  memory: 512 GB\n  kernel: 7.3\n']),
    )
    const [first] = assumptions.filter(({ path }) => path === 'host.kernel')
    expect(first).toMatchObject({ value: '7.2', source: expect.stringContaining('7.3') })
  })
})

test('the machine, in full', () => {
  const more = `  kernel: 5.14
  pti: true
  swap: 64 GB
  reserve: { os: 4 GB, agents: 512 MB }
  minFree: 90112 KB
  hugepages: { 2 MiB: 153600, 1 GiB: 4 }
  overcommit: { mode: never, ratio: 80 }
  thp: { anonymous: always, shmem: within_size }
  cgroups: { db: { limit: 400 GB } }`
  expect(host(more)).toMatchObject({
    pti: true,
    swap: 68_719_476_736,
    reserves: [
      { name: 'os', bytes: 4_294_967_296 },
      { name: 'agents', bytes: 536_870_912 },
    ],
    minFree: 92_274_688,
    hugepages: [
      { pageBytes: 2_097_152, count: 153_600 },
      { pageBytes: 1_073_741_824, count: 4 },
    ],
    overcommit: { mode: 'never', ratio: 80 },
    thp: { anonymous: 'always', shmem: 'within_size' },
    cgroups: [{ name: 'db', limit: 429_496_729_600 }],
  })
  expect(host('  reserve: 4 GB').reserves).toEqual([{ name: 'reserve', bytes: 4_294_967_296 }])
})

describe('a machine that cannot be is an issue at its place', () => {
  test.each([
    ['a machine of 0 B', variant(['512 GB', '0 B']), '4:11 a machine needs memory'],
    ['an old kernel', withHost('  kernel: 4.9'), '5:11 Linux 4.9 is too old: its counters differ'],
    [
      'a pool of no page size',
      withHost('  hugepages: { 3 MiB: 1 }'),
      '5:16 x86-64 has no huge pages of 3 MiB',
    ],
    [
      'a pool given twice',
      withHost('  hugepages: { 2 MiB: 1, 2048 K: 1 }'),
      '5:26 a second pool of 2 MiB pages',
    ],
    [
      'a size of huge page that the layout lacks',
      withHost('  hugepageSizes: [2 MiB, 16 MiB]'),
      '5:26 x86-64 has no huge pages of 16 MiB',
    ],
    [
      'a pool of pages that the machine lacks',
      withHost('  hugepages: { 1 GiB: 4 }\n  hugepageSizes: [2 MiB]'),
      '6:18 `host.hugepages` has a pool of 1 GiB, a size that is missing here',
    ],
    [
      'page-table isolation of another architecture',
      withHost('  layout: arm64-4k-48\n  pti: true'),
      '6:8 arm64-4k-48 has no second PGD page: only x86-64 isolates page tables that way',
    ],
  ])('%s', (_, text, expected) => {
    expect(places(text)).toEqual([expected])
  })
})
