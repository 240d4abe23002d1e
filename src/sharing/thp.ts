import type { Backing } from '../workload/region.ts'
import type { Workload } from '../workload/workload.ts'
import { convertRegions } from './convert-regions.ts'
import type { Arranged } from './strategy.ts'

const withoutThp: ReadonlySet<Backing> = new Set(['hugetlbfs', 'dax'])

/**
 * Every region that can be on transparent huge pages, entered at the pmd where alignment allows.
 * hugetlbfs has no others than its own, and DAX takes its entries from the extents of the file.
 */
export function thp(described: Workload): Arranged {
  const { pageBytes } = described.host.layout
  return convertRegions(described, (region) => {
    const { name, backing } = region
    if (!withoutThp.has(backing)) return { ...region, pageBytes, thp: true }
    const need = 'shared memory, a file or private memory'
    return { kind: 'backing', region: name, need, found: backing, backing }
  })
}
