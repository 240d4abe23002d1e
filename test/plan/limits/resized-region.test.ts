import { describe, expect, it } from 'vitest'
import { leastPages, withRegionOf } from '../../../src/plan/limits/resized-region.ts'
import { pages } from '../../../src/units/quantity.ts'
import type { WorkloadParts } from '../../build.ts'
import { gib, mib, planned, random, strategy, workload, zipf } from '../../build.ts'

const parts: WorkloadParts = {
  regions: { r: { size: 100 * 4096 }, other: { size: gib } },
  groups: {
    g: {
      maps: [
        { region: 'r' },
        { region: 'r', offset: 50 * 4096, touched: random(11) },
        { region: 'r', length: 10 * 4096 },
        { region: 'other' },
        { region: 'r', touched: zipf(1.1, 500) },
      ],
    },
  },
}

function resized(to: number) {
  const from = workload(parts)
  const [region] = from.regions
  if (region === undefined) throw new RangeError('no region')
  return {
    before: from,
    least: leastPages(from, region),
    after: withRegionOf(from, region, pages(to)),
  }
}

describe('a region of another size', () => {
  it('keeps what is resident anyway, as far as there is room', () => {
    const from = workload({ regions: { r: { size: 8 * mib, resident: { atLeast: 6 * mib } } } })
    const [region] = from.regions
    if (region === undefined) throw new RangeError('no region')
    const residentOf = (size: number) =>
      withRegionOf(from, region, pages(size))?.regions[0]?.resident?.bytes
    expect([residentOf(4096), residentOf(1024)]).toEqual([6 * mib, 4 * mib])
  })

  it('takes the mappings that reach its end with it, and as much of them is touched', () => {
    const { after } = resized(200)
    expect(after?.regions[0]).toMatchObject({ pages: 200, size: 200 * 4096 })
    const [all, drawn, fixed, other, hit] = after?.groups[0]?.maps ?? []
    expect(all).toMatchObject({ length: 200, touched: { ranges: [{ first: 0, length: 200 }] } })
    // 11 of 50 pages are 33 of 150.
    expect(drawn).toMatchObject({ offset: 50, length: 150, touched: { drawn: 33 } })
    expect(fixed?.length).toBe(10)
    // As many accesses, to more pages.
    expect(hit).toMatchObject({ length: 200, touched: zipf(1.1, 500) })
    expect(other?.length).toBe(gib / 4096)
  })

  it('leaves every mapping a page', () => {
    expect(resized(100).least).toBe(51)
  })

  it('has no room past the end of the address space, nor on another mapping', () => {
    expect(resized(2 ** 36).after).toBeUndefined()
    const at: WorkloadParts = {
      regions: { r: { size: 4096 }, s: { size: 4096 } },
      groups: {
        g: {
          maps: [
            { region: 'r', at: gib },
            { region: 's', at: gib + 8 * 4096 },
          ],
        },
      },
    }
    const from = workload(at)
    const [region] = from.regions
    if (region === undefined) throw new RangeError('no region')
    expect(withRegionOf(from, region, pages(8))).toBeDefined()
    expect(withRegionOf(from, region, pages(9))).toBeUndefined()
  })

  it('plans as one that is written so', () => {
    const touched = { kind: 'ranges', ranges: [] } as const
    const of = (size: number): WorkloadParts => ({
      regions: { r: { size } },
      groups: { g: { processes: 3, maps: [{ region: 'r' }, { region: 'r', touched }] } },
    })
    const from = workload(of(mib))
    const [region] = from.regions
    if (region === undefined) throw new RangeError('no region')
    const grown = withRegionOf(from, region, pages(gib / 4096))
    // What is touched nowhere stays so; what is all touched is.
    expect(grown?.groups[0]?.maps).toEqual(workload(of(gib)).groups[0]?.maps)
    expect(strategy(planned(of(gib)), 'base-pages').pageTables.levels.pte?.tables).toBe(3 * 512)
  })
})
