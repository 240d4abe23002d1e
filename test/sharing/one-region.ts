import type { PlannedStrategy, Result } from '../../src/plan/result/result.ts'
import type { GroupParts, RegionParts, WorkloadParts } from '../build.ts'
import { billed, gib, nth } from '../build.ts'

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
  return asked(parts).obstacles
}

export function mshareOf(parts: WorkloadParts): PlannedStrategy {
  const found = asked(parts)
  if (!found.applies) throw new RangeError('mshare was not planned')
  return found
}

export function applies(parts: WorkloadParts): boolean {
  return asked(parts).applies
}

function asked(parts: WorkloadParts): Result['strategies'][number] {
  return nth(billed({ ...parts, strategies: ['mshare'] }).strategies, 0)
}
