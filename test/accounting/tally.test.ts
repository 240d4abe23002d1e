import { describe, expect, test } from 'vitest'
import type { Arrangement } from '../../src/accounting/arrangement.ts'
import { billOf } from '../../src/accounting/bill.ts'
import type { TallyByRegion } from '../../src/accounting/tally.ts'
import { tallyByRegion } from '../../src/accounting/tally.ts'
import type { Layout } from '../../src/geometry/layout.ts'
import { layoutNamed, nth, x8664 } from '../build.ts'
import { mapped } from './mapped.ts'

const arrangement: Arrangement = {
  // A page of one region, then one of another 2 MiB behind it, in each of ten processes.
  spaces: [
    { processes: 10, draws: 1, mappings: [mapped(0, 1), mapped(512, 1, { map: 1, region: 1 })] },
  ],
  shared: [],
}

function tally(layout: Layout, minor: number, pti = false): TallyByRegion {
  const machine = { layout, kernel: { major: 6, minor }, pti }
  return tallyByRegion(machine, arrangement, billOf(layout, arrangement), 2)
}

describe('a tally on x86-64', () => {
  test('takes 4 KiB for each of 2 + 1 + 1 tables and the pgd', () => {
    const process = nth(tally(x8664, 18).spaces, 0)
    expect(process.levels.map(({ tables }) => tables.expected)).toEqual([2, 1, 1, 1])
    expect(process.bytes.expected).toBe(5 * 4096)
  })

  test('has pte, pmd and pud tables in VmPTE, and the pgd not', () => {
    expect(nth(tally(x8664, 18).spaces, 0).vmPteBytes.expected).toBe(4 * 4096)
  })

  test.each([
    [6, 3],
    [13, 4],
    [18, 5],
  ])('has in PageTables what Linux 6.%i counts: %i tables', (minor, counted) => {
    expect(nth(tally(x8664, minor).spaces, 0).pageTablesBytes.expected).toBe(counted * 4096)
  })

  test('takes two pages for the pgd under page-table isolation', () => {
    expect(nth(tally(x8664, 18, true).spaces, 0).bytes.expected).toBe(6 * 4096)
  })

  test('gives each region the tables that its mappings reach first, in all processes', () => {
    const regions = tally(x8664, 18).regions.map((levels) => levels.map(({ tables }) => tables))
    expect(regions).toEqual([
      [10, 10, 10, 0],
      [10, 0, 0, 0],
    ])
  })
})

describe('a tally on ppc64 with 64 KiB pages', () => {
  test('takes a page for 256 pte tables, and gives it to the region that comes first', () => {
    const ppc64 = tally(layoutNamed('ppc64-radix-64k'), 18)
    // A pte table spans 2 MiB, 32 pages: the second mapping starts 16 tables further on.
    expect(nth(nth(ppc64.spaces, 0).levels, 0)).toMatchObject({
      tables: { expected: 2 },
      bytes: { expected: 65_536 },
    })
    expect(ppc64.regions.map((levels) => nth(levels, 0).bytes)).toEqual([655_360, 0])
  })
})
