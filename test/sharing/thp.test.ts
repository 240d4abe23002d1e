import { describe, expect, it } from 'vitest'
import { thp } from '../../src/sharing/thp.ts'
import type { RegionParts } from '../build.ts'
import { gib, mib, workload } from '../build.ts'

function converted(region: RegionParts) {
  const { workload: planned, obstacles, applies } = thp(workload({ regions: { r: region } }))
  return { regions: planned.regions.map((one) => [one.pageBytes, one.thp]), obstacles, applies }
}

describe('transparent huge pages', () => {
  it.each(['memfd', 'file', 'anonymous'] as const)('are had by a region of %s', (backing) => {
    expect(converted({ size: gib, backing })).toMatchObject({ regions: [[4096, true]] })
  })

  it('take a memfd from its hugetlb pages', () => {
    const memfd: RegionParts = { size: gib, backing: 'memfd', pageBytes: 2 * mib }
    expect(converted(memfd)).toEqual({ regions: [[4096, true]], obstacles: [], applies: true })
  })

  it.each(['hugetlbfs', 'dax'] as const)('are not had by a region of %s', (backing) => {
    expect(converted({ size: gib, backing, pageBytes: 2 * mib })).toEqual({
      regions: [[2 * mib, false]],
      obstacles: [
        {
          kind: 'backing',
          region: 'r',
          need: 'shared memory, a file or private memory',
          found: backing,
          backing,
        },
      ],
      applies: false,
    })
  })
})
