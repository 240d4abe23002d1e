import { describe, expect, it } from 'vitest'
import { findLayout } from '../../../src/geometry/catalogue.ts'
import type { HostParts, RegionParts, WorkloadParts } from '../../build.ts'
import { gib, planned, strategy, untouched } from '../../build.ts'

const file = { size: gib, backing: 'file' } as const

function partsOf(region: RegionParts, host: HostParts = {}): WorkloadParts {
  return {
    host,
    regions: { lib: region },
    groups: { g: { processes: 10, maps: [{ region: 'lib' }] } },
  }
}

function assumed(parts: WorkloadParts, key: 'pageTables' | 'faults') {
  return planned(parts).assumptions.find(({ path }) => path === `regions.lib.${key}`)
}

function tables(host: HostParts, region: RegionParts = file) {
  return assumed(partsOf(region, host), 'pageTables')
}

const kernel = (major: number, minor: number): HostParts => ({ kernel: { major, minor } })

describe('page tables of a file on base pages', () => {
  it('are an upper bound, and on transparent huge pages they are the lower', () => {
    // 10 processes with 512 pte, a pmd and a pud table of 4 KiB; or with the latter two alone.
    const parts = partsOf(file)
    expect(assumed(parts, 'pageTables')?.value).toBe(
      '20.1 MiB at most (as-described), 80.0 KiB at least (thp-2m)',
    )
    const bytesUnder = (id: string) => strategy(planned(parts), id).regions[0]?.bytes
    expect(bytesUnder('as-described')).toBe(10 * 514 * 4096)
    expect(bytesUnder('thp-2m')).toBe(10 * 2 * 4096)
  })

  it('say so too where these are the strategies that nobody asked for', () => {
    const parts = partsOf(file)
    expect(assumed({ ...parts, strategies: ['base-pages'] }, 'pageTables')).toEqual(
      assumed(parts, 'pageTables'),
    )
  })

  it.each([
    [6, 15, 'on xfs the kernel'],
    [6, 16, 'on xfs or ext4 the kernel'],
    [7, 2, 'on xfs, ext4 or btrfs the kernel'],
  ])('on Linux %d.%d depend on the filesystem: %s', (major, minor, words) => {
    expect(tables(kernel(major, minor))?.source).toContain(words)
  })

  it.each([
    ['before any filesystem had large folios', kernel(5, 17), file],
    ['that is on huge pages already', {}, { ...file, thp: true }],
    ['of memory that is no file', {}, { size: gib, backing: 'memfd' }],
    ['on DAX', {}, { size: gib, backing: 'dax' }],
    ['too small for a huge page', {}, { ...file, size: 4096 }],
    // 512 MiB are 8192 pages of 64 KiB: more than a folio of the page cache has.
    ['whose huge page is larger than any folio', layoutOf('arm64-64k-48'), file],
  ] as const)('are exact %s', (_, host, region) => {
    expect(tables(host, region)).toBeUndefined()
  })

  it('are said for a huge page of 32 MiB, which is the largest folio of 16 KiB pages', () => {
    expect(tables(layoutOf('arm64-16k-48'))?.value).toContain('at least (thp-32m)')
  })

  it('of a file that nobody maps or touches are nothing to speak of', () => {
    const parts = partsOf(file)
    const idle = { g: { maps: [{ region: 'lib', touched: untouched }] } }
    expect(assumed({ ...parts, groups: idle }, 'pageTables')).toBeUndefined()
    expect(assumed({ ...parts, groups: {} }, 'faults')).toBeUndefined()
  })
})

describe('faults on a file', () => {
  const faults = (host: HostParts, region: RegionParts = file) =>
    assumed(partsOf(region, host), 'faults')

  it('are at most what is planned from Linux 6.18 on', () => {
    expect(faults(kernel(6, 18))?.value).toBe('those planned at most')
    expect(faults(kernel(6, 17))).toBeUndefined()
    expect(faults(layoutOf('arm64-64k-48'))?.value).toBe('those planned at most')
  })

  it('are exact on shared memory, DAX and transparent huge pages', () => {
    expect(faults({}, { size: gib })).toBeUndefined()
    expect(faults({}, { size: gib, backing: 'dax' })).toBeUndefined()
    expect(faults({}, { ...file, thp: true })).toBeUndefined()
  })
})

function layoutOf(id: string): HostParts {
  const layout = findLayout(id)
  if (layout === undefined) throw new RangeError(`no layout ${id}`)
  return { layout }
}
