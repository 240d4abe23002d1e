import type { Region, Workload } from '../workload/workload.ts'

/** Huge pages that a region reserves when it is mapped, and how many its pool still had. */
export interface PoolNeed {
  readonly region: Region
  readonly pages: number
  readonly granted: number
}

/** True where the region lives in the huge-page pool, which is set aside whether used or not. */
export function isInPool({ backing, pageBytes }: Region, { host }: Workload): boolean {
  return backing !== 'dax' && pageBytes > host.layout.pageBytes
}

/**
 * Regions take their pages in file order, each from the pool of its page size. A shared mapping
 * reserves all its pages once, a private one in every process (hugetlb_reserve_pages() in
 * mm/hugetlb.c). A region that fails to get all it needs leaves the pool alone, unless it goes on
 * with what it got.
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
      const granted = Math.min(pages, available)
      if (granted === pages || region.fallback === 'base-pages') {
        left.set(region.pageBytes, available - granted)
      }
      return { region, pages, granted }
    })
}

/** Huge pages that all mappings of a region reserve together; 0 where nobody maps it. */
export function pagesReserved({ groups, host }: Workload, region: Region): number {
  const pagesOf = (basePages: number): number =>
    Math.ceil((basePages * host.layout.pageBytes) / region.pageBytes)
  let [shared, copies] = [0, 0]
  for (const { maps, processes } of groups) {
    for (const mapping of maps.filter((candidate) => candidate.region === region.name)) {
      if (region.backing === 'anonymous' || mapping.private)
        copies += processes * pagesOf(mapping.length)
      else if (processes > 0) shared = pagesOf(region.pages)
    }
  }
  return shared + copies
}
