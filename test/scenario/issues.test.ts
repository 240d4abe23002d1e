import { describe, expect, test } from 'vitest'
import { readScenario } from '../../src/scenario/read-scenario.ts'
import { minimal, places, suggestions, variant } from './reading.ts'

const host = (more: string) => variant(['  memory: 512 GB\n', `  memory: 512 GB\n${more}\n`])
const sga = (more: string) => variant(['size: 300 GB, backing: posix-shm', more])
const clients = (more: string) => variant(['    private: 6 MB\n', `    ${more}\n`])
const map = (more: string) => variant(['{ region: sga }', `{ region: sga, ${more} }`])

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

describe('a wrong value is an issue at that value', () => {
  test.each([
    ['a missing version', variant(['version: 1\n', '']), '1:1 `version` is missing'],
    ['another version', variant(['version: 1', 'version: 2']), '1:10 version `2` is not known'],
    ['no machine', variant(['host:\n  memory: 512 GB\n', '']), '1:1 `host` is missing'],
    ['no memory', variant(['  memory: 512 GB\n', '  swap: 0 B\n']), '3:1 `memory` is missing'],
    ['a machine of 0 B', variant(['512 GB', '0 B']), '4:11 a machine without memory'],
    ['an empty value', variant(['512 GB', '']), '4:3 `memory` has no value'],
    ['a size without unit', variant(['512 GB', '512']), '4:11 sizes need a unit: `512` has none'],
    ['an unknown unit', variant(['512 GB', '512 GX']), '4:11 `GX` is not a unit'],
    ['a negative size', variant(['512 GB', '-1 GB']), '4:11 `-1 GB` is negative'],
    ['an infinite size', variant(['512 GB', '.inf']), '4:11 `.inf` is not a size'],
    ['no number', variant(['512 GB', '.nan']), '4:11 `.nan` is not a size'],
    ['a huge size', variant(['512 GB', '8 PiB']), '4:11 `8 PiB` is too large'],
    ['an unknown layout', host('  layout: x86_64-6level'), '5:11 unknown layout `x86_64-6level`'],
    ['an old kernel', host('  kernel: 4.9'), '5:11 Linux 4.9 is too old: its counters are others'],
    ['no kernel', host('  kernel: six'), '5:11 `six` is not a kernel release'],
    ['a flag that is text', host('  pti: yes'), '5:8 `yes` is neither true nor false'],
    [
      'a pool of no page size',
      host('  hugepages: { 3 MiB: 1 }'),
      '5:16 x86-64 has no huge pages of 3 MiB',
    ],
    [
      'a pool given twice',
      host('  hugepages: { 2 MiB: 1, 2048 K: 1 }'),
      '5:26 a second pool of 2 MiB pages',
    ],
    [
      'a pool key without unit',
      host('  hugepages: { 2048: 1 }'),
      '5:16 sizes need a unit: `2048` has none',
    ],
    [
      'a size of huge page that the layout lacks',
      host('  hugepageSizes: [2 MiB, 16 MiB]'),
      '5:26 x86-64 has no huge pages of 16 MiB',
    ],
    [
      'a pool of pages that the machine lacks',
      host('  hugepages: { 1 GiB: 4 }\n  hugepageSizes: [2 MiB]'),
      '6:18 `host.hugepages` has a pool of 1 GiB, a size that is missing here',
    ],
    ['a fraction of a page', host('  hugepages: { 2 MiB: 1.5 }'), '5:23 1.5 is not a whole number'],
    ['a word that is none', host('  thp: { shmem: madvise }'), '5:17 unknown shmem `madvise`'],
    ['a scalar for a mapping', host('  thp: always'), '5:8 `thp` has no keys'],
    ['a nameless reserve', host('  reserve: { "": 1 GB }'), '5:14 the name is empty'],
    ['a cgroup without limit', host('  cgroups: { db: {} }'), '5:14 `limit` is missing'],
    ['an empty region', sga('size: 0 B'), '6:16 an empty region cannot be mapped'],
    ['an unknown backing', sga('size: 1 GB, backing: posix'), '6:31 unknown backing `posix`'],
    [
      'huge pages on /dev/shm',
      sga('size: 1 GB, pageSize: 2 MiB'),
      '6:32 posix-shm has no pages of 2 MiB',
    ],
    [
      'huge pages on files',
      sga('size: 1 GB, backing: file, pageSize: 2 MiB'),
      '6:47 file has no pages of 2 MiB',
    ],
    [
      'base pages on hugetlbfs',
      sga('size: 1 GB, backing: hugetlbfs, pageSize: 4 KiB'),
      '6:52 hugetlbfs on x86-64 has no pages of 4 KiB',
    ],
    [
      'a page size of another machine',
      sga('size: 1 GB, backing: memfd, pageSize: 16 GB'),
      '6:48 memfd on x86-64 has no pages of 16 GiB',
    ],
    [
      'half a huge page',
      sga('size: 3 MiB, backing: hugetlbfs'),
      "6:16 not a multiple of the region's 2 MiB pages",
    ],
    ['more objects than pages', sga('size: 8 KiB, objects: 3'), '6:32 3 objects, but only 2 pages'],
    [
      'transparent hugetlb',
      sga('size: 1 GB, backing: hugetlbfs, thp: true'),
      '6:47 huge pages of this size are never transparent',
    ],
    [
      'transparent dax',
      sga('size: 1 GB, backing: dax, thp: true'),
      '6:41 the huge entries of dax are not transparent huge pages',
    ],
    [
      'transparent pages without a pmd',
      variant(
        ['512 GB\n', '512 GB\n  layout: arm64-64k-42\n'],
        ['posix-shm', 'posix-shm, thp: true'],
      ),
      '7:49 arm64-64k-42 has no transparent huge pages: it has no pmd level',
    ],
    [
      'page-table isolation of another architecture',
      host('  layout: arm64-4k-48\n  pti: true'),
      '6:8 arm64-4k-48 has no second PGD page: only x86-64 isolates page tables that way',
    ],
    [
      'a private attachment of System V memory',
      variant(['posix-shm', 'sysv-shm'], ['{ region: sga }', '{ region: sga, private: true }']),
      '11:36 `sga` is sysv-shm, which cannot be attached privately',
    ],
    ['a pool that is a number', host('  hugepages: 512'), '5:14 `hugepages` has no keys'],
    [
      'a decimal mode',
      sga('size: 1 GB, mshare: { mode: 432 }'),
      '6:38 `432` is not an octal file mode',
    ],
    [
      'more resident than there is',
      sga('size: 1 GB, resident: 2 GB'),
      '6:32 more than the region has',
    ],
    [
      'at least more resident than there is',
      sga('size: 1 GB, resident: { atLeast: 2 GB }'),
      '6:43 more than the region has',
    ],
    [
      'a lower bound without a unit',
      sga('size: 1 GB, resident: { atLeast: 2 }'),
      '6:43 sizes need a unit: `2` has none',
    ],
    ['a lower bound without a size', sga('size: 1 GB, resident: {}'), '6:22 `atLeast` is missing'],
    [
      'a resident share of dax',
      sga('size: 1 GB, backing: dax, resident: 1 GB'),
      '6:46 dax takes no memory',
    ],
    [
      'resident huge pages',
      sga('size: 1 GB, backing: hugetlbfs, resident: 1 GB'),
      '6:52 huge pages are in their pool, touched or not',
    ],
    [
      'an unknown owner',
      sga('size: 1 GB, mshare: { owner: client }'),
      '6:39 no group is called `client`',
    ],
    ['a negative count', variant(['1500\n', '-1500\n']), '9:16 -1500 is negative'],
    ['a fraction of a process', variant(['1500\n', '1.5\n']), '9:16 1.5 is not a whole number'],
    ['a number in quotes', variant(['1500\n', '"1500"\n']), '9:16 `1500` is not a number'],
    ['a number with underscores', variant(['1500\n', '1_500\n']), '9:16 `1_500` is not a number'],
    [
      'a leading zero',
      variant(['1500\n', '01500\n']),
      '9:16 `01500` begins with a zero: some YAML readers take it for octal',
    ],
    ['infinitely many', variant(['1500\n', '.inf\n']), '9:16 `.inf` is not a finite number'],
    ['a huge count', variant(['1500\n', '1e99\n']), '9:16 1e99 is too large'],
    [
      'too many processes',
      variant(['1500\n', '4194305\n']),
      '9:16 4194305 processes are more than Linux can have',
    ],
    ['no threads', clients('threads: 0'), '10:14 0 is too small'],
    [
      'more locked than private',
      clients('lockedPrivate: 1 MB'),
      '10:20 more mlocked memory than private memory (`0 B`)',
    ],
    ['a negative user', clients('uid: -1'), '10:10 -1 is negative'],
    ['an oomScoreAdj out of range', clients('oomScoreAdj: -1001'), '10:18 -1001 is too small'],
    ['an unknown cgroup', clients('cgroup: db'), '10:13 no control group is called `db`'],
    [
      'an unknown region',
      variant(['region: sga }', 'region: sag }']),
      '11:22 no region is called `sag`',
    ],
    [
      'an unaligned address',
      map('at: "0x1001"'),
      '11:31 `0x1001` is not a multiple of the page size, 4 KiB',
    ],
    [
      'an address beyond user space',
      map('at: 0x800000000000'),
      '11:31 outside the address space of a process on x86-64',
    ],
    [
      'an end beyond user space',
      map('at: 0x7fff00000000'),
      '11:31 this mapping ends outside the address space of a process on x86-64',
    ],
    [
      "an address of the kernel's half",
      map('at: 0xffff800000000000'),
      '11:31 outside the address space of a process on x86-64',
    ],
    [
      'an unaligned address of that half',
      map('at: "0xffff800000000001"'),
      '11:31 `0xffff800000000001` is not a multiple of the page size, 4 KiB',
    ],
    [
      'an address of 65 bits',
      map('at: 0x10000000000000000'),
      '11:31 `0x10000000000000000` is not an address',
    ],
    ['a decimal address', map('at: 4096'), '11:31 `4096` is not an address'],
    [
      'an unaligned offset',
      map('offset: 1 KiB'),
      "11:35 not a multiple of the region's 4 KiB pages",
    ],
    [
      'an offset past the region',
      map('offset: 300 GB'),
      '11:35 begins past the end of `sga`, which has 300 GiB',
    ],
    [
      'a length past the region',
      map('offset: 1 GB, length: 300 GB'),
      '11:49 reaches past the end of `sga`, which has 300 GiB',
    ],
    ['an empty mapping', map('length: 0 B'), '11:35 an empty mapping cannot be made'],
    ['a misspelt touched', map('touched: al'), '11:36 `al` is not a set of touched pages'],
    ['a list that is not quoted', map('touched: { pages: 0,7-9 }'), '11:47 unknown key `7-9`'],
    ['a list that is none', map('touched: { pages: "9-7" }'), '11:45 `9-7` is not a list of pages'],
    [
      'a page past the mapping',
      map('length: 8 K, touched: { pages: "2" }'),
      '11:58 page 2 is past the mapping, which has 2 pages',
    ],
    [
      'two kinds',
      map('touched: { first: 1 K, every: 4 K }'),
      '11:36 one kind of touched pages is needed',
    ],
    ['no kind', map('touched: {}'), '11:36 one kind of touched pages is needed'],
    [
      'first past the mapping',
      map('length: 8 K, touched: { first: 9 K }'),
      '11:58 `9 K` reaches past the mapping: 3 pages of 2',
    ],
    [
      'too many drawn',
      map('length: 8 K, touched: { random: 3 pages }'),
      '11:59 `3 pages` draws more pages than the mapping has: 3 pages of 2',
    ],
    [
      'a group that maps copies of a region without being several',
      sga('size: 300 GB, copies: 3'),
      '11:22 `sga` has 3 copies, and group `clients` 1 copy',
    ],
    ['clusters of nothing', map('touched: { random: 40%, in: 0 B }'), '11:55 a cluster of 0 B'],
    [
      'clusters larger than the mapping',
      map('length: 8 K, touched: { random: 40%, in: 9 K }'),
      '11:68 a cluster of `9 K` is larger than the mapping: 3 pages of 2',
    ],
    [
      'clusters of nothing drawn',
      map('touched: { first: 40%, in: 1 MiB }'),
      '11:54 `in` is the size of the clusters that `random` draws, and there is no `random`',
    ],
    ['clusters alone', map('touched: { in: 1 MiB }'), '11:36 one kind of touched pages is needed'],
    [
      'clusters without a unit',
      map('touched: { random: 40%, in: 1 }'),
      '11:55 sizes need a unit: `1` has none',
    ],
    [
      'a range past the mapping',
      map('length: 8 K, touched: { ranges: [{ offset: 4 K, length: 5 K }] }'),
      '11:60 this range ends 1 page past its mapping',
    ],
    ['every 0 B', map('touched: { every: 0 B }'), '11:45 a distance of 0 B'],
    ['more than 100 %', map('touched: 101%'), '11:36 `101%` is not a set of touched pages'],
    [
      'an unknown strategy',
      `${minimal}strategies: [hugetlb-2mb]\n`,
      '12:14 no strategy is called `hugetlb-2mb`',
    ],
    [
      'a strategy listed twice',
      `${minimal}strategies: [mshare, mshare]\n`,
      '12:22 `mshare` is listed twice',
    ],
    ['an unknown gate', `${minimal}gates: { headrom: 10% }\n`, '12:10 unknown key `headrom`'],
    [
      'a gate beyond 100 %',
      `${minimal}gates: { headroom: 110% }\n`,
      '12:20 `110%` is not a percentage',
    ],
    ['a key called __proto__', `${minimal}__proto__: 1\n`, '12:1 unknown key `__proto__`'],
    ['a key called constructor', host('  constructor: 1'), '5:3 unknown key `constructor`'],
    [
      'what finds no place',
      sga('size: 200 TiB'),
      '11:12 no room for 200 TiB above the middle of the address space',
    ],
  ])('%s', (_, text, expected) => {
    expect(places(text)).toEqual([expected])
  })
})

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
    '11:35 reaches past the end of `sga`, which has 300 GiB',
    '11:55 no region is called `sgb`',
    '11:62 `maps[2]` has no keys',
  ])
})

