import { spansTouched } from '../space/spans.ts'
import type { Piece, Toucher } from '../space/toucher.ts'
import { pages } from '../units/quantity.ts'
import type { Mapping, Region, Workload } from '../workload/workload.ts'

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
      const needed = pagesReserved(workload, region)
      const available = left.get(region.pageBytes) ?? 0
      const backed = mostBacked(workload, region, available)
      const taken = pagesReserved(workload, region, backed)
      if (taken === needed || region.fallback === 'base-pages') {
        left.set(region.pageBytes, available - taken)
        return { region, pages: needed, granted: taken, backed }
      }
      return { region, pages: needed, granted: available, backed }
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
 * Huge pages that all mappings of a region reserve together; 0 where nobody maps it
 * (hugetlb_reserve_pages() in mm/hugetlb.c).
 * @param first only so many of the region, from offset 0.
 */
export function pagesReserved(
  workload: Workload,
  region: Region,
  first: number = Number.POSITIVE_INFINITY,
): number {
  let copies = 0
  const mapped: Mapping[] = []
  for (const { maps, processes } of workload.groups) {
    for (const mapping of maps.filter((candidate) => candidate.region === region.name)) {
      if (processes > 0) mapped.push(mapping)
      if (region.backing === 'anonymous' || mapping.private) {
        const skipped = hugePagesIn(workload, region, mapping.offset)
        const length = hugePagesIn(workload, region, mapping.length)
        copies += processes * Math.min(length, Math.max(0, first - skipped))
      }
    }
  }
  return copies + objectPages(workload, region, mapped, first)
}

/**
 * Pages of the object itself: a segment or shared anonymous memory reserves all when it is made, a
 * file or memfd what is mapped of it. Private mappers copy from the file, so it has pages too.
 */
function objectPages(
  workload: Workload,
  region: Region,
  mapped: readonly Mapping[],
  first: number,
): number {
  if (region.backing === 'anonymous' || mapped.length === 0) return 0
  const whole = hugePagesIn(workload, region, region.pages)
  if (region.backing === 'sysv-shm' || region.backing === 'anonymous-shared') {
    return Math.min(whole, first)
  }
  const reach = region.pageBytes / workload.host.layout.pageBytes
  const within = { from: 0, to: Math.min(whole, first) * reach }
  const touchers = mapped.map(({ offset, length }): Toucher => {
    const all = { kind: 'ranges', ranges: [{ first: pages(0), length }] } as const
    return {
      first: offset,
      pages: length,
      touched: all,
      draws: 1,
      counts: 'all',
      within: clipTo(within, offset, length),
    }
  })
  return spansTouched(touchers, reach, 'huge pages').total.expected
}

function clipTo({ from, to }: Piece, offset: number, length: number): Piece {
  return { from: Math.max(from, offset), to: Math.min(to, offset + length) }
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
