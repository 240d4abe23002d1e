import { describe, expect, it } from 'vitest'
import type { Request, Run } from '../../../src/sharing/pools/requests.ts'
import {
  hugePagesIn,
  isInPool,
  mappedPages,
  objectStart,
  pagesAsked,
  pagesReserved,
  requestsFor,
} from '../../../src/sharing/pools/requests.ts'
import { count } from '../../../src/units/quantity.ts'
import type { Region } from '../../../src/workload/region.ts'
import type { Workload } from '../../../src/workload/workload.ts'
import type { GroupParts, RegionParts } from '../../build.ts'
import { gib, mib, nth, workload } from '../../build.ts'

/** One region on huge pages of 2 MiB, of which 512 are a GiB. */
function asking(
  region: RegionParts,
  groups: Readonly<Record<string, GroupParts>>,
): readonly [Workload, Region] {
  const of = workload({ regions: { data: { pageBytes: 2 * mib, ...region } }, groups })
  return [of, nth(of.regions, 0)]
}

/** Groups that map all of the region. */
const all = { maps: [{ region: 'data' }] }

function runsOf(region: RegionParts, groups: Readonly<Record<string, GroupParts>>) {
  return requestsFor(...asking(region, groups)).map(({ runs }) => runs)
}

describe('a region is in the pool', () => {
  const inPool = (region: RegionParts): boolean => {
    const [of, data] = asking(region, { all })
    return isInPool(data, of)
  }

  it('where its pages are larger than base pages', () => {
    expect(inPool({ size: gib, backing: 'memfd' })).toBe(true)
    expect(inPool({ size: gib, backing: 'memfd', pageBytes: 4096 })).toBe(false)
  })

  it('but not where the file system of a device has the pages', () => {
    expect(inPool({ size: gib, backing: 'dax' })).toBe(false)
  })
})

describe('shared memory reserves', () => {
  it('one object for all of its mappers', () => {
    const groups = { all: { ...all, processes: 10 } }
    const [[run] = []] = runsOf({ size: gib, backing: 'memfd' }, groups)
    expect(run).toEqual({ first: 0, count: 1, pages: 512 })
  })

  it('whole pages for each object: three of 512.5 pages reserve 1,539', () => {
    const segments: RegionParts = { size: 3 * gib + 3 * mib, backing: 'sysv-shm', objects: 3 }
    expect(runsOf(segments, { all })).toEqual([[{ first: 0, count: 3, pages: 513 }]])
    expect(pagesReserved(...asking(segments, { all }))).toBe(1539)
  })

  // A memfd of 64 huge pages of which 4 were mapped reserved 4 (HugePages_Rsvd on Linux 6.18).
  it.each([
    ['sysv-shm', 2048],
    ['anonymous-shared', 2048],
    ['memfd', 256],
    ['hugetlbfs', 256],
  ] as const)('of 4 GiB, of which 512 MiB are mapped, as %s: %i pages', (backing, pages) => {
    const part = { maps: [{ region: 'data', offset: gib, length: 512 * mib }] }
    expect(pagesReserved(...asking({ size: 4 * gib, backing }, { part }))).toBe(pages)
  })

  it.each([
    ['sysv-shm', 512],
    ['anonymous-shared', 0],
    ['memfd', 0],
  ] as const)('of a GiB that no process maps, as %s: %i pages', (backing, pages) => {
    const region: RegionParts = { size: gib, backing }
    expect(pagesReserved(...asking(region, { other: {} }))).toBe(pages)
    expect(pagesReserved(...asking(region, { stopped: { ...all, processes: 0 } }))).toBe(pages)
  })

  it('as much for each copy of the region', () => {
    const [of, data] = asking({ size: gib, backing: 'memfd' }, { all })
    const copied = { ...data, copies: count(20) }
    expect(requestsFor(of, copied)).toMatchObject([{ times: 20 }])
    expect(pagesReserved(of, copied)).toBe(20 * 512)
  })
})

describe('objects that are mapped in part', () => {
  const chunks: RegionParts = { size: 4 * gib, backing: 'memfd', objects: 4 }
  const mapped = (...parts: readonly (readonly [offset: number, length: number])[]) =>
    runsOf(chunks, {
      all: { maps: parts.map(([offset, length]) => ({ region: 'data', offset, length })) },
    })

  it('reserve the rest of the first, all of the next, and the beginning of the last', () => {
    // MiB 512 to 3328: 256 pages of the first, 512 of two each, 128 of the last.
    expect(mapped([512 * mib, 2816 * mib])).toEqual([
      [
        { first: 0, count: 1, pages: 256 },
        { first: 1, count: 2, pages: 512 },
        { first: 3, count: 1, pages: 128 },
      ],
    ])
  })

  it('reserve the pieces of one object together', () => {
    expect(mapped([0, 2 * mib], [6 * mib, 4 * mib])).toEqual([[{ first: 0, count: 1, pages: 3 }]])
  })

  it('begin on the first huge page that is theirs alone: the second of two in 3 pages on page 2', () => {
    const [, data] = asking({ size: 6 * mib, backing: 'memfd', objects: 2 }, { all })
    expect([0, 1, 2].map((object) => objectStart(object, 3, data))).toEqual([0, 2, 3])
  })
})

describe('private mappings reserve', () => {
  const whole: readonly Run[] = [{ first: 0, count: 1, pages: 512 }]

  it('the file, and a copy of it for each process', () => {
    const groups = { all: { processes: 3, maps: [{ region: 'data', private: true }] } }
    const file: RegionParts = { size: gib, backing: 'hugetlbfs' }
    expect(requestsFor(...asking(file, groups))).toEqual([
      { runs: whole },
      { copies: { group: 0, map: 0, processes: 3 }, runs: whole },
    ])
    expect(pagesReserved(...asking(file, groups))).toBe(4 * 512)
  })

  it('only those copies where the memory is anonymous', () => {
    const groups = { idle: {}, workers: { ...all, processes: 8 } }
    expect(requestsFor(...asking({ size: gib, backing: 'anonymous' }, groups))).toEqual([
      { copies: { group: 1, map: 0, processes: 8 }, runs: whole },
    ])
  })
})

it('pages of a request are those of one copy, as many times as there are copies', () => {
  const request: Request = {
    copies: { group: 0, map: 0, processes: 7 },
    runs: [
      { first: 0, count: 2, pages: 5 },
      { first: 2, count: 1, pages: 1 },
    ],
  }
  expect(pagesAsked(request)).toBe(7 * 11)
})

describe('huge pages that mappings reach', () => {
  const [of, data] = asking({ size: gib, backing: 'memfd' }, { all })

  it('are those that hold any of their base pages', () => {
    expect([511, 512, 513].map((pages) => hugePagesIn(of, data, pages))).toEqual([1, 1, 2])
  })

  it('are counted once where mappings overlap: MiB 3 to 5 and 4 to 9 reach pages 1 to 4', () => {
    const [{ maps } = { maps: [] }] = workload({
      regions: { data: { size: gib } },
      groups: {
        all: {
          maps: [
            { region: 'data', offset: 3 * mib, length: 2 * mib },
            { region: 'data', offset: 4 * mib, length: 5 * mib },
          ],
        },
      },
    }).groups
    expect(mappedPages(of, data, maps)).toEqual([1, 5])
  })
})
