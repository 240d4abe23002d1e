import type { Region, Workload } from '../workload/workload.ts'

/** Huge pages that a region reserves when it is mapped, and how many its pool still had. */
export interface PoolNeed {
  readonly region: Region
  readonly pages: number
  readonly granted: number
  /** Huge pages that the pool backs of the region, and of every copy of it, from offset 0. */
  readonly backed: number
}

/** True where the region lives in the huge-page pool, which is set aside whether used or not. */
export function isInPool({ backing, pageBytes }: Region, { host }: Workload): boolean {
  return backing !== 'dax' && pageBytes > host.layout.pageBytes
}

/**
 * Regions take their pages in file order, each from the pool of its page size. A shared mapping
 * reserves all its pages once, a private one in every process (hugetlb_reserve_pages() in
 * mm/hugetlb.c). A region that fails to get all it needs leaves the pool alone, unless it goes on
 * with what it got: then every copy of it gets as much, and what does not go round stays.
 */
export function poolNeeds(workload: Workload): readonly PoolNeed[] {
  const left = new Map(
    workload.host.hugepages.map((pool): [number, number] => [pool.pageBytes, pool.count]),
  )
  return workload.regions
    .filter((region) => isInPool(region, workload))
    .map((region) => {
      const pages = pagesReserved(workload, region)
      const available = left.get(region.pageBytes) ?? 0
      const backed = mostBacked(workload, region, available)
      const taken = pagesReserved(workload, region, backed)
      if (taken === pages || region.fallback === 'base-pages') {
        left.set(region.pageBytes, available - taken)
        return { region, pages, granted: taken, backed }
      }
      return { region, pages, granted: available, backed }
    })
}

/** The most pages from offset 0 that can be had for a region and all copies of it. */
function mostBacked(workload: Workload, region: Region, available: number): number {
  let [least, most] = [0, hugePagesIn(workload, region, region.pages)]
  while (least < most) {
    const middle = Math.ceil((least + most) / 2)
    if (pagesReserved(workload, region, middle) <= available) least = middle
    else most = middle - 1
  }
  return least
}

/**
 * Huge pages that all mappings of a region reserve together; 0 where nobody maps it.
 * @param first only so many of the region, from offset 0.
 */
export function pagesReserved(
  workload: Workload,
  region: Region,
  first: number = Number.POSITIVE_INFINITY,
): number {
  let [shared, copies] = [0, 0]
  for (const { maps, processes } of workload.groups) {
    for (const mapping of maps.filter((candidate) => candidate.region === region.name)) {
      if (region.backing === 'anonymous' || mapping.private) {
        const skipped = hugePagesIn(workload, region, mapping.offset)
        const mapped = hugePagesIn(workload, region, mapping.length)
        copies += processes * Math.min(mapped, Math.max(0, first - skipped))
      } else if (processes > 0) {
        shared = Math.min(hugePagesIn(workload, region, region.pages), first)
      }
    }
  }
  return shared + copies
}

function hugePagesIn({ host }: Workload, { pageBytes }: Region, basePages: number): number {
  return Math.ceil((basePages * host.layout.pageBytes) / pageBytes)
}

/**
 * Pages that the configured pools lack for the regions that cannot go on without them, by page
 * size in bytes.
 */
export function pagesMissing(workload: Workload): ReadonlyMap<number, number> {
  const needs = poolNeeds(workload)
  const missing = new Map<number, number>()
  for (const { region } of needs.filter(({ granted, pages }) => granted < pages)) {
    if (region.fallback === 'base-pages') continue
    const configured = workload.host.hugepages
      .filter((pool) => pool.pageBytes === region.pageBytes)
      .reduce((sum, { count }) => sum + count, 0)
    const needed = needs
      .filter((need) => need.region.pageBytes === region.pageBytes)
      .reduce((sum, need) => sum + (need.region.fallback === 'fail' ? need.pages : need.granted), 0)
    missing.set(region.pageBytes, Math.max(0, needed - configured))
  }
  return missing
}