test('what follows from a misspelt key is not told as well', () => {
  expect(places(variant(['size: 300 GB', 'siez: 300 GB']))).toEqual(['6:10 unknown key `siez`'])
  expect(places(map('touched: { last: 1 GB }'))).toEqual(['11:38 unknown key `last`'])
})

test('of a very long line so much is repeated that the place is in it', () => {
  const far = `${minimal}gates: {${' '.repeat(5000)}risk: none }\n`
  const reading = readScenario(far, 'f')
  const [issue] = reading.ok ? [] : reading.issues
  expect(issue?.sourceLine?.slice((issue?.column ?? 0) - 1)).toBe('none }')
  const farther = readScenario(`${minimal}gates: {${' '.repeat(50_000)}risk: none }\n`, 'f')
  expect(farther.ok ? [] : farther.issues).toMatchObject([{ line: 12, column: 50_015 }])
  expect(farther.ok || farther.issues[0]?.sourceLine).toBeUndefined()
})

test('mappings with addresses that overlap are told at the later one', () => {
  const maps = '[{ region: sga, at: 0x100000000000 }, { region: sga, at: 0x104000000000 }]'
  expect(places(variant(['[{ region: sga }]', maps]))).toEqual([
    '11:68 overlaps maps[0], which takes 0x100000000000 to 0x104b00000000',
  ])
})

