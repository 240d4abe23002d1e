import type { Workload } from '../workload/workload.ts'
import { shareRegions } from './mshare-regions.ts'
import type { Arranged } from './strategy.ts'

/** Pages and sharing as the scenario says: only regions marked so are shared through mshare. */
export function describedSharing(workload: Workload): Arranged {
  return { ...shareRegions(workload, (region) => region.mshare !== undefined), applies: true }
}
