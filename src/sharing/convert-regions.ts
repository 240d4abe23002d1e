import type { Mapping } from '../workload/group.ts'
import { mappersOf } from '../workload/mappers.ts'
import type { Region } from '../workload/region.ts'
import type { Workload } from '../workload/workload.ts'
import { shareRegions } from './mshare-regions.ts'
import type { Arranged, RegionObstacle } from './strategy.ts'

/** A region on other pages, or why it cannot be. */
export type Conversion = Region | RegionObstacle

/**
 * Puts regions on other pages, every process with tables of its own or those that hugetlb links;
 * regions that cannot be converted stay as described, and are listed as obstacles.
 * @param convert gets a region and the mappings of it.
 */
export function convertRegions(
  described: Workload,
  convert: (region: Region, mappings: readonly Mapping[]) => Conversion,
): Arranged {
  const conversions = described.regions.map((region) => ({
    region,
    conversion: convert(
      region,
      mappersOf(described, region.name).map(({ mapping }) => mapping),
    ),
  }))
  const regions = conversions.map(({ region, conversion }) =>
    'kind' in conversion ? region : conversion,
  )
  const obstacles = conversions.flatMap(({ conversion }) =>
    'kind' in conversion ? [conversion] : [],
  )
  const unchanged = new Set(obstacles.map(({ region }) => region))
  const arranged = shareRegions(
    { ...described, regions },
    ({ name, mshare }) => mshare !== undefined && unchanged.has(name),
  )
  return {
    ...arranged,
    obstacles: [...obstacles, ...arranged.obstacles],
    applies: obstacles.length < regions.length,
  }
}