test('processes are summed over groups', () => {
  const text = `${variant(['1500\n', '4194304\n'])}  more: { processes: 1 }\n`
  expect(places(text)).toEqual([
    '12:22 4194305 processes with the groups before are more than Linux can have',
  ])
})

test('an issue says what would do', () => {
  expect(suggestions(variant(['512 GB', '512']))).toEqual(['did you mean `512 GB`?'])
  expect(suggestions(variant(['512 GB', '549755813888']))).toEqual([
    'if these are bytes, write `512 GiB`',
  ])
  expect(suggestions(variant(['host:', 'hots:']))).toEqual(['did you mean `host`?'])
  expect(suggestions(variant(['posix-shm', 'posix']))).toEqual(['did you mean `posix-shm`?'])
  expect(suggestions(variant(['1500\n', '"1500"\n']))).toEqual(['write `1500`, without quotes'])
  expect(suggestions(variant(['region: sga }', 'region: SGA1 }']))).toEqual(['did you mean `sga`?'])
  expect(suggestions(map('touched: 40'))).toEqual(['did you mean `40%`?'])
  expect(suggestions(map('touched: { random: 1000 }'))).toEqual(['did you mean `1000 pages`?'])
  expect(suggestions(map('touched: { random: 40%, in: 1 }'))).toEqual(['did you mean `1 MB`?'])
  expect(suggestions(map('touched: { random: 40%, in: 0 B }'))).toEqual([
    'write `in: 1 MiB`, or leave `in` out to draw single pages',
  ])
  expect(suggestions(map('touched: { first: 40%, in: 1 MiB }'))).toEqual([
    'write `{ random: 40%, in: 1 MiB }`',
  ])
  expect(suggestions(clients('baseTables: 160'))).toEqual(['did you mean `160 KB`?'])
  expect(suggestions(`${minimal}gates: { headroom: 10 }\n`)).toEqual([
    'did you mean `10 GB` or `10%`?',
  ])
  expect(suggestions(`${minimal}strategies: [hugepages]\n`)).toEqual(['did you mean `hugetlb-2m`?'])
  expect(suggestions(sga('size: 1 GB, backing: dax, thp: true'))).toEqual([
    'write `pageSize: 2 MiB`',
  ])
})

