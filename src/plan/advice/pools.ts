import { poolsInUse } from '../../host/pools.ts'
import { isShort, poolNeeds } from '../../sharing/pools/needs.ts'
import { isInPool, pagesReserved } from '../../sharing/pools/requests.ts'
import type { Program } from '../../workload/region.ts'
import type { Workload } from '../../workload/workload.ts'
import { programRules } from '../programs/catalogue.ts'
import type { KnownSizes } from './sizes.ts'
import { withPool } from './state.ts'

/** Every pool of what its regions reserve and their programs may take beyond, not a page more. */
export function withExactPools(workload: Workload): Workload {
  let exact = workload
  for (const { bytes } of workload.host.layout.hugePages) {
    exact = withPool(exact, bytes, reservedPages(workload, bytes) + sparePages(workload, bytes))
  }
  return exact
}

/** Pages of a size that all regions ask for. */
export function reservedPages(workload: Workload, pageBytes: number): number {
  return workload.regions
    .filter((region) => region.pageBytes === pageBytes && isInPool(region, workload))
    .reduce((sum, region) => sum + pagesReserved(workload, region), 0)
}

/**
 * Pools without pages that stay idle.
 * @param shortToo lowers also pools that are too small for some region, to what others use.
 */
export function withoutIdlePages(
  workload: Workload,
  shortToo: boolean,
  sizes: KnownSizes,
): Workload {
  const short = new Set(
    poolNeeds(workload)
      .filter(isShort)
      .map(({ region }) => region.pageBytes),
  )
  let lowered = workload
  for (const { pageBytes, pages, usedPages } of poolsInUse(workload)) {
    const size = workload.host.layout.hugePages.find(({ bytes }) => bytes === pageBytes)
    const more = sparePages(workload, pageBytes) + sizes.keptPages(pageBytes)
    const wanted = usedPages === 0 ? 0 : usedPages + more
    if (size === undefined || wanted >= pages) continue
    if (shortToo || !short.has(size.bytes)) lowered = withPool(lowered, size.bytes, wanted)
  }
  return lowered
}

/** Pages that programs may take beyond what their regions reserve. */
export function sparePages(workload: Workload, pageBytes: number): number {
  const pooled = workload.regions.filter(
    (region) => region.pageBytes === pageBytes && isInPool(region, workload),
  )
  const programs = new Set<Program>(pooled.map(({ program }) => program))
  return [...programs].reduce((sum, program) => {
    const own = pooled.filter((region) => region.program === program)
    return sum + (programRules[program].sparePages?.(own) ?? 0)
  }, 0)
}

/**
 * Pages of a pool for what programs ask for beyond the sizes that are written: regions that have grown
 * by it, or pages kept for it. At most what is there.
 */
export function overheadPages(
  before: Workload,
  after: Workload,
  pageBytes: number,
  sizes: KnownSizes,
): number {
  const reserved = reservedPages(after, pageBytes)
  if (reserved === 0) return 0
  const pages = after.host.hugepages
    .filter((pool) => pool.pageBytes === pageBytes)
    .reduce((sum, { count }) => sum + count, 0)
  const free = pages - reserved - sparePages(after, pageBytes)
  const grown = Math.max(0, reserved - reservedPages(before, pageBytes))
  return grown + Math.max(0, Math.min(free, sizes.keptPages(pageBytes)))
}
