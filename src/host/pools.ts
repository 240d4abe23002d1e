import { pagesMissing, poolNeeds } from '../sharing/pools/needs.ts'
import { isInPool, pagesReserved } from '../sharing/pools/requests.ts'
import { count } from '../units/quantity.ts'
import type { HugePagePool } from '../workload/host.ts'
import type { Workload } from '../workload/workload.ts'

/** The huge-page pools that the regions of a workload need, page by page; largest pages first. */
export function poolsNeeded(workload: Workload): readonly HugePagePool[] {
  const needed = new Map<number, number>()
  for (const region of workload.regions.filter((candidate) => isInPool(candidate, workload))) {
    const pages = pagesReserved(workload, region)
    needed.set(region.pageBytes, (needed.get(region.pageBytes) ?? 0) + pages)
  }
  return workload.host.layout.hugePages.toReversed().flatMap(({ bytes }) => {
    const pages = needed.get(bytes) ?? 0
    return pages === 0 ? [] : [{ pageBytes: bytes, count: count(pages, 'huge pages') }]
  })
}

/** What the configured pools lack for regions that cannot be mapped without: to be added first. */
export function poolsMissing(workload: Workload): readonly HugePagePool[] {
  const missing = pagesMissing(workload)
  return workload.host.layout.hugePages.flatMap(({ bytes }) => {
    const pages = missing.get(bytes) ?? 0
    return pages === 0 ? [] : [{ pageBytes: bytes, count: count(pages, 'huge pages') }]
  })
}

/** A huge-page pool, and how far its regions use it; numbers of huge pages. */
export interface PoolUse {
  readonly pageBytes: number
  /** Configured, or exactly what a hypothetical strategy needs. */
  readonly pages: number
  readonly usedPages: number
  /** Set aside, and used by no region of this page size. */
  readonly strandedPages: number
  /** To be added before regions that cannot go on on base pages can be mapped. */
  readonly missingPages: number
}

/** The configured pools as the scenario's regions use them; a size without a pool has 0 pages. */
export function poolsInUse(workload: Workload): readonly PoolUse[] {
  const needs = poolNeeds(workload)
  const missing = pagesMissing(workload)
  return workload.host.layout.hugePages.flatMap(({ bytes }) => {
    const pages = workload.host.hugepages
      .filter(({ pageBytes }) => pageBytes === bytes)
      .reduce((sum, pool) => sum + pool.count, 0)
    const usedPages = needs
      .filter(({ region }) => region.pageBytes === bytes)
      .reduce((sum, { granted }) => sum + granted, 0)
    const missingPages = missing.get(bytes) ?? 0
    if (pages + missingPages === 0) return []
    return [{ pageBytes: bytes, pages, usedPages, strandedPages: pages - usedPages, missingPages }]
  })
}

/** Pools that hold exactly what is needed. */
export function poolsFilled(pools: readonly HugePagePool[]): readonly PoolUse[] {
  return pools.map(({ pageBytes, count: pages }) => ({
    pageBytes,
    pages,
    usedPages: pages,
    strandedPages: 0,
    missingPages: 0,
  }))
}
