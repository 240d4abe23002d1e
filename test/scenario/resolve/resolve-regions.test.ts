import { describe, expect, test } from 'vitest'
import { places, read, suggestions, variant, withHost, withRegion } from '../reading.ts'

const region = (text: string, more = '') =>
  read(
    variant(
      ['size: 300 GB, backing: posix-shm', text],
      ['  memory: 512 GB\n', `  memory: 512 GB\n${more}`],
    ),
  ).workload.regions[0]

test('what is not asked for is no issue where the layout has no such thing', () => {
  const folded = '  layout: arm64-16k-36\n  pti: false\n  thp: { shmem: always }'
  expect(places(withHost(folded).replace('size: 300 GB', 'size: 1 GB'))).toEqual([])
  expect(places(withHost(folded).replace('size: 300 GB', 'size: 1 GB, thp: false'))).toEqual([])
})

test('the release of a program is text, and the newest where it is not said', () => {
  const region = (lines: string) => `
version: 1
host: { memory: 8 GiB }
regions: { shared: { size: 1 GiB, program: postgresql${lines} } }
groups: { backends: { processes: 4, maps: [{ region: shared }] } }
`
  const path = 'regions.shared.programRelease'
  const written = read(region(', programRelease: "9.2"'))
  expect(written.workload.regions[0]?.programRelease).toBe('9.2')
  expect(written.assumptions.map((one) => one.path)).not.toContain(path)
  const absent = read(region(''))
  expect(absent.workload.regions[0]).not.toHaveProperty('programRelease')
  expect(absent.assumptions).toContainEqual(expect.objectContaining({ path, value: 'newest' }))
  expect(places(region(', programRelease: newest'))).toEqual(['4:72 `newest` is not a release'])
  expect(places(region(', programRelease: 9.2'))).toEqual(['4:72 `9.2` is not text'])
})

describe('transparent huge pages follow the host where the region says nothing', () => {
  const always = '  thp: { anonymous: always, shmem: always }\n'
  test.each([
    ['size: 1 GB', '', false],
    ['size: 1 GB', always, true],
    ['size: 1 GB, backing: sysv-shm', always, true],
    ['size: 1 GB, backing: anonymous', always, true],
    ['size: 1 GB, backing: anonymous', '  thp: { shmem: always }\n', false],
    ['size: 1 GB, backing: file', always, false],
    ['size: 1 GB, backing: dax', always, false],
    ['size: 1 GB, backing: hugetlbfs', always, false],
    ['size: 1 GB, backing: memfd, pageSize: 2 MiB', always, false],
    ['size: 1 GB, thp: true', '', true],
    ['size: 1 GB, thp: false', always, false],
  ])('%s with %j: %s', (text, more, expected) => {
    expect(region(text, more)?.thp).toBe(expected)
  })
})

test('hugetlbfs has PMD-sized pages; being locked is theirs, not the region’s on other pages', () => {
  expect(region('size: 1 GB, backing: hugetlbfs')).toMatchObject({
    pageBytes: 2_097_152,
    locked: false,
  })
  expect(region('size: 1 GB, backing: sysv-shm, pageSize: 1 GiB, locked: true')).toMatchObject({
    pageBytes: 1_073_741_824,
    locked: true,
  })
  expect(region('size: 1 GB, backing: dax, pageSize: 2 MiB')).toMatchObject({ locked: false })
})

test('how much of a region is in memory is the figure itself or a lower bound, and has no default', () => {
  const half = 536_870_912
  const figure = { resident: { bytes: half, atLeast: false } }
  expect(region('size: 1 GB, resident: 512 MiB')).toMatchObject(figure)
  expect(region('size: 1 GB, resident: { atLeast: 512 MiB }')).toMatchObject({
    resident: { bytes: half, atLeast: true },
  })
  expect(region('size: 1 GB, backing: anonymous, resident: 512 MiB')).toMatchObject(figure)
  expect(region('size: 1 GB')).not.toHaveProperty('resident')
  const partly = 'size: 1 GB, backing: memfd, pageSize: 2 MiB, fallback: base-pages'
  expect(region(`${partly}, resident: 512 MiB`)).toMatchObject(figure)
})

