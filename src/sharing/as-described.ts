import type { Layout } from '../geometry/layout.ts'
import type { Region, Workload } from '../workload/workload.ts'
import { shareRegions } from './mshare-regions.ts'
import type { Backed } from './ordinary.ts'
import type { PoolNeed } from './pool-needs.ts'
import { poolNeeds } from './pool-needs.ts'
import type { Arranged, Obstacle } from './strategy.ts'

/**
 * Pages and sharing as the scenario says: the configured huge-page pools, and mshare for regions
 * that are marked. A region that its pool cannot hold goes on on base pages behind what the pool
 * backs, where its fallback says so; otherwise it cannot be mapped at all, which is an obstacle.
 */
export function describedSharing(workload: Workload): Arranged {
  const shortages = poolNeeds(workload).filter(({ granted, pages }) => granted < pages)
  const backed: Backed = new Map(
    shortages
      .filter(({ region }) => region.fallback === 'base-pages')
      .map(({ region, backed: hugePages }) => [
        region.name,
        basePages(workload.host.layout, region, hugePages),
      ]),
  )
  const shared = shareRegions(workload, (region) => region.mshare !== undefined, backed)
  const failures = shortages.filter(({ region }) => region.fallback === 'fail').map(failure)
  return { ...shared, obstacles: [...failures, ...shared.obstacles], applies: true }
}

function basePages(layout: Layout, { pageBytes }: Region, hugePages: number): number {
  return (hugePages * pageBytes) / layout.pageBytes
}

function failure({ region, pages, granted }: PoolNeed): Obstacle {
  return { kind: 'pool', region: region.name, need: `${pages} pages`, found: `${granted} pages` }
}
