import type { Layout } from '../geometry/layout.ts'
import { isInPool, pagesMissing, pagesReserved } from '../sharing/pool-needs.ts'
import { count } from '../units/quantity.ts'
import type { HugePagePool, Workload } from '../workload/workload.ts'

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

/** The size of a pool's pages, as in strategy ids. */
export function poolLabel(layout: Layout, pool: HugePagePool): string {
  return (
    layout.hugePages.find((page) => page.bytes === pool.pageBytes)?.label ?? `${pool.pageBytes}b`
  )
}
