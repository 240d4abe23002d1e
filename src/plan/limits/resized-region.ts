import type { Layout } from '../../geometry/layout.ts'
import type { TouchSet } from '../../space/touch-set.ts'
import type { Pages } from '../../units/quantity.ts'
import { bytes, count, pages } from '../../units/quantity.ts'
import type { Group, Mapping } from '../../workload/group.ts'
import { mappersOf } from '../../workload/mappers.ts'
import { hasRoom } from '../../workload/placement.ts'
import type { Region } from '../../workload/region.ts'
import type { Workload } from '../../workload/workload.ts'

/**
 * The workload with another size of a region. Mappings that reach its end follow it; a mapping that
 * is all touched stays so, and of one that is touched at random the same share is; accesses by rank
 * stay as many. Other touched pages stay as they are, as far as the mapping reaches, and so does what is resident anyway.
 * @param size in base pages.
 * @returns `undefined` where a process has no room for it, or a mapping would lie past its end.
 */
export function withRegionOf(
  workload: Workload,
  region: Region,
  size: Pages,
): Workload | undefined {
  return withRegionsOf(workload, new Map([[region.name, size]]))
}

/**
 * The same for several regions at once.
 * @param sizes in base pages, by the name of the region.
 */
export function withRegionsOf(
  workload: Workload,
  sizes: ReadonlyMap<string, Pages>,
): Workload | undefined {
  const { layout } = workload.host
  const before = new Map<string, Region>()
  const regions = workload.regions.map((region) => {
    const size = sizes.get(region.name)
    if (size === undefined) return region
    before.set(region.name, region)
    return resized(region, size, layout)
  })
  const followed = (map: Mapping): Mapping => {
    const [region, size] = [before.get(map.region), sizes.get(map.region)]
    return region === undefined || size === undefined ? map : follow(map, region, size)
  }
  const changed: Group[] = []
  const groups = workload.groups.map((group) => {
    if (!group.maps.some((map) => before.has(map.region))) return group
    const one = { ...group, maps: group.maps.map(followed) }
    changed.push(one)
    return one
  })
  const fits = changed.every(({ maps }) =>
    hasRoom(
      layout,
      maps.map((map) => ({
        pages: map.length,
        ...(map.at === undefined ? {} : { at: map.at }),
      })),
    ),
  )
  return fits ? { ...workload, regions, groups } : undefined
}

function resized(region: Region, size: Pages, { pageBytes }: Layout): Region {
  const whole = bytes(size * pageBytes, `size of ${region.name}`)
  const { resident } = region
  return {
    ...region,
    pages: size,
    size: whole,
    ...(resident === undefined
      ? {}
      : { resident: { ...resident, bytes: bytes(Math.min(resident.bytes, whole)) } }),
  }
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
  if (touched.kind === 'every' || touched.kind === 'zipf') return touched
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