test.each([
  ['x86_64', 'x86-64'],
  ['amd64', 'x86-64'],
  ['x86', 'x86-64'],
  ['arm64', 'arm64-4k-48'],
  ['AArch64', 'arm64-4k-48'],
  ['riscv64', 'riscv64-sv48'],
  ['ppc64le', 'ppc64-radix-64k'],
])('layout %s suggests the usual one, %s', (architecture, layout) => {
  expect(suggestions(host(`  layout: ${architecture}`))).toEqual([`did you mean \`${layout}\`?`])
})

test.each([
  ['x86-64', '2 MiB'],
  ['arm64-64k-48', '512 MiB'],
  ['s390x', '1 MiB'],
])('a bare number of huge pages on %s suggests those of %s', (layout, page) => {
  expect(suggestions(host(`  layout: ${layout}\n  hugepages: 512`))).toEqual([
    `write \`{ ${page}: 512 }\``,
  ])
  expect(suggestions(host('  hugepages: 512'))).toEqual(['write `{ 2 MiB: 512 }`'])
})

test('what is not asked for is no issue where the layout has no such thing', () => {
  const folded = '  layout: arm64-16k-36\n  pti: false\n  thp: { shmem: always }'
  expect(places(host(folded).replace('size: 300 GB', 'size: 1 GB'))).toEqual([])
  expect(places(host(folded).replace('size: 300 GB', 'size: 1 GB, thp: false'))).toEqual([])
})

test('an issue carries its source line, the path and what was expected', () => {
  const reading = readScenario(variant(['posix-shm', 'posix']).replace(/\n/g, '\r\n'), 'a/b.yaml')
  expect(reading.ok ? [] : reading.issues).toMatchObject([
    {
      file: 'a/b.yaml',
      line: 6,
      column: 33,
      sourceLine: '  sga: { size: 300 GB, backing: posix }',
      path: 'regions.sga.backing',
      expected: expect.stringContaining('`sysv-shm`'),
    },
  ])
})
