import type { TouchSet } from '../../space/touch-set.ts'
import type { Pages } from '../../units/quantity.ts'
import { bytes, count, pages } from '../../units/quantity.ts'
import type { Mapping } from '../../workload/group.ts'
import { mappersOf } from '../../workload/mappers.ts'
import { hasRoom } from '../../workload/placement.ts'
import type { Region } from '../../workload/region.ts'
import type { Workload } from '../../workload/workload.ts'

/**
 * The workload with another size of a region. Mappings that reach its end follow it; a mapping that
 * is all touched stays so, and of one that is touched at random the same share is. Other touched
 * pages stay as they are, as far as the mapping reaches, and so does what is resident anyway.
 * @param size in base pages.
 * @returns `undefined` where a process has no room for it, or a mapping would lie past its end.
 */
export function withRegionOf(
  workload: Workload,
  region: Region,
  size: Pages,
): Workload | undefined {
  const { layout } = workload.host
  const whole = bytes(size * layout.pageBytes, `size of ${region.name}`)
  const { resident } = region
  const resized = {
    ...region,
    pages: size,
    size: whole,
    ...(resident === undefined
      ? {}
      : { resident: { ...resident, bytes: bytes(Math.min(resident.bytes, whole)) } }),
  }
  const groups = workload.groups.map((group) => ({
    ...group,
    maps: group.maps.map((map) => (map.region === region.name ? follow(map, region, size) : map)),
  }))
  const fits = groups.every(({ maps }) =>
    hasRoom(
      layout,
      maps.map((map) => ({
        pages: map.length,
        ...(map.at === undefined ? {} : { at: map.at }),
      })),
    ),
  )
  if (!fits) return undefined
  const regions = workload.regions.map((one) => (one.name === region.name ? resized : one))
  return { ...workload, regions, groups }
}

/** The least size of a region that leaves each of its mappings a page, in base pages. */
export function leastPages(workload: Workload, region: Region): number {
  const mapped = mappersOf(workload, region.name).map(({ mapping }) => mapping)
  const ends = mapped.map((map) => (reachesEnd(map, region) ? map.offset + 1 : end(map)))
  return Math.max(1, ...ends)
}

function follow(map: Mapping, region: Region, size: Pages): Mapping {
  if (!reachesEnd(map, region)) return map
  const length = pages(size - map.offset)
  return { ...map, length, touched: stretched(map.touched, map.length, length) }
}

function reachesEnd(map: Mapping, region: Region): boolean {
  return end(map) >= region.pages
}

function end({ offset, length }: Mapping): number {
  return offset + length
}

function stretched(touched: TouchSet, before: Pages, after: Pages): TouchSet {
  if (touched.kind === 'every') return touched
  if (touched.kind === 'random') {
    return { kind: 'random', drawn: pages(shareOf(touched.drawn, before, after)) }
  }
  if (touched.kind === 'clusters') return stretchedClusters(touched, before, after)
  const [only, another] = touched.ranges
  if (another === undefined && only?.first === 0 && only.length === before) {
    return { kind: 'ranges', ranges: [{ first: pages(0), length: after }] }
  }
  const ranges = touched.ranges
    .filter(({ first }) => first < after)
    .map(({ first, length }) => ({ first, length: pages(Math.min(length, after - first)) }))
  return { kind: 'ranges', ranges }
}

/** As large a share of the clusters, in clusters of the same size or one that is the whole mapping. */
function stretchedClusters(
  { drawn, clusterPages }: Extract<TouchSet, { kind: 'clusters' }>,
  before: Pages,
  after: Pages,
): TouchSet {
  const clusters = Math.ceil(before / clusterPages)
  const scaled = shareOf(drawn, clusters, Math.ceil(after / clusterPages))
  return { kind: 'clusters', drawn: count(scaled), clusterPages }
}

/** `of` grown as `before` has grown to `after`, rounded up. */
function shareOf(of: number, before: number, after: number): number {
  return Number((BigInt(of) * BigInt(after) + BigInt(before) - 1n) / BigInt(before))
}
