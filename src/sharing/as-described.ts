import type { Workload } from '../workload/workload.ts'
import { shareRegions } from './mshare-regions.ts'
import { backWithPool } from './pools/backing.ts'
import { partCopies } from './pools/copies.ts'
import type { PoolNeed } from './pools/needs.ts'
import { isRefused, isShort, poolNeeds } from './pools/needs.ts'
import type { Arranged, RegionObstacle } from './strategy.ts'

/**
 * Pages and sharing as the scenario says: the configured huge-page pools, and mshare for regions
 * that are marked. A region that its pool cannot hold is on base pages, whole objects or what the
 * pool does not back, where its fallback says so; otherwise it cannot be mapped, an obstacle.
 */
export function describedSharing(scenario: Workload): Arranged {
  const described = partCopies(scenario)
  const short = poolNeeds(described).filter(isShort)
  const failures = short.filter(isRefused)
  const fallingBack = short.filter((need) => !isRefused(need))
  const { workload, backed } = backWithPool(described, fallingBack)
  const isWanted = ({ mshare }: { readonly mshare?: unknown }): boolean => mshare !== undefined
  const shared = shareRegions(workload, isWanted, { backed, obstacles: fallingBack.map(failure) })
  return {
    ...shared,
    obstacles: [...failures.map(failure), ...shared.obstacles],
    applies: true,
  }
}

/** True where nothing is on huge pages or shared through mshare: then all is as on base pages alone. */
export function isOnBasePages({ host, regions }: Workload): boolean {
  const { pageBytes } = host.layout
  return (
    host.hugepages.length === 0 &&
    regions.every((region) => region.pageBytes === pageBytes && !region.thp && !region.mshare)
  )
}

function failure({
  region,
  pages,
  available,
}: PoolNeed): RegionObstacle & { readonly region: string } {
  return { kind: 'pool', region: region.name, need: `${pages} pages`, found: `${available} pages` }
}
