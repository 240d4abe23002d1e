import type { Layout } from '../geometry/layout.ts'
import { count } from '../units/quantity.ts'
import type { HugePagePool, Region, Workload } from '../workload/workload.ts'
import { isInPool } from './resident.ts'

/**
 * The huge-page pools that the regions of a workload need: all pages of a shared mapping are
 * reserved when it is made, and a private one's in each process (hugetlb_reserve_pages() in
 * mm/hugetlb.c). Largest pages first.
 */
export function poolsNeeded({
  regions,
  groups,
  host: { layout },
}: Workload): readonly HugePagePool[] {
  const needed = new Map<number, number>()
  for (const region of regions.filter((candidate) => isInPool(candidate, layout))) {
    const copies = region.backing === 'anonymous' ? copiesOf(region, groups) : 1
    const pages = Math.ceil((region.pages * layout.pageBytes) / region.pageBytes) * copies
    needed.set(region.pageBytes, (needed.get(region.pageBytes) ?? 0) + pages)
  }
  return layout.hugePages.toReversed().flatMap(({ bytes }) => {
    const pages = needed.get(bytes)
    return pages === undefined ? [] : [{ pageBytes: bytes, count: count(pages, 'huge pages') }]
  })
}

function copiesOf(region: Region, groups: Workload['groups']): number {
  return groups.reduce(
    (copies, { maps, processes }) =>
      copies + (maps.some((map) => map.region === region.name) ? processes : 0),
    0,
  )
}

/** Bytes that pools set aside, used or not. */
export function poolBytes(pools: readonly HugePagePool[]): number {
  return pools.reduce((sum, pool) => sum + pool.pageBytes * pool.count, 0)
}

/** The pool with pages of that size. */
export function poolLabel(layout: Layout, pool: HugePagePool): string {
  return (
    layout.hugePages.find((page) => page.bytes === pool.pageBytes)?.label ?? `${pool.pageBytes}b`
  )
}
