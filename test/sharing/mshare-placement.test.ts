import { describe, expect, test } from 'vitest'
import { mshare } from '../../src/sharing/mshare.ts'
import { windowAlignment, windowPages } from '../../src/sharing/mshare-placement.ts'
import type { GroupParts, WorkloadParts } from '../build.ts'
import { fiveLevels, gib, nth, planned, tib, workload, x8664 } from '../build.ts'
import { mshareOf, obstaclesOf, oneRegion } from './one-region.ts'

const unit = 512 * gib

/** Multiples of what one entry of the top table spans, PGDIR_SIZE: cover letter, 18 January 2022. */
describe('the alignment rule of the RFC', () => {
  const refusedAt = (at: number): string[] =>
    obstaclesOf({
      ...oneRegion({ g: { maps: [{ region: 'r', at }] } }),
      mshareRevision: 'rfc-2022',
    }).map(({ kind }) => kind)

  test('takes an address that is a multiple of 512 GiB with 4 levels', () => {
    expect(windowAlignment(x8664) * x8664.pageBytes).toBe(unit)
    expect(refusedAt(64 * tib + unit)).toEqual([])
  })

  test.each([4096, gib, 511 * gib])('refuses an address %i B past a multiple', (past) => {
    expect(refusedAt(64 * tib + past)).toEqual(['alignment'])
  })

  test('rounds a size up to a multiple', () => {
    const windowOf = (size: number): number => windowPages(x8664, size / 4096) * 4096
    expect([gib, unit, unit + 4096].map(windowOf)).toEqual([unit, unit, 2 * unit])
  })

  test('leaves no address with 5 levels, where an entry spans 256 TiB', () => {
    const parts = oneRegion({ g: {} }, {}, { host: { layout: fiveLevels } })
    const [refused] = obstaclesOf({ ...parts, mshareRevision: 'rfc-2022' })
    expect(refused?.kind).toBe('layout')
  })
})

describe('a region is refused', () => {
  const kindsOf = (parts: WorkloadParts): string[] => obstaclesOf(parts).map(({ kind }) => kind)

  test('at an address that is not a multiple of 512 GiB', () => {
    const parts = oneRegion({ g: { maps: [{ region: 'r', at: 64 * tib + gib }] } })
    expect(obstaclesOf(parts)).toEqual([
      {
        kind: 'alignment',
        region: 'r',
        group: 'g',
        need: '0x8000000000',
        found: '0x400040000000',
      },
    ])
  })

  test('where its window would cover another mapping', () => {
    const parts: WorkloadParts = {
      regions: { r: { size: gib }, private: { size: gib, backing: 'anonymous' } },
      groups: {
        g: {
          maps: [
            { region: 'r', at: 64 * tib },
            { region: 'private', at: 64 * tib + 2 * gib },
          ],
        },
      },
    }
    expect(kindsOf(parts)).toEqual(['private-memory', 'overlap'])
  })

  test('where its window would end beyond the address space', () => {
    const parts = oneRegion({ g: { maps: [{ region: 'r', at: 128 * tib - unit }] } })
    expect(kindsOf(parts)).toEqual(['address-space'])
  })

  test('where 255 windows fill the 128 TiB', () => {
    const names = Array.from({ length: 256 }, (_, index) => `r${index}`)
    const parts: WorkloadParts = {
      regions: Object.fromEntries(names.map((name) => [name, { size: 4096 }])),
      groups: { g: { maps: names.map((region) => ({ region })) } },
    }
    // The lowest window holds the program, and the last page of the highest is a guard page.
    const { obstacles, windows } = mshare(workload(parts))
    expect(obstacles.map(({ kind }) => kind)).toEqual(['address-space', 'address-space'])
    expect(windows).toHaveLength(254)
  })
})

describe('a window', () => {
  test('is the region rounded up to 512 GiB, at the address of the owner', () => {
    const at = 70 * tib
    const parts = oneRegion(
      { g: {}, h: { maps: [{ region: 'r', at }] } },
      { size: 600 * gib, mshare: { mode: 0o640, owner: 'h' } },
    )
    expect(nth(mshareOf(parts).regions, 0).mshare).toEqual({
      name: 'r',
      start: '0x460000000000',
      size: 1024 * gib,
      mode: '0640',
      owner: 'h',
    })
  })

  test('lies at 2^46 in every group where no address is given', () => {
    const parts = oneRegion({ g: {}, h: {} })
    expect(nth(mshareOf(parts).regions, 0).mshare).toMatchObject({
      start: '0x400000000000',
      mode: '0600',
      owner: 'g',
    })
    expect(planned(parts).findings.map(({ kind }) => kind)).not.toContain('addresses-differ')
  })

  test('may lie elsewhere in each group: the tables are shared, and a finding says so', () => {
    const maps = (at: number): GroupParts => ({ processes: 2, maps: [{ region: 'r', at }] })
    const parts = oneRegion({ g: maps(64 * tib), h: maps(65 * tib) })
    expect(mshareOf(parts).pageTables.onceBytes).toBe(515 * 4096)
    expect(planned(parts).findings).toContainEqual(
      expect.objectContaining({
        kind: 'addresses-differ',
        addresses: ['0x400000000000', '0x410000000000'],
      }),
    )
  })

  test('next to another in one process starts at the next multiple', () => {
    const parts: WorkloadParts = {
      regions: { r: { size: gib }, s: { size: gib } },
      groups: { g: { maps: [{ region: 'r' }, { region: 's' }] } },
    }
    expect(mshareOf(parts).regions.map(({ mshare }) => mshare?.start)).toEqual([
      '0x400000000000',
      '0x408000000000',
    ])
  })

  test('gives way to mappings at given addresses', () => {
    const parts: WorkloadParts = {
      regions: { r: { size: gib }, private: { size: gib, backing: 'anonymous' } },
      groups: { g: { maps: [{ region: 'r' }, { region: 'private', at: 64 * tib + gib }] } },
    }
    expect(nth(mshareOf(parts).regions, 0).mshare?.start).toBe('0x408000000000')
  })

  test('at or above 2^48 costs each process a p4d page with 5 levels', () => {
    const at = (address: number) =>
      mshareOf(
        oneRegion(
          { g: { processes: 10, maps: [{ region: 'r', at: address }] } },
          {},
          { host: { layout: fiveLevels } },
        ),
      )
    const [low, high] = [at(64 * tib), at(256 * tib)]
    expect(nth(low.groups, 0).perProcess.levels).toMatchObject({ p4d: 1, pgd: 1 })
    expect(nth(high.groups, 0).perProcess.levels).toMatchObject({ p4d: 2, pgd: 1 })
    expect(high.pageTables.bytes - low.pageTables.bytes).toBe(10 * 4096)
  })
})
