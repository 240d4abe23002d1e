import type { Workload } from '../workload/workload.ts'
import { shareRegions } from './mshare-regions.ts'
import type { Arranged } from './strategy.ts'

/** Every region that can be shared through mshare, marked or not. Proposed: in no released kernel. */
export function mshare(workload: Workload): Arranged {
  return shareRegions(workload, () => true)
}
