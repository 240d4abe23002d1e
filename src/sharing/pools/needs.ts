import { sumBy } from '../../units/sum.ts'
import type { Region } from '../../workload/region.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Request, Run } from './requests.ts'
import { isInPool, pagesAsked, requestsFor, timesAsked } from './requests.ts'

/** Huge pages that a region reserves when it is mapped, and what its pool gives. */
export interface PoolNeed {
  readonly region: Region
  readonly pages: number
  /** Pages that the pool still had when the region asked. */
  readonly available: number
  /** False where another region had to have its huge pages first, and had not. */
  readonly asks: boolean
  /** Pages that the region takes; 0 where it cannot be mapped. */
  readonly granted: number
  /** By request of the region, in order. */
  readonly grants: readonly Grant[]
}

/** The pages granted to a request: the first processes get one share, the next ones another. */
export interface Grant {
  readonly request: Request
  readonly shares: readonly Share[]
}

/** The part that each of `processes` gets. */
export interface Share {
  readonly processes: number
  /** Huge pages. */
  readonly pages: number
  /** The objects that the pool holds; absent: as many pages as that, from the first mapped one. */
  readonly objects?: readonly Run[]
}

/**
 * Regions ask in file order, each the pool of its page size. The kernel reserves a mapping whole or
 * not at all (hugetlb_reserve_pages() in mm/hugetlb.c). A region that may not fall back is all in
 * the pool or leaves it alone; `base-pages` tries object after object; `mixed` takes what there is.
 * A region that comes `after` another one asks where that one has all its pages.
 */
export function poolNeeds(workload: Workload): readonly PoolNeed[] {
  const left = new Map<number, number>()
  for (const { pageBytes, count } of workload.host.hugepages) {
    left.set(pageBytes, (left.get(pageBytes) ?? 0) + count)
  }
  const short = new Set<string>()
  return workload.regions
    .filter((region) => isInPool(region, workload))
    .map((region) => {
      const available = left.get(region.pageBytes) ?? 0
      const asks = region.after === undefined || !short.has(region.after)
      const need = needOf(region, requestsFor(workload, region), available, asks)
      if (isShort(need)) short.add(region.name)
      left.set(region.pageBytes, available - need.granted)
      return need
    })
}

function needOf(
  region: Region,
  requests: readonly Request[],
  available: number,
  asks: boolean,
): PoolNeed {
  const pages = sumBy(requests, pagesAsked)
  const none = region.fallback === 'fail' && pages > available
  const offered = none || !asks ? 0 : available
  let left = offered
  const grants = requests.map((request): Grant => {
    const shares = region.fallback === 'mixed' ? inPart(request, left) : inWhole(request, left)
    for (const share of shares) left -= share.processes * share.pages
    return { request, shares }
  })
  return { region, pages, available, asks, granted: offered - left, grants }
}

/** As many pages as are left: for the first processes all, for one the rest, then 0. */
function inPart({ runs, ...request }: Request, available: number): readonly Share[] {
  const processes = timesAsked(request)
  const each = pagesAsked({ runs })
  const full = each === 0 ? processes : Math.min(processes, Math.floor(available / each))
  const rest = available - full * each
  const inPart = rest === 0 ? 0 : Math.min(1, processes - full)
  const shares = [
    { processes: full, pages: each },
    { processes: inPart, pages: rest },
    { processes: processes - full - inPart, pages: 0 },
  ]
  return shares.filter((share) => share.processes > 0)
}

/** Object after object, each whole where it fits into what is left, process after process. */
function inWhole({ runs, ...request }: Request, available: number): readonly Share[] {
  const shares: Share[] = []
  let [waiting, left] = [timesAsked(request), available]
  while (waiting > 0) {
    const objects = fitting(runs, left)
    const pages = sumBy(objects, (run) => run.count * run.pages)
    const processes = Math.min(waiting, timesAlike(objects, pages, left))
    shares.push({ processes, pages, objects })
    waiting -= processes
    left -= processes * pages
  }
  return shares
}

function fitting(runs: readonly Run[], available: number): readonly Run[] {
  let left = available
  return runs.flatMap((run) => {
    const count = run.pages === 0 ? run.count : Math.min(run.count, Math.floor(left / run.pages))
    left -= count * run.pages
    return count === 0 ? [] : [{ ...run, count }]
  })
}

/** How many processes in turn get the same objects: until one of them no longer fits. */
function timesAlike(objects: readonly Run[], pages: number, available: number): number {
  if (pages === 0) return Number.POSITIVE_INFINITY
  let [before, times] = [0, Number.POSITIVE_INFINITY]
  for (const run of objects) {
    before += run.count * run.pages
    times = Math.min(times, Math.floor((available - before) / pages) + 1)
  }
  return times
}

/**
 * Pages that the configured pools lack for the regions that cannot go on without them, by page
 * size in bytes.
 */
export function pagesMissing(workload: Workload): ReadonlyMap<number, number> {
  const needs = poolNeeds(workload)
  const missing = new Map<number, number>()
  for (const { region } of needs.filter(isRefused)) {
    const pools = workload.host.hugepages.filter((pool) => pool.pageBytes === region.pageBytes)
    const asking = needs.filter((need) => need.region.pageBytes === region.pageBytes)
    const configured = sumBy(pools, ({ count }) => count)
    const needed = sumBy(asking, (need) =>
      need.region.fallback === 'fail' ? need.pages : need.granted,
    )
    missing.set(region.pageBytes, Math.max(0, needed - configured))
  }
  return missing
}

/** True where the pool does not hold all of a region. */
export function isShort({ granted, pages }: PoolNeed): boolean {
  return granted < pages
}

/** True where a region cannot be mapped. */
export function isRefused(need: PoolNeed): boolean {
  return isShort(need) && need.region.fallback === 'fail'
}