test('who may open an mshare region is resolved from whoever maps it first, and said so', () => {
  const text = variant(
    ['backing: posix-shm', 'mshare: true'],
    ['    private', '    uid: 54321\n    private'],
  )
  const { workload, assumptions } = read(text)
  expect(workload.regions[0]?.mshare).toEqual({ mode: 0o600 })
  const said = assumptions.filter(({ path }) => path.startsWith('regions.sga.mshare.'))
  expect(said.map(({ path, value }) => [path.split('.').at(-1), value])).toEqual([
    ['mode', '0600'],
    ['uid', '54321'],
    ['gid', '0'],
    ['owner', 'clients'],
  ])
  expect(
    region('size: 1 GB, mshare: { mode: 0660, uid: 1, gid: 2, owner: clients }')?.mshare,
  ).toEqual({
    mode: 0o660,
    uid: 1,
    gid: 2,
    owner: 'clients',
  })
  expect(region('size: 1 GB, mshare: false')).not.toHaveProperty('mshare')
})

test('a size that is not a whole number of pages is rounded up, as the kernel maps it', () => {
  expect(region('size: 4097 B')).toMatchObject({ size: 4097, pages: 2 })
  const maps = '[{ region: sga, length: 8 KiB }]'
  const text = `version: 1
host: { memory: 1 GB }
regions: { sga: { size: 4097 B, backing: file } }
groups: { one: { processes: 1, maps: ${maps} } }
`
  expect(read(text).workload.groups[0]?.maps[0]?.length).toBe(2)
})

describe('a region that cannot be is an issue at its place', () => {
  test.each([
    ['an empty region', withRegion('size: 0 B'), '6:16 a region cannot be empty'],
    [
      'huge pages on /dev/shm',
      withRegion('size: 1 GB, pageSize: 2 MiB'),
      '6:32 posix-shm has no pages of 2 MiB',
    ],
    [
      'huge pages on files',
      withRegion('size: 1 GB, backing: file, pageSize: 2 MiB'),
      '6:47 file has no pages of 2 MiB',
    ],
    [
      'base pages on hugetlbfs',
      withRegion('size: 1 GB, backing: hugetlbfs, pageSize: 4 KiB'),
      '6:52 hugetlbfs on x86-64 has no pages of 4 KiB',
    ],
    [
      'a page size of another machine',
      withRegion('size: 1 GB, backing: memfd, pageSize: 16 GB'),
      '6:48 memfd on x86-64 has no pages of 16 GiB',
    ],
    [
      'half a huge page',
      withRegion('size: 3 MiB, backing: hugetlbfs'),
      "6:16 not a multiple of the region's 2 MiB pages",
    ],
    [
      'more objects than pages',
      withRegion('size: 8 KiB, objects: 3'),
      '6:32 3 objects, but only 2 pages',
    ],
    [
      'transparent hugetlb',
      withRegion('size: 1 GB, backing: hugetlbfs, thp: true'),
      '6:47 huge pages of this size are never transparent',
    ],
    [
      'transparent dax',
      withRegion('size: 1 GB, backing: dax, thp: true'),
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
      'more resident than there is',
      withRegion('size: 1 GB, resident: 2 GB'),
      '6:32 larger than the region',
    ],
    [
      'at least more resident than there is',
      withRegion('size: 1 GB, resident: { atLeast: 2 GB }'),
      '6:43 larger than the region',
    ],
    [
      'a resident share of dax',
      withRegion('size: 1 GB, backing: dax, resident: 1 GB'),
      '6:46 dax takes no memory',
    ],
    [
      'resident huge pages',
      withRegion('size: 1 GB, backing: hugetlbfs, resident: 1 GB'),
      '6:52 huge pages are in their pool, touched or not',
    ],
  ])('%s', (_, text, expected) => {
    expect(places(text)).toEqual([expected])
  })
})

test('says what would do', () => {
  expect(suggestions(withRegion('size: 1 GB, backing: dax, thp: true'))).toEqual([
    'write `pageSize: 2 MiB`',
  ])
})
