import { describe, expect, it } from 'vitest'
import { convertRegions } from '../../src/sharing/convert-regions.ts'
import type { RegionObstacle } from '../../src/sharing/strategy.ts'
import type { WorkloadParts } from '../build.ts'
import { gib, kib, workload } from '../build.ts'

const parts: WorkloadParts = {
  regions: { one: { size: gib }, other: { size: gib } },
  groups: { g: { maps: [{ region: 'one' }, { region: 'other' }, { region: 'one' }] } },
}

const refused = (region: string): RegionObstacle => ({ kind: 'backing', region })

describe('regions put on other pages', () => {
  it('are converted one by one, and one that cannot be stays as it was', () => {
    const { workload: planned, obstacles } = convertRegions(workload(parts), (region) =>
      region.name === 'one' ? { ...region, thp: true } : refused(region.name),
    )
    expect(planned.regions.map(({ thp }) => thp)).toEqual([true, false])
    expect(obstacles).toEqual([refused('other')])
  })

  it('are judged by all of their own mappings', () => {
    const mappings: (readonly [string, number])[] = []
    convertRegions(workload(parts), (region, maps) => {
      mappings.push([region.name, maps.length])
      return region
    })
    expect(mappings).toEqual([
      ['one', 2],
      ['other', 1],
    ])
  })

  it('are no plan where not one of them could be converted', () => {
    const applies = (names: readonly string[]): boolean =>
      convertRegions(workload(parts), (region) =>
        names.includes(region.name) ? refused(region.name) : region,
      ).applies
    expect([applies([]), applies(['one']), applies(['one', 'other'])]).toEqual([true, true, false])
  })

  it('keep mshare only where they stay as they were', () => {
    const marked = { size: 512 * gib, backing: 'memfd', mshare: { mode: 0o600 } } as const
    const groups = { g: { baseTables: 4 * kib, maps: [{ region: 'one' }, { region: 'other' }] } }
    const described = workload({ regions: { one: marked, other: marked }, groups })
    const { windows } = convertRegions(described, (region) =>
      region.name === 'one' ? { ...region, thp: true } : refused(region.name),
    )
    expect(windows.map(({ region }) => region)).toEqual([1])
  })
})
