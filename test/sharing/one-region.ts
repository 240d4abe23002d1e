import type { PlannedStrategy, Result } from '../../src/plan/result/result.ts'
import type { GroupParts, RegionParts, WorkloadParts } from '../build.ts'
import { gib, planned, strategy } from '../build.ts'

/** One region of a GiB, and groups that map all of it unless they say otherwise. */
export function oneRegion(
  groups: Readonly<Record<string, GroupParts>>,
  region: Partial<RegionParts> = {},
  rest: WorkloadParts = {},
): WorkloadParts {
  const withMaps = Object.entries(groups).map(([name, group]) => [
    name,
    { maps: [{ region: 'r' }], ...group },
  ])
  return {
    regions: { r: { size: gib, ...region } },
    groups: Object.fromEntries(withMaps),
    ...rest,
  }
}

export function obstaclesOf(parts: WorkloadParts): Result['strategies'][number]['obstacles'] {
  const found = planned(parts).strategies.find(({ id }) => id === 'mshare')
  if (found === undefined) throw new Error('mshare was not asked')
  return found.obstacles
}

export function mshareOf(parts: WorkloadParts): PlannedStrategy {
  return strategy(planned(parts), 'mshare')
}

export function applies(parts: WorkloadParts): boolean {
  return planned(parts).strategies.some(({ id, applies: planned }) => id === 'mshare' && planned)
}
